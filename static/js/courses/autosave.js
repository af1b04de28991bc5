/**
 * form[data-autosave]: a reflection is saved as it is typed, and says honestly where its words are.
 *
 * Every save names the version that it was written on. When the server has a newer one, both texts are shown and
 * the writer chooses. What can't be sent is kept on this device (drafts.js) and sent when it can.
 */
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { isShared, keptAt, reader, whose } from "../offline/reader.js"
import { phrase } from "../phrase.js"
import { whenPresent } from "../present.js"
import { countWords } from "./counting.js"
import { forget, hold, keep, kept, keyOf, keysOf, know, known, whenFree } from "./drafts.js"
import { fieldsOf, fieldsThatCame, fill, isEmpty, isSame } from "./fields.js"
import { redrawAll } from "./redraw.js"

const PAUSE_MS = 800
const LONGEST_WAIT_MS = 4000
const RETRY_MS = 2000 // then twice as long each time
const LONGEST_RETRY_MS = 30_000
const KEEPALIVE_BYTES = 60_000
const OWN_LIMIT = 500

class Autosave {
  #form
  #key
  #text
  #saved
  #version
  #stored
  #timer = null
  #isSending = false
  #isRenewed = false // the page's token was taken up anew, and hasn't saved anything yet
  #hasChosen = false // … and has, so that the other text must be kept as a version
  #tries = 0
  #unsavedSince = null
  #attempt = null // sent, and never answered: the server may have it
  #own = [] // what stood here since the page came, the newest last
  #isHeld = false // two versions met, and the writer hasn't chosen yet
  #isKept = true // … here, should it not reach the server

