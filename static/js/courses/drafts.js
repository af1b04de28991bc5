/**
 * Words that the server doesn't have yet, kept on this device under the name of their writer and prompt.
 *
 * Gone once they are saved, and all at once when the writer signs out: the device may be shared.
 */
const PREFIX = "draft:"

export function keep(name, draft) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(draft))
    return true
  } catch {
    return false // storage is full or forbidden: the page says that nothing is kept
  }
}

export function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name))
  } catch {
    return null
  }
}

export function forget(name) {
  try {
    localStorage.removeItem(PREFIX + name)
  } catch {
    // nothing was kept then
  }
}

export function forgetAll() {
  try {
    Object.keys(localStorage).filter((key) => key.startsWith(PREFIX)).forEach((key) => localStorage.removeItem(key))
  } catch {
    // nothing was kept then
  }
}
