/**
 * [data-pens]: marks for a text, which stays plain: bold, italic, list, link; Ctrl (or ⌘) B, I, K while writing; a list
 * goes on by itself. "Read it" shows the text as it will be read: the server says how (courses/reading.py).
 */
import { csrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"

const SHORTCUTS = { b: "strong", i: "em", k: "link" }
const ITEM = /^(\s*)(?:([-*+])|(\d{1,4})([.)]))( +)/

class Pens {
  #bar
  #text
  #view = null

  constructor(bar, signal) {
    this.#bar = bar
    this.#text = document.getElementById(bar.dataset.pens)
    bar.addEventListener("click", (event) => this.#pressed(event.target.closest("button")), { signal })
    bar.addEventListener("keydown", (event) => this.#move(event), { signal })
    this.#text.addEventListener("keydown", (event) => this.#typed(event), { signal })
  }

  get #tools() { return [...this.#bar.querySelectorAll("[data-pen]")] }

  #pressed(button) {
    if (!button) return
    if ("read" in button.dataset) return this.#toggle(button)
    this.#text.focus()
    this.#mark(button.dataset.pen)
  }

  #mark(pen) {
    if (pen === "list") return this.#list()
    if (pen === "link") return this.#link()
    const mark = pen === "strong" ? "**" : "*"
    this.#surround(mark, mark)
  }

  /** Marks around what is chosen, or around where one writes; a second time takes them away. */
  #surround(before, after) {
    const { value, selectionStart: start, selectionEnd: end } = this.#text
    const chosen = value.slice(start, end)
    if (isMarked(value, start, end, before)) {
      this.#replace(start - before.length, end + after.length, chosen)
      return this.#text.setSelectionRange(start - before.length, end - before.length)
    }
    // Pressed again at the end of what was marked: one writes on behind it.
    if (!chosen && starsAfter(value, end, before)) return this.#text.setSelectionRange(end + after.length, end + after.length)
    // A mark that a space parts from its word is none.
    const [, space, words, rest] = chosen.match(/^(\s*)([^]*?)(\s*)$/)
    this.#replace(start, end, space + before + words + after + rest)
    const at = start + space.length + before.length
    this.#text.setSelectionRange(at, at + words.length)
  }

  /** The chosen lines as items; lines that are items already as lines. */
  #list() {
    const { value, selectionStart, selectionEnd } = this.#text
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1
    const found = value.indexOf("\n", selectionEnd)
    const end = found < 0 ? value.length : found
    const lines = value.slice(start, end).split("\n")
    const are = lines.every((line) => /^- /.test(line))
    const made = lines.map((line) => (are ? line.slice(2) : `- ${line.replace(/^- /, "")}`)).join("\n")
    this.#replace(start, end, made)
    this.#text.setSelectionRange(start + made.length, start + made.length)
  }

  #link() {
    const { value, selectionStart: start, selectionEnd: end } = this.#text
    const chosen = value.slice(start, end).trim()
    const isAddress = /^(https?:\/\/|www\.)\S+$/i.test(chosen)
    this.#replace(start, end, isAddress ? `[](${chosen})` : `[${chosen}](https://)`)
    const at = isAddress || !chosen ? start + 1 : start + chosen.length + 3
    this.#text.setSelectionRange(at, at + (isAddress || !chosen ? 0 : "https://".length))
  }

  #typed(event) {
    if (event.isComposing) return
    const pen = SHORTCUTS[event.key.toLowerCase()]
    if (pen && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
      event.preventDefault()
      this.#mark(pen)
    } else if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
      this.#goOn(event)
    }
  }

  /** A new line in a list is the next item; in an empty item it ends the list. */
  #goOn(event) {
    const { value, selectionStart: at, selectionEnd } = this.#text
    const start = value.lastIndexOf("\n", at - 1) + 1
    const item = value.slice(start, at).match(ITEM)
    if (!item || at !== selectionEnd) return
    event.preventDefault()
    if (item[0].length === at - start) return this.#replace(start, at, "")
    const [, space, bullet, number, dot, gap] = item
    this.#replace(at, at, `\n${space}${bullet ?? Number(number) + 1 + dot}${gap}`)
  }

  /** As if it were typed, so that undoing works and the autosave hears of it. */
  #replace(start, end, words) {
    this.#text.setSelectionRange(start, end)
    const isTyped = document.execCommand(words ? "insertText" : "delete", false, words)
    if (isTyped || start === end && !words) return
    this.#text.setRangeText(words, start, end, "end")
    this.#text.dispatchEvent(new InputEvent("input", { bubbles: true }))
  }

  /** One stop for the Tab key; the arrows go from tool to tool, as the page reads. */
  #move(event) {
    const tools = this.#tools
    const at = tools.indexOf(document.activeElement)
    const forward = getComputedStyle(this.#bar).direction === "rtl" ? "ArrowLeft" : "ArrowRight"
    if (at < 0 || !/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) return
    event.preventDefault()
    const step = event.key === forward ? 1 : -1
    const to = { Home: 0, End: tools.length - 1 }[event.key] ?? (at + step + tools.length) % tools.length
    tools.forEach((tool, index) => { tool.tabIndex = index === to ? 0 : -1 })
    tools[to].focus()
  }

  async #toggle(button) {
    const isReading = button.getAttribute("aria-pressed") === "true"
    button.setAttribute("aria-pressed", String(!isReading))
    this.#tools.forEach((tool) => { tool.disabled = !isReading })
    if (isReading) {
      this.#view.remove()
      this.#text.hidden = false
      return this.#text.focus()
    }
    this.#view = document.createElement("div")
    this.#view.className = "as-read pens__view"
    this.#view.tabIndex = -1
    const markup = await this.#asRead()
    if (markup === null) this.#view.append(this.#bar.querySelector("template[data-unread]").content.cloneNode(true))
    else this.#view.innerHTML = markup
    if (button.getAttribute("aria-pressed") !== "true") return
    this.#text.hidden = true
    this.#text.after(this.#view)
    this.#view.focus()
  }

  /** Safe markup from the server; null where it can't be asked. */
  async #asRead() {
    try {
      const response = await fetch(this.#bar.dataset.readUrl, {
        method: "POST",
        headers: { "X-CSRFToken": csrfToken() },
        body: new URLSearchParams({ text: this.#text.value }),
      })
      return response.ok && !response.redirected ? await response.text() : null
    } catch {
      return null
    }
  }
}

function isMarked(value, start, end, mark) {
  return holds(value.slice(0, start).match(/\**$/)[0].length, mark) && starsAfter(value, end, mark)
}

function starsAfter(value, at, mark) {
  return holds(value.slice(at).match(/^\**/)[0].length, mark)
}

/** One star is italic, two are bold, three are both. */
function holds(stars, mark) {
  return stars >= 3 || stars === mark.length
}

whenPresent("[data-pens]", (bar, signal) => { new Pens(bar, signal) })
