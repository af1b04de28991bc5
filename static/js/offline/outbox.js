/**
 * What waits on this device to be sent: counted in sight on every page, and sent from any page as soon as there is a
 * connection and its writer is signed in.
 *
 * A page that has the prompt open sends its own words (courses/autosave.js); this sends what was left behind. One
 * page at a time sends a draft (drafts.js, whenFree), and each save names the version that it was written on, so that
 * what is sent twice is stored once, and what meets newer words is set aside by the server and shown for choosing.
 */
import { addressOf, forget, keep, kept, keysOf, know, whenFree } from "../courses/drafts.js"
import { isSame } from "../courses/fields.js"
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { phrase } from "../phrase.js"
import { reader, whose } from "./reader.js"

const RETRY_MS = 2000 // then twice as long each time
const LONGEST_RETRY_MS = 60_000
const SHOW_MS = 1500 // longer than a save takes on a good line: what is saved at once needn't flash by
/** What is said of a draft that another try wouldn't help. */
const REFUSALS = { 404: "gone", 409: "conflict", 413: "too-long" }

let timer = null
let isSending = false
let tries = 0
let showing = null

/** Send all that waits; true when nothing is left that only this device has. */
export async function sendAll() {
  clearTimeout(timer)
  if (isSending || !reader) return isSafe()
  isSending = true
  try {
    for (const key of keysOf()) await whenFree(key, () => send(key))
  } catch {
    // no connection: it is tried again
  } finally {
    isSending = false
  }
  const isLeft = keysOf().some((key) => !kept(key)?.refused)
  tries = isLeft ? tries + 1 : 0
  if (isLeft) timer = setTimeout(sendAll, Math.min(RETRY_MS * 2 ** tries, LONGEST_RETRY_MS))
  return isSafe()
}

/** A text that met a newer one is among its versions already: of those, nothing is lost with the device. */
function isSafe() {
  return keysOf().every((key) => kept(key)?.refused === "conflict")
}

async function send(key) {
  const draft = kept(key)
  if (!draft || draft.refused) return
  if (draft.attempt && !isSame(draft.attempt, draft.fields)) {
    // As in autosave.js: what was sent and never answered goes first.
    const answer = await deliver(key, draft, draft.attempt)
    if (!answer) return
    draft.attempt = null
    if (answer.ok) draft.based_on = (await answer.json()).version
    keep(key, draft)
  }
  const answer = await deliver(key, draft, draft.fields)
  if (answer?.ok) {
    // A page that was fetched before this was stored learns of it (autosave.js); a team's asks the server.
    const { version } = await answer.json()
    if (!draft.base) know(key.slice("draft:".length, key.lastIndexOf("#")), { version, fields: draft.fields })
    forget(key)
  } else if (answer) keep(key, { ...draft, refused: REFUSALS[answer.status] })
}

/** The server's word on it: saved or refused. Null when it has none yet, or not for who is signed in now. */
async function deliver(key, draft, fields) {
  let answer = await post(key, draft, fields)
  if (answer.status === 403 && (await renewCsrfToken())) answer = await post(key, draft, fields)
  if (whose(answer)?.reader !== reader || answer.redirected) return null
  return answer.ok || answer.status in REFUSALS ? answer : null
}

function post(key, { based_on, base }, fields) {
  const body = new URLSearchParams({ based_on, csrfmiddlewaretoken: csrfToken() })
  // Words that came with a merge while their writer typed on are in the version, and not in what was typed on.
  if (base) body.set("base", JSON.stringify(base))
  Object.entries(fields).forEach(([name, values]) => values.forEach((value) => body.append(name, value)))
  return fetch(addressOf(key), { method: "POST", body, headers: { Accept: "application/json" } })
}

/** Every key that is pressed changes a draft; who writes shouldn't wait for the count. */
function showSoon() {
  showing ??= setTimeout(() => { showing = null; show() }, SHOW_MS)
}

/** The count in the header. */
function show() {
  const link = document.querySelector("[data-waiting]")
  if (!link) return
  const count = new Set(keysOf().map(addressOf)).size
  link.hidden = count === 0
  const said = count === 1 ? phrase("one-waits") : phrase("some-wait", { count })
  const shown = link.querySelector("[data-waiting-said]")
  if (!count || shown.textContent === said) return
  shown.textContent = said
  link.querySelector("[data-waiting-count]").textContent = count.toLocaleString(document.documentElement.lang)
}

if (reader) {
  show()
  sendAll()
  document.addEventListener("drafts:changed", showSoon)
  window.addEventListener("storage", showSoon)
  window.addEventListener("online", sendAll)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll() })
  document.addEventListener("reader:back", sendAll)
}
