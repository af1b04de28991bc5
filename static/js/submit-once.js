/** form[data-submit-once]: a second press while the first is under way sends nothing. */
import { whenPresent } from "./present.js"

whenPresent("form[data-submit-once]", (form, signal) => {
  const rest = () => {
    delete form.dataset.sent
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"))
  }

  form.addEventListener("submit", (event) => {
    if ("sent" in form.dataset) {
      event.preventDefault()
      event.stopImmediatePropagation()
      return
    }
    form.dataset.sent = ""
    event.submitter?.setAttribute("aria-busy", "true")
    // A listener further out may have stopped it (an unmet condition, a dialog): then it may be sent again.
    queueMicrotask(() => { if (event.defaultPrevented && !form.matches("[hx-post], [hx-put]")) rest() })
  }, { signal })

  form.addEventListener("htmx:afterRequest", rest, { signal })
  // Coming back by the browser's back button shows the page as it was left.
  window.addEventListener("pageshow", (event) => { if (event.persisted) rest() }, { signal })
})
