/**
 * A form that is saved as it is typed, and says honestly where its words are: what a reflection (autosave.js) and a
 * team's answer (engagements/shared-form.js) have in common.
 *
 * It sends after a pause, keeps on this device what isn't sent (drafts.js), and meets a lost network, a session that ran
 * out, an answer that is gone or too long, and two texts between which somebody must choose. A form of its own says in
 * `draft`, `fieldsToSend`, `bodyOf`, `takeAnswer`, `meetOther`, `goOn` and `takeUp` what a save carries and what it changes.
 */
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { isShared, reader, whose } from "../offline/reader.js"
import { phrase } from "../phrase.js"
import { forget, hold, keep, kept, keyOf, keysOf, whenFree } from "./drafts.js"
import { fieldsOf, fieldsThatCame, isSame } from "./fields.js"

const PAUSE_MS = 800
const LONGEST_WAIT_MS = 4000
const RETRY_MS = 2000 // then twice as long each time
const LONGEST_RETRY_MS = 30_000
const KEEPALIVE_BYTES = 60_000

export class SavedForm {
  form
  key
  stored // the fields as the server has them, as far as this page knows
  isSending = false
  isHeld = false // two texts met, and nobody has chosen yet
  #version
  #saved
  #timer = null
  #sending = Promise.resolve()
  #isRenewed = false // the page's token was taken up anew, and hasn't saved anything yet
  #isKept = true // … on this device, should it not reach the server
  #tries = 0
  #unsavedSince = null

