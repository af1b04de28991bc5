/**
 * [data-place]: the address that remembers where in the module its reader is; data-resume-at: where they were.
 *
 * The block that crosses the upper third of the window is where they are. It is sent when they rest there, and when
 * they leave.
 */
import { csrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"

const REST_MS = 2500

whenPresent("[data-place]", (marker, signal) => {
  const url = marker.dataset.place
  const resumeAt = marker.dataset.resumeAt
  let here = resumeAt
  let sent = resumeAt
  let timer = null

  if (resumeAt && !location.hash) {
    document.querySelector(`[data-block="${CSS.escape(resumeAt)}"]`)?.scrollIntoView({ block: "start" })
  }

  const send = () => {
    clearTimeout(timer)
    if (!here || here === sent) return
    sent = here
    const body = new URLSearchParams({ block: here })
    fetch(url, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrfToken() } }).catch(() => {})
  }

  const observer = new IntersectionObserver((entries) => {
    const entered = entries.filter((entry) => entry.isIntersecting).at(-1)
    if (!entered) return
    here = entered.target.dataset.block
    clearTimeout(timer)
    timer = setTimeout(send, REST_MS)
  }, { rootMargin: "-20% 0px -66% 0px" })

  document.querySelectorAll("[data-block]").forEach((block) => observer.observe(block))
  window.addEventListener("pagehide", send, { signal })
  // A part that htmx has drawn anew is another element: the observer has to know it.
  document.addEventListener("htmx:load", (event) => {
    if (event.target.matches?.("[data-block]")) observer.observe(event.target)
  }, { signal })

  return () => { clearTimeout(timer); observer.disconnect() }
})
