/**
 * form[data-autosave]: a reflection is saved as it is typed, and says honestly where its words are.
 *
 * Every save names the version that it was written on. When the server has a newer one, both texts are shown and
 * the writer chooses. What can't be sent is kept on this device (drafts.js) and sent when it can.
 */
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"
import { countWords } from "./counting.js"
import { forget, forgetAll, keep, kept } from "./drafts.js"
import { fieldsOf, fill, isEmpty, isSame } from "./fields.js"

const PAUSE_MS = 800
const RETRY_MS = 15_000
const KEEPALIVE_BYTES = 60_000

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[action$='/logout/']") && !event.defaultPrevented) forgetAll()
})

class Autosave {
  #form
  #text
  #saved
  #version
  #stored
  #timer = null
  #isSending = false
  #isRenewed = false // the page's token was taken up anew, and hasn't saved anything yet
  #hasChosen = false // … and has, so that the other text must be kept as a version
  #isHeld = false // two versions met, and the writer hasn't chosen yet

  constructor(form, signal) {
    this.#form = form
    this.#text = form.elements.text
    this.#version = Number(form.dataset.version)
    this.#stored = fieldsOf(form)
    this.#saved = form.querySelector("[data-saved]")
    form.addEventListener("input", () => this.#typed(), { signal })
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#send() }, { signal })
    window.addEventListener("online", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("visibilitychange", () => this.#sendIfNeeded(), { signal })
    window.addEventListener("pagehide", () => this.#sendIfNeeded(), { signal })
    this.#takeUpDraft()
    this.#count()
  }

  stop = () => {
    clearTimeout(this.#timer)
    this.#sendIfNeeded()
  }

  get #draft() { return this.#form.dataset.draft }
  get #isChanged() { return !isSame(fieldsOf(this.#form), this.#stored) }

  #typed() {
    this.#count()
    if (!this.#isChanged) return
    this.#keep()
    if (this.#isHeld) {
      this.#form.querySelector("[data-conflict-mine]").textContent = this.#text.value
      return
    }
    this.#say("saving")
    this.#later(PAUSE_MS)
  }

  #keep() {
    keep(this.#draft, { fields: fieldsOf(this.#form), based_on: this.#version })
  }

  #later(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), milliseconds)
  }

  #sendIfNeeded() {
    if (this.#isChanged && !this.#isHeld) this.#send()
  }

  /** A page that was left before its words were saved: they come back, on top of what they were written on. */
  #takeUpDraft() {
    const draft = kept(this.#draft)
    if (!draft) return
    if (isSame(draft.fields, this.#stored)) return forget(this.#draft)
    const stored = { version: this.#version, fields: this.#stored, saved: "" }
    fill(this.#form, draft.fields)
    if (draft.based_on === this.#version || isEmpty(this.#stored)) this.#send()
    else this.#meet(stored)
  }

  async #send() {
    clearTimeout(this.#timer)
    if (this.#isSending || this.#isHeld) return
    const fields = fieldsOf(this.#form)
    if (this.#text.value.length > Number(this.#form.dataset.limit)) return this.#say("too-long")
    this.#isSending = true
    this.#say("saving")
    try {
      await this.#take(await this.#post(fields), fields)
    } catch {
      this.#fail("waiting")
    } finally {
      this.#isSending = false
    }
    if (this.#isChanged && !this.#isHeld && this.#saved.dataset.is === "saved") this.#later(PAUSE_MS)
  }

  #post(fields) {
    const body = new URLSearchParams({ based_on: this.#version, csrfmiddlewaretoken: csrfToken() })
    Object.entries(fields).forEach(([name, values]) => values.forEach((value) => body.append(name, value)))
    if (this.#hasChosen) body.set("keep", "1")
    return fetch(this.#form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // Sent to its end even when the page is left; browsers allow this for 64 KiB only, all such requests together.
      keepalive: body.toString().length < KEEPALIVE_BYTES,
    })
  }

  async #take(response, fields) {
    if (response.redirected || response.status === 403) return this.#meetTheDoor()
    if (response.status === 404) return this.#say("gone")
    if (response.status === 413) return this.#say("too-long")
    if (response.status === 409) return this.#meet((await response.json()).current)
    if (!response.ok) return this.#fail("waiting")
    const answer = await response.json()
    this.#version = answer.version
    this.#form.elements.based_on.value = answer.version
    this.#stored = fields
    this.#hasChosen = false
    this.#isRenewed = false
    if (this.#isChanged) this.#keep()
    else forget(this.#draft)
    this.#say("saved", answer.saved)
    Object.entries(answer.moved ?? {}).forEach(([id, markup]) => redraw(id, markup))
  }

  /** Signed out; or signed in again in another tab, and then this page's token is an old one. */
  async #meetTheDoor() {
    this.#fail("signed-out")
    if (this.#isRenewed || !(await renewCsrfToken())) return
    this.#isRenewed = true
    this.#later(PAUSE_MS)
  }

  #fail(state) {
    this.#say(state)
    this.#later(RETRY_MS)
  }

  /** Two versions: the writer reads both and chooses; the other one stays among the earlier versions. */
  #meet(current) {
    this.#isHeld = true
    this.#say("conflict")
    this.#form.querySelector(".conflict")?.remove()
    const choice = document.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild
    choice.querySelector("[data-conflict-at]").textContent = current.saved
    choice.querySelector("[data-conflict-theirs]").textContent = current.fields.text[0]
    choice.querySelector("[data-conflict-mine]").textContent = this.#text.value
    choice.querySelector("[data-keep=theirs]").addEventListener("click", () => this.#choose(current, current.fields))
    choice.querySelector("[data-keep=mine]").addEventListener("click", () => this.#choose(current, fieldsOf(this.#form)))
    this.#form.append(choice)
    choice.querySelector("button").focus()
  }

  #choose(current, fields) {
    this.#form.querySelector(".conflict").remove()
    this.#isHeld = false
    this.#hasChosen = true
    this.#version = current.version
    this.#stored = current.fields
    fill(this.#form, fields)
    this.#text.focus()
    this.#count()
    if (this.#isChanged) return this.#send()
    forget(this.#draft)
    this.#say("saved", current.saved)
  }

  #say(state, words = "") {
    this.#saved.hidden = false
    this.#saved.dataset.is = ["saved", "saving", "conflict"].includes(state) ? state : "waiting"
    this.#saved.querySelector("[data-said]").textContent = words || phrase(state).replace("%(limit)s", this.#form.dataset.limit)
    this.#form.classList.toggle("writing-form--saved", state === "saved")
  }

  #count() {
    const line = this.#form.querySelector("[data-words]")
    const words = countWords(this.#text.value)
    const asked = Number(line.dataset.asked)
    line.textContent = (words === 1 ? phrase("word") : phrase("words").replace("%(words)s", words))
      + (asked ? phrase("asked").replace("%(asked)s", asked) : "")
  }
}

/** What is said, in the reader's language (courses/parts/sayings.html). */
function phrase(name) {
  return document.querySelector(`template[data-say="${name}"]`)?.content.textContent.trim() ?? ""
}

/** Put a part of the page in the place of the one that has its id, with its behaviour. */
function redraw(id, markup) {
  const old = document.getElementById(id)
  if (!old) return
  old.outerHTML = markup
  document.getElementById(id).dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }))
}

// At the end: a class can be used only below its own words.
whenPresent("form[data-autosave]", (form, signal) => new Autosave(form, signal).stop)
