/**
 * form[data-shared]: what a team writes at one prompt, saved as it is typed, while others write there too.
 *
 * `base` is what this page knows of the server's words. Every save carries it beside what stands in the form, so that
 * the server can merge three texts: it, mine, and what others saved meanwhile. Where both changed the same words, both
 * texts are shown and a person chooses. What can't be sent is kept on this device (courses/drafts.js).
 */
import { forget, keep, kept } from "../courses/drafts.js"
import { renewCsrfToken } from "../csrf.js"
import { phrase } from "../phrase.js"
import { fieldsOf, isSame, putAll, takeUp } from "./fields.js"

const PAUSE_MS = 1_200
const RETRY_MS = 15_000

export class SharedForm {
  #form
  #base
  #saved
  #timer = null
  #isSending = false
  #isRenewed = false
  #isHeld = false // two texts met, and nobody has chosen yet

  constructor(form, signal) {
    this.#form = form
    this.#base = fieldsOf(form)
    this.#saved = form.querySelector("[data-saved]")
    form.addEventListener("input", () => this.typed(), { signal })
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#send() }, { signal })
    window.addEventListener("online", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("visibilitychange", () => this.#sendIfNeeded(), { signal })
    window.addEventListener("pagehide", () => this.#sendIfNeeded(), { signal })
    this.#takeUpDraft()
  }

  get prompt() { return this.#form.dataset.shared }
  get version() { return this.#form.elements.based_on.value }
  get isHere() { return this.#form.contains(document.activeElement) }
  get #isChanged() { return !isSame(fieldsOf(this.#form), this.#base) }

  stop() {
    clearTimeout(this.#timer)
    this.#sendIfNeeded()
  }

  typed() {
    if (!this.#isChanged) return
    keep(this.#form.dataset.draft, { fields: fieldsOf(this.#form), base: this.#base })
    if (this.#isHeld) return
    this.#say("saving")
    this.#later(PAUSE_MS)
  }

  /** What others saved since this page looked: taken up where this person hasn't typed. */
  hear(change) {
    if (this.#isSending || this.#isHeld) return
    this.#know(change)
    this.#say("saved", change.saved)
    if (this.#isChanged) this.#later(PAUSE_MS)
  }

  #know(change, base = this.#base) {
    this.#base = takeUp(this.#form, base, change.fields)
    this.#form.elements.based_on.value = change.version
  }

  #later(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), milliseconds)
  }

  #sendIfNeeded() {
    if (this.#isChanged && !this.#isHeld) this.#send()
  }

  /** A page that was left before its words were saved: they come back, and are merged with what came after. */
  #takeUpDraft() {
    const draft = kept(this.#form.dataset.draft)
    if (!draft?.fields) return
    if (isSame(draft.fields, this.#base)) return forget(this.#form.dataset.draft)
    putAll(this.#form, draft.fields)
    this.#base = draft.base
    this.#send()
  }

  async #send() {
    clearTimeout(this.#timer)
    if (this.#isSending || this.#isHeld) return
    const sent = fieldsOf(this.#form)
    this.#isSending = true
    this.#say("saving")
    try {
      await this.#take(await this.#post(sent), sent)
    } catch {
      this.#fail("waiting")
    } finally {
      this.#isSending = false
    }
    if (this.#isChanged && !this.#isHeld && this.#saved.dataset.is === "saved") this.#later(PAUSE_MS)
  }

  #post(sent) {
    const body = new URLSearchParams(new FormData(this.#form))
    body.set("base", JSON.stringify(this.#base))
    return fetch(this.#form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      keepalive: JSON.stringify(sent).length < 15_000,
    })
  }

  async #take(response, sent) {
    if (response.redirected || response.status === 403) return this.#meetTheDoor()
    if (response.status === 404) return this.#say("gone")
    if (response.status === 413) return this.#say("too-long")
    if (response.status === 409) return this.#meet(await response.json())
    if (!response.ok) return this.#fail("waiting")
    const answer = await response.json()
    this.#isRenewed = false
    this.#know(answer, sent)
    if (this.#isChanged) keep(this.#form.dataset.draft, { fields: fieldsOf(this.#form), base: this.#base })
    else forget(this.#form.dataset.draft)
    this.#say("saved", answer.merged ? phrase("merged") : answer.saved)
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

  #meet({ current, mine }) {
    this.#isHeld = true
    this.#say("conflict")
    this.#form.querySelector(".conflict")?.remove()
    const choice = document.querySelector("template[data-shared-conflict]").content.cloneNode(true).firstElementChild
    choice.querySelector("[data-conflict-saved]").textContent = current.saved
    choice.querySelector("[data-conflict-theirs]").textContent = current.lines.join("\n")
    choice.querySelector("[data-conflict-mine]").textContent = mine.join("\n")
    choice.querySelector("[data-keep-both-of]").hidden = !("both" in this.#form.dataset)
    choice.addEventListener("click", (event) => {
      const kept = event.target.closest("[data-keep]")?.dataset.keep
      if (kept) this.#choose(kept, current)
    })
    this.#form.append(choice)
    choice.querySelector("button").focus()
  }

  #choose(which, current) {
    const mine = fieldsOf(this.#form)
    this.#form.querySelector(".conflict").remove()
    this.#isHeld = false
    this.#form.elements.based_on.value = current.version
    if (which === "theirs") putAll(this.#form, current.fields)
    if (which === "both") putAll(this.#form, { text: [`${current.fields.text[0]}\n\n${mine.text[0]}`] })
    this.#base = current.fields
    this.#form.querySelector("textarea, input:not([type=hidden]), select")?.focus()
    if (this.#isChanged) return this.#send()
    forget(this.#form.dataset.draft)
    this.#say("saved", current.saved)
  }

  #say(state, words = "") {
    this.#saved.hidden = false
    this.#saved.dataset.is = ["saved", "saving", "conflict"].includes(state) ? state : "waiting"
    this.#saved.querySelector("[data-said]").textContent = words || phrase(state)
  }
}
