/** Django's token on what htmx sends; other modules ask for it with csrfToken(). */
export function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? ""
}

document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = csrfToken()
})
