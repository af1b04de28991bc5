/**
 * form[data-autosave]: a reflection is saved as it is typed (saved-form.js).
 *
 * Every save names the version that it was written on. When the server has a newer one, both texts are shown and
 * the writer chooses: one person's text is never merged.
 */
import { phrase } from "../phrase.js"
import { whenPresent } from "../present.js"
import { countWords } from "./counting.js"
import { forgetKnown, know, known } from "./drafts.js"
import { fieldsOf, fill, isEmpty, isSame } from "./fields.js"
import { redrawAll } from "./redraw.js"
import { SavedForm } from "./saved-form.js"

const OWN_LIMIT = 500

class Autosave extends SavedForm {
  #text
  #hasChosen = false // … between two texts, so that the other must be kept as a version
  #attempt = null // sent, and never answered: the server may have it
  #own = [] // what stood here since the page came, the newest last

  constructor(form, signal) {
    super(form, signal, Number(form.dataset.version))
    this.#text = form.elements.text
    if (known(this.name)?.version <= this.version) forgetKnown(this.name) // this page has it: so has the copy that is kept
    this.#takeUpSaved()
    this.begin().then(() => this.#takeUpSaved())
  }

  typed() {
    this.#count()
    super.typed()
    if (this.isHeld) this.form.querySelector("[data-conflict-mine]").textContent = inWords(fieldsOf(this.form))
  }

  keep() {
    this.#own.push(fieldsOf(this.form))
    this.#own.splice(0, this.#own.length - OWN_LIMIT)
    super.keep()
  }

  draft() {
    const asked = this.form.closest("[data-block]")?.querySelector(".asked")
    return { attempt: this.#attempt, asked: asked?.textContent.trim() ?? "" }
  }

  /** A copy that this device kept, or a page that was fetched while a save was on its way, is older than that. */
  #takeUpSaved() {
    const saved = !this.isChanged && known(this.name)
    if (!saved || saved.version <= this.version) return
    this.version = saved.version
    this.stored = saved.fields
    fill(this.form, saved.fields)
    this.#count()
  }

  /** A page that was left before its words were saved: they come back, on top of what they were written on. */
  takeUp(draft) {
    const stored = { version: this.version, fields: this.stored, saved: "" }
    fill(this.form, draft.fields)
    this.#count()
    const wasSaved = Boolean(draft.attempt) && isSame(draft.attempt, this.stored)
    const isOnTop = draft.based_on === this.version || wasSaved || isEmpty(this.stored)
    if (isOnTop && !wasSaved) this.#attempt = draft.attempt
    return () => (isOnTop ? this.send() : this.#meet(stored))
  }

  /**
   * What was sent before and never answered goes first, as it was: if the server has it, it says so and nothing is
   * written twice; newer words on the same version would meet the writer's own as a stranger's.
   */
  fieldsToSend() {
    if (this.#text.value.length > Number(this.form.dataset.limit)) return this.refuse("too-long")
    this.#attempt ??= fieldsOf(this.form)
    if (this.isChanged) this.keep()
    return this.#attempt
  }

  bodyOf() {
    return this.#hasChosen ? { keep: "1" } : {}
  }

  takeAnswer(answer, fields) {
    this.#attempt = null
    this.#hasChosen = false
    this.version = answer.version
    this.stored = fields
    know(this.name, { version: answer.version, fields })
    this.agree(answer.saved)
    redrawAll(answer.moved)
  }

  meetOther({ current }) {
    this.#attempt = null
    if (!this.#isOwn(current)) return this.#meet(current)
    this.version = current.version
    this.stored = current.fields
    this.agree(current.saved, 0)
  }

  refuse(state) {
    this.#attempt = null
    super.refuse(state)
  }

  goOn(which, current, mine) {
    this.#hasChosen = true
    fill(this.form, which === "theirs" ? current.fields : mine)
    this.#count()
  }

  say(state, words) {
    super.say(state, words)
    this.form.classList.toggle("writing-form--saved", state === "saved")
  }

  /** Did what is stored stand here before? Then it came from this page, by a save whose answer was lost. */
  #isOwn(current) {
    return this.#own.some((fields) => isSame(fields, current.fields))
  }

  #meet(current) {
    const choice = document.querySelector("template[data-conflict]").content.cloneNode(true).firstElementChild
    this.offer(choice, { current, theirs: inWords(current.fields), mine: inWords(fieldsOf(this.form)) })
  }

  #count() {
    const line = this.form.querySelector("[data-words]")
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