  constructor(form, signal, version) {
    this.form = form
    this.key = keyOf(form.dataset.draft)
    this.stored = fieldsThatCame(form)
    this.#version = version
    this.#saved = form.querySelector("[data-saved]")
    form.addEventListener("input", () => this.typed(), { signal })
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send() }, { signal })
    window.addEventListener("online", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("visibilitychange", () => this.#sendIfNeeded(), { signal })
    window.addEventListener("pagehide", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:leaving", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:back", () => this.#comeBack(), { signal })
    window.addEventListener("beforeunload", (event) => this.#warn(event), { signal })
    hold(this.key, signal)
  }

  get name() { return this.form.dataset.draft }
  get version() { return this.#version }
  set version(number) {
    this.#version = number
    this.form.elements.based_on.value = number
  }
  get isChanged() { return !this.isSame(fieldsOf(this.form), this.stored) }

  stop = () => {
    clearTimeout(this.#timer)
    this.#sendIfNeeded()
  }

  isSame(some, others) { return isSame(some, others) }

  /** What stands here when the page comes may be typed already, and so may what an earlier page left. */
  async begin() {
    this.typed()
    for (const key of keysOf(this.name)) {
      if (key !== this.key) await whenFree(key, () => this.#takeUpDraft(key), { waits: true })
    }
  }

  typed() {
    if (!this.isChanged) return
    this.keep()
    if (this.isHeld) return
    this.#sayTrying()
    // Who types without a pause is saved as well, a few seconds behind.
    this.#unsavedSince ??= Date.now()
    this.#later(Math.min(PAUSE_MS, Math.max(0, this.#unsavedSince + LONGEST_WAIT_MS - Date.now())))
  }

  keep() {
    this.#isKept = keep(this.key, {
      fields: fieldsOf(this.form),
      based_on: this.version,
      page: location.pathname,
      title: document.querySelector("h1")?.textContent.trim() ?? "",
      ...this.draft(),
    })
  }

  send() {
    clearTimeout(this.#timer)
    if (!this.isSending && !this.isHeld) this.#sending = this.#sendNow()
    return this.#sending
  }

  /** Send what isn't sent yet. Resolves to false where two texts met and somebody has to choose first. */
  async settle() {
    await this.#sending
    if (this.isChanged && !this.isHeld) await this.send()
    return !this.isHeld
  }

  async #sendNow() {
    const fields = this.fieldsToSend()
    if (!fields) return
    this.isSending = true
    this.#unsavedSince = null
    this.#sayTrying()
    try {
      await this.#take(await this.#post(fields), fields)
    } catch {
      this.#fail("waiting")
    } finally {
      this.isSending = false
    }
  }

  /** The server and this page agree about `stored`: nothing waits here, or what was typed since does. */
  agree(words, pause = PAUSE_MS) {
    if (this.isChanged) {
      this.keep()
      return this.#later(pause)
    }
    forget(this.key)
    this.say("saved", words)
  }

  /** Another try wouldn't help: the words stay here until their writer does something about it. */
  refuse(state) {
    clearTimeout(this.#timer)
    const draft = kept(this.key)
    if (draft) keep(this.key, { ...draft, refused: state })
    this.say(state)
  }

  /** Two texts: their writer reads both and chooses; the other one stays among the versions. */
  offer(choice, { current, theirs, mine }) {
    this.isHeld = true
    this.say("conflict")
    this.form.querySelector(".conflict")?.remove()
    choice.querySelector("[data-conflict-saved]").textContent = current.saved
    choice.querySelector("[data-conflict-theirs]").textContent = theirs
    choice.querySelector("[data-conflict-mine]").textContent = mine
    choice.addEventListener("click", (event) => {
      const chosen = event.target.closest("[data-keep]")?.dataset.keep
      if (chosen) this.#choose(chosen, current)
    })
    this.form.append(choice)
    choice.querySelector("button").focus()
  }

  say(state, words = "") {
    this.#saved.hidden = false
    this.#saved.dataset.is = ["saved", "saving", "conflict"].includes(state) ? state : "waiting"
    const sentences = [words || phrase(state, { limit: this.form.dataset.limit })]
    if (this.#saved.dataset.is === "waiting") sentences.push(phrase(this.#whereWordsAre))
    this.#saved.querySelector("[data-said]").textContent = sentences.join(" ")
    const door = this.form.querySelector("[data-sign-in]")
    if (door) door.hidden = state !== "signed-out"
  }

  get #whereWordsAre() {
    if (!this.#isKept) return "kept-nowhere"
    return isShared ? "kept-in-tab" : "kept-here"
  }

  #takeUpDraft(key) {
    const draft = kept(key)
    // Sent meanwhile, or its writer has begun anew here: then it is sent by itself (offline/outbox.js).
    if (!draft || this.isChanged || this.isHeld) return
    if (this.isSame(draft.fields, this.stored)) return forget(key)
    const goOn = this.takeUp(draft)
    this.keep()
    if (this.#isKept) forget(key)
    goOn()
  }

  #later(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.send(), milliseconds)
  }

  #sendIfNeeded() {
    if (this.isChanged && !this.isHeld) this.send()
  }

  #comeBack() {
    this.#isRenewed = false
    this.#sendIfNeeded()
  }

  /** Words that only this tab has would go with it. */
  #warn(event) {
    if (this.isChanged && !this.isHeld && (isShared || !this.#isKept)) event.preventDefault()
  }

  #post(fields) {
    const body = new URLSearchParams({ based_on: this.version, csrfmiddlewaretoken: csrfToken() })
    Object.entries(fields).forEach(([name, values]) => values.forEach((value) => body.append(name, value)))
    Object.entries(this.bodyOf()).forEach(([name, value]) => body.set(name, value))
    return fetch(this.form.action, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      // Sent to its end even when the page is left; browsers allow this for 64 KiB only, all such requests together.
      keepalive: body.toString().length < KEEPALIVE_BYTES,
    })
  }

  async #take(response, fields) {
    // A proxy or a hotel's sign-in page that answers in the site's place says nothing of a reader.
    const whoReads = whose(response)
    if (whoReads && whoReads.reader !== reader) return this.#meetTheDoor(whoReads)
    if (response.status === 403) return this.#meetTheDoor(whoReads)
    if (response.status === 404) return this.refuse("gone")
    if (response.status === 413) return this.refuse("too-long")
    if (!response.ok && response.status !== 409) return this.#fail("waiting")
    const answer = await response.json()
    if (response.status === 409) return this.meetOther(answer)
    this.#isRenewed = false
    this.#tries = 0
    this.takeAnswer(answer, fields)
  }

  /** Signed out; signed in again in another tab, and then this page's token is an old one; or somebody else is. */
  async #meetTheDoor(whoReads) {
    if (whoReads?.reader && whoReads.reader !== reader) return location.reload() // these words are not for the eyes of the next
    this.#fail("signed-out")
    if (this.#isRenewed || !(await renewCsrfToken())) return
    this.#isRenewed = true
    this.#later(PAUSE_MS)
  }

  #fail(state) {
    this.say(state)
    this.#later(Math.min(RETRY_MS * 2 ** this.#tries++, LONGEST_RETRY_MS))
  }

  #choose(which, current) {
    const mine = fieldsOf(this.form)
    this.form.querySelector(".conflict").remove()
    this.isHeld = false
    this.version = current.version
    this.stored = current.fields
    this.goOn(which, current, mine)
    this.form.querySelector("textarea, input:not([type=hidden]), select")?.focus()
    if (this.isChanged) return this.send()
    this.agree(current.saved)
  }

  /** What failed a moment ago is said until it succeeds: "saving" would be a hope. */
  #sayTrying() {
    if (!this.#tries) this.say("saving")
  }
}
