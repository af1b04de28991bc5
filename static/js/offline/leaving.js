/**
 * Signing out clears the device. What waits is sent first; what can't be sent now is named, and its writer decides.
 */
import { phrase } from "../phrase.js"
import { keysOf } from "../courses/drafts.js"
import { sendAll } from "./outbox.js"
import { wipe } from "./reader.js"

const PATIENCE_MS = 4000

document.addEventListener("submit", async (event) => {
  const form = event.target
  if (!form.matches("form[action$='/logout/']") || event.defaultPrevented) return
  event.preventDefault()
  document.dispatchEvent(new CustomEvent("reader:leaving")) // the prompts of this page send what they hold
  if (await sentInTime()) leave(form)
  else ask(form)
})

/** Is nothing left that only this device has? */
async function sentInTime() {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end) {
    if (await Promise.race([sendAll(), pause(PATIENCE_MS)])) return true
    await pause(250)
  }
  return false
}

function pause(milliseconds) {
  return new Promise((end) => setTimeout(() => end(false), milliseconds))
}

async function leave(form) {
  document.dispatchEvent(new CustomEvent("reader:gone", { detail: { forGood: true } }))
  await wipe()
  form.submit()
}

function ask(form) {
  const dialog = document.querySelector("template[data-leaving]")?.content.cloneNode(true).firstElementChild
  const count = keysOf().length
  if (!dialog) return leave(form)
  dialog.querySelector("[data-count]").textContent = count === 1 ? phrase("one-waits") : phrase("some-wait", { count })
  dialog.querySelector("[data-stay]").addEventListener("click", () => dialog.close())
  dialog.querySelector("[data-leave]").addEventListener("click", () => leave(form))
  dialog.addEventListener("close", () => dialog.remove())
  document.body.append(dialog)
  dialog.showModal()
}
