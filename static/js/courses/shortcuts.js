/**
 * [data-shortcuts]: single keys in a module, listed in the dialog that it is: n next, b back, o the next open part, ? the list.
 *
 * Never while somebody types or a dialog is open, and not at all where they are turned off in the dialog (WCAG 2.1.4).
 */
import { whenPresent } from "../present.js"

const OFF = "shortcuts-off"

whenPresent("dialog[data-shortcuts]", (dialog, signal) => {
  const mark = dialog.querySelector("[data-shortcuts-on]")
  mark.checked = !isOff()
  mark.addEventListener("change", () => turn(mark.checked), { signal })
  const does = {
    n: () => document.querySelector("[data-go=next]")?.click(),
    b: () => document.querySelector("[data-go=back]")?.click(),
    o: () => goToOpen(),
    "?": () => dialog.showModal(),
  }
  document.addEventListener("keydown", (event) => {
    const act = does[event.key]
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return
    if (isOff() || isTyping(event.target) || document.querySelector("dialog[open]")) return
    event.preventDefault()
    act()
  }, { signal })
})

function isTyping(element) {
  return element.isContentEditable || element.matches("input, textarea, select, audio, video")
}

/** The first open part below where one reads, and after the last the first again; the end where none is open. */
function goToOpen() {
  const open = [...document.querySelectorAll(".finish__open a[href^='#']")]
    .map((link) => document.getElementById(link.hash.slice(1)))
    .filter(Boolean)
  const here = document.activeElement?.closest(".block")
  const next = open[open.indexOf(here) + 1] ?? open[0] ?? document.getElementById("finish")
  if (!next) return
  next.setAttribute("tabindex", "-1")
  next.scrollIntoView({ block: "start" })
  next.focus({ preventScroll: true })
}

function isOff() {
  try { return localStorage.getItem(OFF) === "1" } catch { return false }
}

function turn(on) {
  try {
    if (on) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, "1")
  } catch { /* then they stay as they are */ }
}
