/** Words that a guest typed and didn't send leave this device with them, and when another link opens on it. */
const here = document.querySelector("meta[name=guest]")?.content ?? ""

function forget(isOver) {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith("form:guest-") && isOver(key)).forEach((key) => localStorage.removeItem(key))
  } catch {
    // nothing was kept then
  }
}

forget((key) => !key.startsWith(`form:${here}:`))
document.querySelector("[data-guest-leave]")?.addEventListener("submit", () => forget(() => true))
