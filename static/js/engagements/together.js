/**
 * [data-together]: several people on one step. Every ten seconds, while the page is looked at, it asks who else is
 * here and what they changed, and hands each change to its form.
 */
import { whenPresent } from "../present.js"
import { bindRows } from "./rows.js"
import { SharedForm } from "./shared-form.js"

const LOOK_MS = 10_000
const forms = new Set()

class Together {
  #place
  #timer
  #shown = ""

  constructor(place, signal) {
    this.#place = place
    this.#timer = setInterval(() => this.#look(), LOOK_MS)
    document.addEventListener("visibilitychange", () => this.#look(), { signal })
  }

  stop = () => clearInterval(this.#timer)

  async #look() {
    if (document.hidden) return
    try {
      const response = await fetch(this.#address, { headers: { Accept: "application/json" } })
      if (response.ok && !response.redirected) this.#take(await response.json())
    } catch {
      // Without a network there is nothing to hear; each form says for itself where its words are.
    }
  }

  get #address() {
    const asked = new URLSearchParams()
    forms.forEach((form) => {
      if (form.prompt) asked.append("have", `${form.prompt}:${form.version}`)
      if (form.prompt && form.isHere) asked.set("at", form.prompt)
    })
    return `${this.#place.dataset.together}?${asked}`
  }

  #take({ changed, here }) {
    forms.forEach((form) => { if (form.prompt in changed) form.hear(changed[form.prompt]) })
    // Said anew only when it changed: a screen reader would repeat it every ten seconds.
    if (here !== this.#shown) this.#place.innerHTML = here
    this.#shown = here
  }
}

/**
 * Whoever types their last words and presses "We are done here" in the same breath: the words go first. Else the server
 * would answer that one is missing, and every page that a button leads to would show older words.
 */
const settled = new WeakSet()
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event
  if (form.matches("[data-shared]") || settled.delete(form)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const answers = await Promise.all([...forms].map((shared) => shared.settle()))
  if (answers.includes(false)) return
  // In a task of its own: where nothing had to be sent, the first submission is still being handed round, and a browser
  // drops a second one without a word.
  setTimeout(() => {
    settled.add(form)
    form.requestSubmit(submitter)
  })
}, { capture: true })

whenPresent("form[data-shared]", (form, signal) => {
  const shared = new SharedForm(form, signal)
  bindRows(form, shared, signal)
  forms.add(shared)
  return () => { shared.stop(); forms.delete(shared) }
})
whenPresent("[data-together]", (place, signal) => new Together(place, signal).stop)
