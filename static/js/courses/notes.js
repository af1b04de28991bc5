/**
 * [data-note-form]: notes and highlights without leaving the page.
 *
 * Words that are selected in a block get two buttons, "Highlight" and "Note". They stand in the page right after the block, so
 * that Tab comes to them from the words. [data-note-add] and [data-note-edit] are links to a page that does the same
 * without script; here they open the dialog.
 */
import { csrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"
import { describe } from "./passages.js"

const LONGEST = 2000
const SETTLE_MS = 150
const GAP = 8

whenPresent("[data-note-form]", (form, signal) => {
  const dialog = form.closest("dialog")
  const toolbar = document.querySelector("template[data-note-toolbar]").content.firstElementChild.cloneNode(true)
  let chosen = null
  let timer = null

  const hide = () => { toolbar.remove(); chosen = null }

  const look = () => {
    if (toolbar.contains(document.activeElement) || dialog.open) return
    const found = selected()
    if (!found) { hide(); return }
    chosen = found
    chosen.noted.before(toolbar)
    place(toolbar, found.range)
  }

  const open = ({ url, noted, text = "", quote = "", before = "", after = "" }) => {
    // Words that were typed for the same passage, and not kept, are still there.
    const isSame = form.action.endsWith(url) && form.elements.quote.value === quote
    if (!isSame || text) form.elements.text.value = text
    form.action = url
    Object.assign(form.elements.quote, { value: quote })
    Object.assign(form.elements.before, { value: before })
    Object.assign(form.elements.after, { value: after })
    const shown = form.querySelector("[data-note-quote]")
    shown.textContent = quote
    shown.hidden = !quote
    form.dataset.block = noted.dataset.noted
    say(form, "")
    dialog.showModal()
    form.elements.text.focus()
  }

  // Words may be selected before this is there.
  look()
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer)
    timer = setTimeout(look, SETTLE_MS)
  }, { signal })
  document.addEventListener("scroll", () => { if (chosen) place(toolbar, chosen.range) }, { signal, passive: true })
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide() }, { signal })
  // A press on a button must not take the selection away.
  toolbar.addEventListener("pointerdown", (event) => event.preventDefault(), { signal })

  toolbar.addEventListener("click", async (event) => {
    if (!chosen) return
    const { noted, ...passage } = chosen
    if (passage.quote.length > LONGEST) { alertIn(form, dialog, "note-too-long"); return }
    const url = addressOf(noted)
    if (event.target.closest("[data-note-write]")) { hide(); open({ url, noted, ...passage }); return }
    const byKeyboard = toolbar.contains(document.activeElement)
    const { quote, before, after } = passage
    const isKept = await send(url, new URLSearchParams({ quote, before, after }), noted.dataset.noted)
    hide()
    if (!isKept) { open({ url, noted, ...passage }); say(form, "note-not-saved"); return }
    getSelection().removeAllRanges()
    if (byKeyboard) focusOn(noted.dataset.noted)
  }, { signal })

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-note-add], [data-note-edit]")
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    const note = link.closest("[data-note]")
    const words = { text: note?.querySelector(".note__text")?.textContent, quote: note?.dataset.quote }
    open({ url: link.getAttribute("href"), noted: link.closest("[data-noted]"), ...(note ? words : {}) })
  }, { signal })

  form.addEventListener("submit", async (event) => {
    event.preventDefault()
    const block = form.dataset.block
    if (!await send(form.action, new URLSearchParams(new FormData(form)), block)) { say(form, "note-not-saved"); return }
    form.reset()
    form.action = ""
    dialog.close()
    getSelection().removeAllRanges()
    focusOn(block)
  }, { signal })
})

/** The words that are selected inside one block that notes can be made at; null when there are none. */
function selected() {
  const selection = getSelection()
  if (selection.isCollapsed || selection.rangeCount !== 1) return null
  const range = selection.getRangeAt(0)
  const block = elementOf(range.startContainer).closest("[data-block]")
  if (!block || elementOf(range.startContainer).closest("textarea, input, [contenteditable]")) return null
  if (!block.contains(range.endContainer)) range.setEnd(block, block.childNodes.length)
  const noted = document.querySelector(`[data-noted="${CSS.escape(block.dataset.block)}"]`)
  const passage = describe(block, range)
  return noted && passage.quote ? { range, noted, ...passage } : null
}

/** Below the words, because a phone shows its own menu above them. */
function place(toolbar, range) {
  const box = range.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = toolbar
  const room = document.documentElement
  const left = Math.min(Math.max(GAP, box.left + (box.width - width) / 2), room.clientWidth - width - GAP)
  const top = Math.min(Math.max(GAP, box.bottom + GAP), room.clientHeight - height - GAP)
  toolbar.style.left = `${left}px`
  toolbar.style.top = `${top}px`
}

/** Send it, and draw the notes beneath the block anew; false when it isn't kept. */
async function send(url, body, block) {
  const headers = { "X-CSRFToken": csrfToken(), "HX-Request": "true" }
  const answer = await fetch(url, { method: "POST", body, headers }).catch(() => null)
  if (!answer?.ok || answer.redirected) return false
  const away = answer.headers.get("HX-Redirect")
  if (away) location.assign(away)
  else window.htmx.swap(document.querySelector(`[data-noted="${CSS.escape(block)}"]`), await answer.text(), { swapStyle: "outerHTML" })
  return true
}

function alertIn(form, dialog, name) {
  form.reset()
  say(form, name)
  dialog.showModal()
}

function say(form, name) {
  const problem = form.querySelector("[data-note-problem]")
  problem.textContent = name ? document.querySelector(`template[data-say="${name}"]`).content.textContent : ""
  problem.hidden = !name
}

function focusOn(block) {
  document.querySelector(`[data-noted="${CSS.escape(block)}"] :is(summary, a)`)?.focus({ preventScroll: true })
}

const addressOf = (noted) => noted.querySelector("[data-note-add]").getAttribute("href")
const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)
