/** Put a part of the page in the place of the one that has its id, with its behaviour. */
export function redraw(id, markup) {
  const old = document.getElementById(id)
  if (!old) return
  old.outerHTML = markup
  document.getElementById(id).dispatchEvent(new CustomEvent("htmx:load", { bubbles: true }))
}

/** The parts that an answer brought, by their ids. */
export function redrawAll(moved = {}) {
  Object.entries(moved).forEach(([id, markup]) => redraw(id, markup))
}
