import { reader, whose } from "./offline/reader.js"

/** Django's token on what htmx sends; other modules ask for it with csrfToken(). */
export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? ""
}

/**
 * Signing in, in another tab too, gives a new token, and what this page carries is refused from then on: take up
 * the new one, in its forms as well. False when the one whose page this is isn't signed in: another's token would send
 * one person's words under the name of the next.
 */
export async function renewCsrfToken() {
  const response = await fetch(location.href)
  if (!response.ok || whose(response)?.reader !== reader) return false
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html")
  const token = fresh.querySelector("meta[name=csrf-token]")?.content
  if (!token) return false
  document.querySelector("meta[name=csrf-token]").content = token
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((input) => { input.value = token })
  return true
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken()
})
