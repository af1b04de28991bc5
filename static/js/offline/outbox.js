/**
 * What waits on this device to be sent: counted in sight on every page, and sent from any page as soon as there is a
 * connection and its writer is signed in.
 *
 * A page that has the prompt open sends its own words (courses/autosave.js); this sends what was left behind. One
 * page at a time sends a draft (drafts.js, whenFree), and each save names the version that it was written on, so that
 * what is sent twice is stored once, and what meets newer words is set aside by the server and shown for choosing.
 */
import { addressOf, forget, keep, kept, keysOf, whenFree } from "../courses/drafts.js"
import { csrfToken, renewCsrfToken } from "../csrf.js"
import { phrase } from "../phrase.js"
import { reader, whose } from "./reader.js"

const RETRY_MS = 15_000
/** What is said of a draft that another try wouldn't help. */
const REFUSALS = { 404: "gone", 409: "conflict", 413: "too-long" }

let timer = null
let isSending = false

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
  if (keysOf().some((key) => !kept(key)?.refused)) timer = setTimeout(sendAll, RETRY_MS)
  return isSafe()
}

/** A text that met a newer one is among its versions already: of those, nothing is lost with the device. */
function isSafe() {
  return keysOf().every((key) => kept(key)?.refused === "conflict")
}

async function send(key) {
  const draft = kept(key)
  if (!draft || draft.refused) return
  let answer = await post(key, draft)
  if (answer.status === 403 && (await renewCsrfToken())) answer = await post(key, draft)
  if (whose(answer)?.reader !== reader) return // signed out, or somebody else: the words wait for their writer
  if (answer.ok && !answer.redirected) return forget(key)
  const refused = REFUSALS[answer.status]
  if (refused) keep(key, { ...draft, refused })
}

function post(key, draft) {
  const body = new URLSearchParams({ based_on: draft.based_on, csrfmiddlewaretoken: csrfToken() })
  Object.entries(draft.fields).forEach(([name, values]) => values.forEach((value) => body.append(name, value)))
  return fetch(addressOf(key), { method: "POST", body, headers: { Accept: "application/json" } })
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
  document.addEventListener("drafts:changed", show)
  window.addEventListener("storage", show)
  window.addEventListener("online", sendAll)
  document.addEventListener("visibilitychange", () => { if (!document.hidden) sendAll() })
  document.addEventListener("reader:back", sendAll)
}
