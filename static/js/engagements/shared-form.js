/**
 * form[data-shared]: what a team writes at one prompt, saved as it is typed (courses/saved-form.js), while others write
 * there too.
 *
 * `stored` is what this page knows of the server's words. Every save carries it beside what stands in the form, so that
 * the server can merge three texts: it, mine, and what others saved meanwhile. Where both changed the same words, both
 * texts are shown and a person chooses.
 */
import { fieldsOf } from "../courses/fields.js"
import { SavedForm } from "../courses/saved-form.js"
import { phrase } from "../phrase.js"
import { isSame, putAll, takeUp } from "./fields.js"

export class SharedForm extends SavedForm {
  constructor(form, signal) {
    super(form, signal, Number(form.elements.based_on.value))
    this.begin()
  }

  get prompt() { return this.form.dataset.shared }
  get isHere() { return this.form.contains(document.activeElement) }
  get #asked() { return document.getElementById(`asked-${this.prompt}`) ?? this.form.closest("section").querySelector("h2") }

  isSame(some, others) { return isSame(some, others) }

  draft() {
    return { base: this.stored, asked: this.#asked.textContent.trim() }
  }

  /** What others saved since this page looked: taken up where this person hasn't typed. */
  hear(change) {
    if (this.isSending || this.isHeld) return
    this.#know(change)
    this.agree(change.saved)
  }

  #know(change, base = this.stored) {
    this.stored = takeUp(this.form, base, change.fields)
    this.version = change.version
  }

  /** A page that was left before its words were saved: they come back, and are merged with what came after. */
  takeUp(draft) {
    putAll(this.form, draft.fields)
    this.stored = draft.base ?? this.stored
    return () => this.send()
  }

  fieldsToSend() {
    return fieldsOf(this.form)
  }

  bodyOf() {
    return { base: JSON.stringify(this.stored) }
  }

  takeAnswer(answer, sent) {
    this.#know(answer, sent)
    this.agree(answer.merged ? phrase("merged") : answer.saved)
  }

  meetOther({ current, mine }) {
    const choice = document.querySelector("template[data-shared-conflict]").content.cloneNode(true).firstElementChild
    choice.querySelector("[data-keep-both-of]").hidden = !("both" in this.form.dataset)
    this.offer(choice, { current, theirs: current.lines.join("\n"), mine: mine.join("\n") })
  }

  goOn(which, current, mine) {
    if (which === "theirs") putAll(this.form, current.fields)
    if (which === "both") putAll(this.form, { text: [`${current.fields.text[0]}\n\n${mine.text[0]}`] })
  }
}
