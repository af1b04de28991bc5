/**
 * form[data-keeps]: what somebody typed and hasn't sent is kept on this device, and stands there again when they come
 * back: after a closed tab, a line that broke while it was sent, a session that had ended. For forms that begin empty
 * and are sent once; what is saved as it is typed has ways of its own (courses/drafts.js).
 *
 * Kept as `form:WRITER:PAGE>ADDRESS` = {fields, at, isSent}. That the server took it is seen on the next page: it came
 * by a redirect, and not from the page to sign in.
 */
import { fieldsOf, fieldsThatCame, fill, isEmpty, isSame } from "../courses/fields.js"
import { phrase } from "../phrase.js"
import { whenPresent } from "../present.js"
import { reader } from "./reader.js"
import { keysFrom, read, remove, write } from "./store.js"

/** Whose words: a guest's, by their link (engagements/guest-leaving.js forgets them), or those of who is signed in. */
const writer = document.querySelector("meta[name=guest]")?.content || reader
const [navigation] = performance.getEntriesByType("navigation")
if (writer) forgetWhatWasTaken()

whenPresent("form[data-keeps]", (form, signal) => {
  if (!writer) return
  const key = `form:${writer}:${location.pathname}>${new URL(form.action).pathname}`
  const cameWith = fieldsThatCame(form)
  let waits = null
  const found = read(key)
  if (found && !isSame(found.fields, cameWith) && isUntouched(form)) putBack(form, key, found)

  form.addEventListener("input", () => {
    const fields = fieldsOf(form)
    if (isSame(fields, cameWith) || isEmpty(fields)) remove(key)
    else write(key, { fields, at: new Date().toISOString(), isSent: false })
  }, { signal })

  form.addEventListener("submit", (event) => {
    if (!navigator.onLine) {
      event.preventDefault()
      waits?.remove()
      waits = say(form, phrase("form-waits"))
      return
    }
    const kept = read(key)
    if (kept) write(key, { ...kept, isSent: true })
  }, { signal })
})

/** A refused form comes back without a redirect; who signs in is redirected too, but nothing was taken then. */
function forgetWhatWasTaken() {
  if (!navigation?.redirectCount || document.referrer.includes("/accounts/")) return
  for (const key of keysFrom(`form:${writer}:`)) if (read(key)?.isSent) remove(key)
}

/** Nothing that the server, or the person just now, put there is overwritten. */
function isUntouched(form) {
  return !form.querySelector("[aria-invalid=true]") && isSame(fieldsOf(form), fieldsThatCame(form))
}

function putBack(form, key, { fields, at }) {
  const cameWith = fieldsThatCame(form)
  fill(form, fields)
  form.closest("details")?.setAttribute("open", "")
  const when = new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
  const note = say(form, phrase("form-kept", { when }))
  const afresh = document.createElement("button")
  Object.assign(afresh, { type: "button", className: "link", textContent: phrase("form-afresh") })
  afresh.addEventListener("click", () => {
    fill(form, cameWith)
    remove(key)
    note.remove()
    form.querySelector("textarea, input:not([type=hidden]), select").focus()
  })
  note.append(" ", afresh)
}

function say(form, text) {
  const note = document.createElement("p")
  note.className = "callout callout--note"
  note.setAttribute("role", "status")
  form.prepend(note)
  note.textContent = text
  return note
}
