/** A menu (details[data-menu]) closes on Escape, on a click outside, and when focus leaves it. */
import { whenPresent } from "./present.js"

whenPresent("[data-menu]", (menu, signal) => {
  const close = () => { menu.open = false }

  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return
    close()
    menu.querySelector("summary").focus()
  }, { signal })

  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close()
  }, { signal })

  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) close()
  }, { signal })
})
