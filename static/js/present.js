/**
 * Bind behaviour to what is on the page now, and to what htmx brings later.
 *
 * `bind(element, signal)` is called once for each element that matches; listeners that it adds with `{ signal }` go
 * when htmx takes the element away. What it returns, when a function, is called then too.
 */
const bound = new WeakMap()
const bindings = []

export function whenPresent(selector, bind) {
  bindings.push([selector, bind])
  bindWithin(document, selector, bind)
}

function bindWithin(root, selector, bind) {
  if (root instanceof Element && root.matches(selector)) bindOnce(root, bind)
  root.querySelectorAll(selector).forEach((element) => bindOnce(element, bind))
}

function bindOnce(element, bind) {
  const known = bound.get(element) ?? new Map()
  if (known.has(bind)) return
  const controller = new AbortController()
  known.set(bind, { controller, cleanUp: null })
  bound.set(element, known)
  known.get(bind).cleanUp = bind(element, controller.signal)
}

function release(element) {
  bound.get(element)?.forEach(({ controller, cleanUp }) => {
    controller.abort()
    if (typeof cleanUp === "function") cleanUp()
  })
  bound.delete(element)
}

document.addEventListener("htmx:load", (event) => {
  bindings.forEach(([selector, bind]) => bindWithin(event.target, selector, bind))
})

document.addEventListener("htmx:beforeCleanupElement", (event) => release(event.target))
