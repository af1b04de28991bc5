/** [data-starters]: ways to begin become buttons that put their words into the text named by the attribute. */
import { whenPresent } from "../present.js"

whenPresent("[data-starters]", (list, signal) => {
  const text = document.getElementById(list.dataset.starters)
  for (const item of list.children) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "starter__button"
    button.textContent = item.textContent
    button.addEventListener("click", () => begin(text, item.textContent.replace(/\s*…\s*$/, "")), { signal })
    item.replaceChildren(button)
  }
})

/** At the end of what is there, on a line of its own; the writer goes on behind it. */
function begin(text, words) {
  const before = text.value.trimEnd()
  text.focus()
  text.setSelectionRange(before.length, text.value.length)
  text.setRangeText(`${before ? "\n\n" : ""}${words} `, before.length, text.value.length, "end")
  text.dispatchEvent(new Event("input", { bubbles: true }))
}
