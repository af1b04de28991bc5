/**
 * The reader's choice of light, dark or what the device says. Kept in a cookie, so that the server writes it into the
 * page's first byte and nothing flashes.
 */
import { whenPresent } from "./present.js"

const YEAR_S = 365 * 24 * 60 * 60
const root = document.documentElement

whenPresent("[data-theme-choice]", (select, signal) => {
  select.value = root.dataset.theme ?? "auto"
  select.addEventListener("change", () => choose(select.value), { signal })
})

function choose(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : ""
  const age = theme === "auto" ? 0 : YEAR_S
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`
  if (theme === "auto") delete root.dataset.theme
  else root.dataset.theme = theme
}
