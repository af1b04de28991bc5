/**
 * data-toast-close takes its message away. An htmx answer with the header
 * HX-Trigger: {"toast": {"text": "Saved", "level": "success"}} says it in the corner.
 */
const STAYS_MS = 8000

document.addEventListener("click", (event) => {
  event.target.closest?.("[data-toast-close]")?.closest("[data-toast]")?.remove()
})

document.addEventListener("toast", (event) => say(event.detail))

export function say({ text, level = "info" }) {
  const region = document.querySelector("[data-toasts]")
  if (!region || !text) return
  const toast = draw(text, level, region.dataset.closeLabel)
  region.append(toast)
  // What went wrong stays until it is closed: nobody should have to read against a clock.
  if (level === "info" || level === "success") setTimeout(() => toast.remove(), STAYS_MS)
}

function draw(text, level, closeLabel) {
  const toast = document.createElement("div")
  toast.className = `notice notice--${level}`
  toast.dataset.toast = ""
  const words = document.createElement("p")
  words.textContent = text
  const close = document.createElement("button")
  close.className = "notice__close"
  close.type = "button"
  close.dataset.toastClose = ""
  close.setAttribute("aria-label", closeLabel)
  close.textContent = "×"
  toast.append(words, close)
  return toast
}