  constructor(form, signal) {
    this.#form = form
    this.#key = keyOf(form.dataset.draft)
    this.#text = form.elements.text
    this.#version = Number(form.dataset.version)
    this.#stored = fieldsThatCame(form)
    this.#saved = form.querySelector("[data-saved]")
    form.addEventListener("input", () => this.#typed(), { signal })
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#send() }, { signal })
    window.addEventListener("online", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("visibilitychange", () => this.#sendIfNeeded(), { signal })
    window.addEventListener("pagehide", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:leaving", () => this.#sendIfNeeded(), { signal })
    document.addEventListener("reader:back", () => this.#comeBack(), { signal })
    window.addEventListener("beforeunload", (event) => this.#warn(event), { signal })
    hold(this.#key, signal)
    this.#takeUpSaved()
    this.#typed()
    this.#takeUpDrafts()
  }

  stop = () => {
    clearTimeout(this.#timer)
    this.#sendIfNeeded()
  }

  get #name() { return this.#form.dataset.draft }
  get #isChanged() { return !isSame(fieldsOf(this.#form), this.#stored) }

  #typed() {
    this.#count()
    if (!this.#isChanged) return
    this.#keep()
    if (this.#isHeld) {
      this.#form.querySelector("[data-conflict-mine]").textContent = inWords(fieldsOf(this.#form))
      return
    }
    this.#sayTrying()
    // Who types without a pause is saved as well, a few seconds behind.
    this.#unsavedSince ??= Date.now()
    this.#later(Math.min(PAUSE_MS, Math.max(0, this.#unsavedSince + LONGEST_WAIT_MS - Date.now())))
  }

  #keep() {
    this.#own.push(fieldsOf(this.#form))
    this.#own.splice(0, this.#own.length - OWN_LIMIT)
    const section = this.#form.closest("[data-block]")
    this.#isKept = keep(this.#key, {
      fields: fieldsOf(this.#form),
      based_on: this.#version,
      attempt: this.#attempt,
      page: location.pathname,
      title: document.querySelector(".lesson h1")?.textContent.trim() ?? "",
      asked: section?.querySelector(".asked")?.textContent.trim() ?? "",
    })
  }

  #later(milliseconds) {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#send(), milliseconds)
  }

  #sendIfNeeded() {
    if (this.#isChanged && !this.#isHeld) this.#send()
  }

  /** A copy that this device kept, or a page that was fetched while a save was on its way, is older than that. */
  #takeUpSaved() {
    const saved = !this.#isChanged && known(this.#name)
    if (!saved || saved.version <= this.#version) return
    this.#version = saved.version
    this.#stored = saved.fields
    fill(this.#form, saved.fields)
  }

  /** A page that was left before its words were saved: they come back, on top of what they were written on. */
  async #takeUpDrafts() {
    for (const key of keysOf(this.#name)) {
      if (key !== this.#key) await whenFree(key, () => this.#takeUp(key), { waits: true })
    }
    this.#takeUpSaved()
  }

  #takeUp(key) {
    const draft = kept(key)
    // Sent meanwhile, or its writer has begun anew here: then it is sent by itself (offline/outbox.js).
    if (!draft || this.#isChanged || this.#isHeld) return
    if (isSame(draft.fields, this.#stored)) return forget(key)
    const stored = { version: this.#version, fields: this.#stored, saved: "" }
    fill(this.#form, draft.fields)
    this.#count()
    const wasSaved = Boolean(draft.attempt) && isSame(draft.attempt, this.#stored)
    const isOnTop = draft.based_on === this.#version || wasSaved || isEmpty(this.#stored)
    if (isOnTop && !wasSaved) this.#attempt = draft.attempt
    this.#keep()
    if (this.#isKept) forget(key)
    if (isOnTop) this.#send()
    else this.#meet(stored)
  }

  /**
   * Save what stands here. What was sent before and never answered goes first, as it was: if the server has it, it
   * says so and nothing is written twice; newer words on the same version would meet the writer's own as a stranger's.
   */
  async #send() {
    clearTimeout(this.#timer)
    if (this.#isSending || this.#isHeld) return
    const fields = this.#attempt ?? fieldsOf(this.#form)
    if (this.#text.value.length > Number(this.#form.dataset.limit)) return this.#refuse("too-long")
    this.#isSending = true
    this.#attempt = fields
    this.#unsavedSince = null
    if (this.#isChanged) this.#keep()
    this.#sayTrying()
    try {
      await this.#take(await this.#post(fields), fields)
    } catch {
      this.#fail("waiting")
    } finally {
      this.#isSending = false
    }
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
    // A proxy or a hotel's sign-in page that answers in the site's place says nothing of a reader.
    const whoReads = whose(response)
    if (whoReads && whoReads.reader !== reader) return this.#meetTheDoor(whoReads)
    if (response.status === 403) return this.#meetTheDoor(whoReads)
    if (response.status === 404) return this.#refuse("gone")
    if (response.status === 413) return this.#refuse("too-long")
    if (!response.ok && response.status !== 409) return this.#fail("waiting")
    const answer = await response.json()
    this.#attempt = null // only now: an answer may be cut off in its middle
    if (response.status === 409) return this.#isOwn(answer.current) ? this.#goOnFrom(answer.current) : this.#meet(answer.current)
    this.#version = answer.version
    this.#form.elements.based_on.value = answer.version
    this.#stored = fields
    this.#hasChosen = false
    this.#isRenewed = false
    this.#tries = 0
    know(this.#name, { version: this.#version, fields })
    if (this.#isChanged) {
      this.#keep()
      this.#later(PAUSE_MS)
    } else {
      forget(this.#key)
      this.#say("saved", answer.saved)
    }
    redrawAll(answer.moved)
  }

  /** Did what is stored stand here before? Then it came from this page, by a save whose answer was lost. */
  #isOwn(current) {
    return this.#own.some((fields) => isSame(fields, current.fields))
  }

  #goOnFrom(current) {
    this.#version = current.version
    this.#form.elements.based_on.value = current.version
    this.#stored = current.fields
    if (this.#isChanged) return this.#later(0)
    forget(this.#key)
    this.#say("saved", current.saved)
  }

  /** Signed out; signed in again in another tab, and then this page's token is an old one; or somebody else is. */
  async #meetTheDoor(whoReads) {
    if (whoReads?.reader && whoReads.reader !== reader) return location.reload() // these words are not for the eyes of the next
    this.#fail("signed-out")
    if (this.#isRenewed || !(await renewCsrfToken())) return
    this.#isRenewed = true
    this.#later(PAUSE_MS)
  }

  #comeBack() {
    if (this.#isHeld || !this.#isChanged) return
    this.#isRenewed = false
    this.#send()
  }

  #fail(state) {
    this.#say(state)
    this.#later(Math.min(RETRY_MS * 2 ** this.#tries++, LONGEST_RETRY_MS))
  }

  /** Another try wouldn't help: the words stay here until their writer does something about it. */
  #refuse(state) {
    clearTimeout(this.#timer)
    this.#attempt = null
    const draft = kept(this.#key)
    if (draft) keep(this.#key, { ...draft, refused: state })
    this.#say(state)
  }

  /** Words that only this tab has would go with it. */
  #warn(event) {
    if (this.#isChanged && !this.#isHeld && (isShared || !this.#isKept)) event.preventDefault()
  }

  /** Two versions: the writer reads both and chooses; the other one stays among the earlier versions. */
  #meet(current) {
    this.#isHeld = true
    this.#say("conflict")
    this.#form.querySelector(".conflict")?.remove()
    const choice = document.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild
    choice.querySelector("[data-conflict-at]").textContent = current.saved
    choice.querySelector("[data-conflict-theirs]").textContent = inWords(current.fields)
    choice.querySelector("[data-conflict-mine]").textContent = inWords(fieldsOf(this.#form))
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
    forget(this.#key)
    this.#say("saved", current.saved)
  }

  /** What failed a moment ago is said until it succeeds: "saving" would be a hope. */
  #sayTrying() {
    if (!this.#tries) this.#say("saving")
  }

  #say(state, words = "") {
    this.#saved.hidden = false
    this.#saved.dataset.is = ["saved", "saving", "conflict"].includes(state) ? state : "waiting"
    const sentences = [words || phrase(state, { limit: this.#form.dataset.limit })]
    if (this.#saved.dataset.is === "waiting") sentences.push(phrase(this.#whereWordsAre))
    this.#saved.querySelector("[data-said]").textContent = sentences.join(" ")
    const door = this.#form.querySelector("[data-sign-in]")
    if (door) door.hidden = state !== "signed-out"
    this.#form.classList.toggle("writing-form--saved", state === "saved")
  }

  get #whereWordsAre() {
    if (!this.#isKept) return "kept-nowhere"
    return isShared ? "kept-in-tab" : "kept-here"
  }

  #count() {
    const line = this.#form.querySelector("[data-words]")
    const words = countWords(this.#text.value)
    const asked = Number(line.dataset.asked)
    line.textContent = (words === 1 ? phrase("word") : phrase("words", { words }))
      + (asked ? phrase("asked", { asked }) : "")
  }
}

/** An answer to be read: the mark on its scale, if it has one, above its text. */
function inWords({ text, mark }) {
  return mark?.length ? `${phrase("marked", { mark: mark[0] })}\n${text[0]}` : text[0]
}

// At the end: a class can be used only below its own words.
whenPresent("form[data-autosave]", (form, signal) => new Autosave(form, signal).stop)
