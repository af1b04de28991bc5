/**
 * form[data-shared]: what a team writes at one prompt, saved as it is typed, while others write there too.
 *
 * `base` is what this page knows of the server's words. Every save carries it beside what stands in the form, so that
 * the server can merge three texts: it, mine, and what others saved meanwhile. Where both changed the same words, both
 * texts are shown and a person chooses. What can't be sent is kept on this device (courses/drafts.js).
 */
import { forget, hold, keep, kept, keyOf, keysOf, whenFree } from "../courses/drafts.js"
import { fieldsOf, fieldsThatCame } from "../courses/fields.js"
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { isShared, reader, whose } from "../offline/reader.js"
import { phrase } from "../phrase.js"
import { isSame, putAll, takeUp } from "./fields.js"

const PAUSE_MS = 1_200
const RETRY_MS = 15_000
const KEEPALIVE_BYTES = 60_000

export class SharedForm {
  #form
  #key
  #base
  #saved
  #timer = null
  #isSending = false
  #sending = Promise.resolve()
  #isRenewed = false
  #isHeld = false // two texts met, and nobody has chosen yet
  #isKept = true // … on this device, should it not reach the server

  constructor(form, signal) {
    this.#form = form
    this.#key = keyOf(form.dataset.draft)
    this.#base = fieldsThatCame(form)
    this.#saved = form.querySelector("[data-saved]")
    form.addEventListener("input", () => this.typed(), { signal })
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#send() }, { signal })
    window.addEventListener("online", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("visibilitychange", () => this.#sendIfNeeded(), { signal })
    window.addEventListener("pagehide", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:leaving", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:back", () => this.#sendIfNeeded(), { signal })
    hold(this.#key, signal)
    this.typed()
    this.#takeUpDrafts()
  }

  get #asked() { return document.getElementById(`asked-${this.prompt}`) ?? this.#form.closest("section").querySelector("h2") }
  get prompt() { return this.#form.dataset.shared }
  get version() { return this.#form.elements.based_on.value }
  get isHere() { return this.#form.contains(document.activeElement) }
  get #isChanged() { return !isSame(fieldsOf(this.#form), this.#base) }

  stop() {
    clearTimeout(this.#timer)
    this.#sendIfNeeded()
  }

  /** Send what isn't sent yet. Resolves to false where two texts met and somebody has to choose first. */
  async settle() {
    await this.#sending
    if (this.#isChanged && !this.#isHeld) await this.#send()
    return !this.#isHeld
  }

  typed() {
    if (!this.#isChanged) return
    this.#keep()
    if (this.#isHeld) return
    this.#say("saving")
    this.#later(PAUSE_MS)
  }

  #keep() {
    this.#isKept = keep(this.#key, {
      fields: fieldsOf(this.#form),
      base: this.#base,
      based_on: this.version,
      page: location.pathname,
      title: document.querySelector("h1").textContent.trim(),
      asked: this.#asked.textContent.trim(),
    })
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
  async #takeUpDrafts() {
    for (const key of keysOf(this.#form.dataset.draft)) {
      if (key !== this.#key) await whenFree(key, () => this.#takeUpDraft(key), { waits: true })
    }
  }

  #takeUpDraft(key) {
    const draft = kept(key)
    if (!draft || this.#isChanged || this.#isHeld) return
    if (isSame(draft.fields, this.#base)) return forget(key)
    putAll(this.#form, draft.fields)
    this.#base = draft.base ?? this.#base
    this.#keep()
    if (this.#isKept) forget(key)
    this.#send()
  }

  #send() {
    clearTimeout(this.#timer)
    if (!this.#isSending && !this.#isHeld) this.#sending = this.#sendNow()
    return this.#sending
  }

  async #sendNow() {
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
    const body = new URLSearchParams({ based_on: this.version, csrfmiddlewaretoken: csrfToken() })
    Object.entries(sent).forEach(([name, values]) => values.forEach((value) => body.append(name, value)))
    body.set("base", JSON.stringify(this.#base))
    return fetch(this.#form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // Sent to its end even when the page is left; browsers allow this for 64 KiB only, all such requests together.
      keepalive: body.toString().length < KEEPALIVE_BYTES,
    })
  }

  async #take(response, sent) {
    const whoReads = whose(response)
    if (whoReads && whoReads.reader !== reader) return this.#meetTheDoor(whoReads)
    if (response.status === 403) return this.#meetTheDoor(whoReads)
    if (response.status === 404) return this.#refuse("gone")
    if (response.status === 413) return this.#refuse("too-long")
    if (response.status === 409) return this.#meet(await response.json())
    if (!response.ok) return this.#fail("waiting")
    const answer = await response.json()
    this.#isRenewed = false
    this.#know(answer, sent)
    if (this.#isChanged) this.#keep()
    else forget(this.#key)
    this.#say("saved", answer.merged ? phrase("merged") : answer.saved)
  }

  /** Signed out; signed in again in another tab, and then this page's token is an old one; or somebody else is. */
  async #meetTheDoor(whoReads) {
    if (whoReads?.reader && whoReads.reader !== reader) return location.reload()
    this.#fail("signed-out")
    if (this.#isRenewed || !(await renewCsrfToken())) return
    this.#isRenewed = true
    this.#later(PAUSE_MS)
  }

  /** Another try wouldn't help: the words stay here until their writer does something about it. */
  #refuse(state) {
    clearTimeout(this.#timer)
    const draft = kept(this.#key)
    if (draft) keep(this.#key, { ...draft, refused: state })
    this.#say(state)
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
    forget(this.#key)
    this.#say("saved", current.saved)
  }

  #say(state, words = "") {
    this.#saved.hidden = false
    this.#saved.dataset.is = ["saved", "saving", "conflict"].includes(state) ? state : "waiting"
    const sentences = [words || phrase(state)]
    if (this.#saved.dataset.is === "waiting") sentences.push(phrase(this.#whereWordsAre))
    this.#saved.querySelector("[data-said]").textContent = sentences.join(" ")
  }

  get #whereWordsAre() {
    if (!this.#isKept) return "kept-nowhere"
    return isShared ? "kept-in-tab" : "kept-here"
  }
}
