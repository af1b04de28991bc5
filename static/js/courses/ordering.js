/**
 * [data-ordering]: answers to put in order. Without script each has a number to choose; with it, buttons move an
 * answer up or down, and the numbers follow. No dragging, so it works by keyboard and thumb alike.
 */
import { whenPresent } from "../present.js"

whenPresent("[data-ordering]", (list, signal) => {
  const items = () => [...list.querySelectorAll("[data-order-item]")]
  if (items().some((item) => item.querySelector("select").disabled)) return

  const renumber = () => {
    const inOrder = items()
    inOrder.forEach((item, at) => {
      item.querySelector("select").value = String(at + 1)
      item.querySelector("[data-move=up]").disabled = at === 0
      item.querySelector("[data-move=down]").disabled = at === inOrder.length - 1
    })
  }

  items().forEach((item) => {
    item.classList.add("choice--moves")
    item.append(moves(item, list.dataset))
  })
  renumber()

  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]")
    if (!button) return
    const item = button.closest("[data-order-item]")
    if (button.dataset.move === "up") item.previousElementSibling.before(item)
    else item.nextElementSibling.after(item)
    renumber()
    const still = button.disabled ? item.querySelector("[data-move]:not(:disabled)") : button
    still?.focus()
  }, { signal })
  list.addEventListener("change", (event) => {
    const at = Number(event.target.value) - 1
    const item = event.target.closest("[data-order-item]")
    const others = items().filter((other) => other !== item)
    if (at < others.length) others[at].before(item)
    else others.at(-1)?.after(item)
    renumber()
    event.target.focus()
  }, { signal })
})

function moves(item, words) {
  const box = document.createElement("span")
  box.className = "moves"
  const name = item.querySelector("span").textContent.trim()
  for (const [way, sign, label] of [["up", "↑", words.up], ["down", "↓", words.down]]) {
    const button = document.createElement("button")
    button.type = "button"
    button.className = "btn btn--icon btn--small"
    button.dataset.move = way
    button.textContent = sign
    button.setAttribute("aria-label", `${label}: ${name}`)
    box.append(button)
  }
  return box
}
