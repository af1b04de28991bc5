/** A guest's link: what stands behind its "#" is sent in a form, so that it never is a part of any address. */
const form = document.querySelector("[data-guest-door]")
const open = () => {
  if (!form || location.hash.length < 20) return
  form.elements.link.value = location.hash
  history.replaceState(null, "", location.pathname)
  form.requestSubmit()
}
addEventListener("hashchange", open)
open()
