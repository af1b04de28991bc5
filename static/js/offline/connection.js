/**
 * Say honestly when there is no connection: on a copy that came from the device, and when something that needs a
 * connection was tried. What is said is what was found out by trying; navigator.onLine alone is believed only when
 * it says no.
 */
import { phrase } from "../phrase.js"
import { say } from "../toast.js"
import { keptAt } from "./reader.js"

if (keptAt) {
  const bar = document.querySelector("template[data-kept-copy]")?.content.cloneNode(true).firstElementChild
  if (bar) {
    const time = bar.querySelector("time")
    if (time) {
      time.dateTime = keptAt
      time.textContent = new Date(keptAt).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
    }
    bar.querySelector("[data-again]").href = location.href
    document.querySelector("main").before(bar)
  }
}

const tell = () => say({ text: phrase("needs-connection"), level: "warning" })

document.addEventListener("htmx:sendError", tell)

// A form of the page itself would end on the browser's own error page. Reflections are kept instead (autosave.js).
const tried = new WeakSet()
document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event
  if (event.defaultPrevented || form.matches("[data-autosave], [hx-post], [hx-get]") || tried.delete(form)) return
  if (navigator.onLine && !keptAt) return
  event.preventDefault()
  const isThere = await fetch("/health/", { cache: "no-store" }).then((answer) => answer.ok, () => false)
  if (!isThere) return tell()
  tried.add(form)
  form.requestSubmit(submitter)
})
