/**
 * Words that the server doesn't have yet, kept on this device under the name of their writer and prompt.
 *
 * In localStorage, because it is written at once: a tab that is killed in the next moment has lost nothing. On a
 * device that others use too, in sessionStorage, which ends with its tab. Each page keeps under a key of its own,
 * `draft:PERSON:ADDRESS#PAGE`, so that two tabs never overwrite each other; while its page is open the key is held by
 * a lock of the same name, so that nobody else sends what its writer is still writing.
 *
 * A draft is {fields, based_on, page, title, asked, at, refused}: refused is empty while sending is all that it needs. One
 * person's has attempt: fields that were sent and never answered; a team's has base: what its writer began with.
 */
import { isShared, reader } from "../offline/reader.js"
import { keysFrom, read, remove, write as store } from "../offline/store.js"

const PAGE = Math.random().toString(36).slice(2)
const MOST_KNOWN = 100
const CLOSING_MS = 2000 // a page that was just left lets go of its keys a moment later

let isOver = false // signed out: what a page still holds must not come back

document.addEventListener("reader:gone", ({ detail }) => { isOver = detail.forGood })

export function keyOf(name) {
  return `draft:${name}#${PAGE}`
}

/** False when the device can't keep it: it is full, or forbids. */
export function keep(key, draft) {
  if (isOver) return false
  const isKept = write(key, { at: new Date().toISOString(), refused: "", ...draft })
  tell()
  return isKept
}

export function kept(key) {
  return read(key)
}

export function forget(key) {
  remove(key)
  tell()
}

/** The keys of this reader's drafts, those of one prompt (`name`) or all; the oldest first. */
export function keysOf(name = "") {
  if (!reader) return []
  const start = name ? `draft:${name}#` : `draft:${reader}:`
  return keysFrom(start).filter(read).sort((one, other) => (read(one).at < read(other).at ? -1 : 1))
}

/** Where a draft is to be sent. */
export function addressOf(key) {
  return key.slice("draft:".length + reader.length + 1, key.lastIndexOf("#"))
}

/** Keep a key as one's own until `signal` ends. */
export function hold(key, signal) {
  navigator.locks?.request(key, () => new Promise((release) => { signal.addEventListener("abort", release) })).catch(() => {})
}

/** Do `work` on a draft that no open page holds, one page at a time; nothing when somebody does. */
export async function whenFree(key, work, { waits = false } = {}) {
  if (!navigator.locks) return work() // an old browser: the server sorts out what is sent twice
  const options = waits ? { signal: AbortSignal.timeout(CLOSING_MS) } : { ifAvailable: true }
  try {
    return await navigator.locks.request(key, options, (lock) => (lock ? work() : undefined))
  } catch (problem) {
    if (problem.name !== "TimeoutError" && problem.name !== "AbortError") throw problem
  }
}

/** What was saved after a page was kept: without it the kept copy would show older words. The newest few are enough. */
export function know(name, saved) {
  if (isShared || isOver) return
  write(`known:${name}`, { at: new Date().toISOString(), ...saved })
  while (keysFrom("known:").length > MOST_KNOWN && dropOldestKnown());
}

export function known(name) {
  return read(`known:${name}`)
}

export function forgetKnown(name) {
  remove(`known:${name}`)
}

/** Called shared a moment ago: what waits goes on waiting, but in this tab only. */
function moveOut() {
  try {
    for (const key of Object.keys(localStorage).filter((name) => /^(draft|known|form):/.test(name))) {
      if (/^(draft|form):/.test(key) && key.split(":")[1] === reader) sessionStorage.setItem(key, localStorage.getItem(key))
      localStorage.removeItem(key)
    }
  } catch {
    // nothing is kept
  }
}

/** A device that is full lets go of what the server has, before it fails words that only it has. */
function write(key, value) {
  while (!store(key, value)) if (!dropOldestKnown()) return false
  return true
}

function dropOldestKnown() {
  const [oldest] = keysFrom("known:").sort((one, other) => ((read(one)?.at ?? "") < (read(other)?.at ?? "") ? -1 : 1))
  if (!oldest) return false
  remove(oldest)
  return true
}

function tell() {
  document.dispatchEvent(new CustomEvent("drafts:changed"))
}

if (isShared) moveOut()
