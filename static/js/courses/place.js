/**
 * [data-place]: the address that remembers where in the module its reader is; data-resume-at: where they were.
 *
 * The passage that crosses the upper third of the window is where they are. It is told when they rest there, and when
 * they leave: its block, which passage of the block it is, how far down that, and a digest of its words. So a text that
 * was edited meanwhile finds the passage by its words, one in another language by its number, and else by its block.
 */
import { csrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"

const REST_MS = 2500
const SAID_MS = 8000
const LINE = 0.3 // how far down the window one reads
const PASSAGES = "p, li, tr, figcaption, blockquote, summary, h2, h3, label, textarea"

whenPresent("[data-place]", (marker, signal) => {
  const url = marker.dataset.place
  let sent = marker.dataset.resumeAt
  let hasMoved = false
  let timer = null

  const resume = () => {
    // A page that is loaded again, or gone back to, stands where the browser has it.
    const [entry] = performance.getEntriesByType("navigation")
    if (!sent || location.hash || (entry && entry.type !== "navigate")) return
    const found = find(sent)
    if (!found) return
    const { top, height } = found.passage.getBoundingClientRect()
    scrollTo({ top: scrollY + top + height * found.share - innerHeight * LINE, behavior: "instant" })
    say(found.passage, signal)
  }

  const send = () => {
    clearTimeout(timer)
    const here = hasMoved && !isAtTheHead() ? where() : ""
    if (!here || here === sent) return
    sent = here
    const body = new URLSearchParams({ block: here })
    fetch(url, { method: "POST", body, keepalive: true, headers: { "X-CSRFToken": csrfToken() } }).catch(() => {})
  }

  const rest = () => {
    clearTimeout(timer)
    timer = setTimeout(send, REST_MS)
  }

  // A picture above that comes late moves the line away: once more when all is there, unless the reader has begun.
  resume()
  if (document.readyState !== "complete") addEventListener("load", () => { if (!hasMoved) resume() }, { signal, once: true })
  for (const begins of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    addEventListener(begins, () => { hasMoved = true }, { signal, passive: true })
  }
  addEventListener("scroll", rest, { signal, passive: true })
  addEventListener("pagehide", send, { signal })
  document.addEventListener("visibilitychange", () => { if (document.hidden) send() }, { signal })
  return () => clearTimeout(timer)
})

/** At the title: nobody reads there. Who went up to look at it, or to change the language, goes on where they read. */
function isAtTheHead() {
  const title = document.querySelector(".lesson h1")
  return Boolean(title) && title.getBoundingClientRect().bottom > 0
}

/** Where the reader is, as it is kept: at most 60 characters. */
function where() {
  const line = innerHeight * LINE
  const crossing = (element) => element.getBoundingClientRect().bottom > line
  const block = [...document.querySelectorAll("[data-block]")].find(crossing)
  if (!block) return ""
  const passages = passagesOf(block)
  const at = Math.max(0, passages.findIndex(crossing))
  const { top, height } = passages[at].getBoundingClientRect()
  const share = Math.round(100 * Math.min(1, Math.max(0, (line - top) / (height || 1))))
  return `${block.dataset.block}:${at}:${share}:${digest(passages[at])}`
}

/** The passage that is meant, and how far down it. */
function find(kept) {
  const [id, number, share, words] = kept.split(":")
  const block = document.querySelector(`[data-block="${CSS.escape(id)}"]`)
  if (!block) return null
  const passages = passagesOf(block)
  const numbered = passages[Number(number)]
  const same = numbered && digest(numbered) === words ? numbered : passages.find((passage) => digest(passage) === words)
  const passage = same ?? numbered ?? block
  return { passage, share: passage === block ? 0 : (Number(share) || 0) / 100 }
}

function passagesOf(block) {
  const passages = [...block.querySelectorAll(PASSAGES)].filter((one) => one.getClientRects().length)
  return passages.length ? passages : [block]
}

/** Six letters that follow from the words; what somebody types is no part of them. */
function digest(element) {
  let sum = 5381
  for (const letter of element.textContent.replace(/\s+/g, "")) sum = ((sum * 33) ^ letter.codePointAt(0)) >>> 0
  return sum.toString(36).slice(-6)
}

/** Say it, and let a screen reader and the Tab key go on from there. */
function say(passage, signal) {
  const words = document.querySelector("[data-resumed]")
  if (words) {
    words.hidden = false
    setTimeout(() => { words.hidden = true }, SAID_MS)
  }
  if (!passage.matches("textarea, summary, label")) {
    passage.setAttribute("tabindex", "-1")
    passage.dataset.here = ""
    passage.addEventListener("blur", () => passage.removeAttribute("tabindex"), { signal, once: true })
  }
  passage.focus({ preventScroll: true })
}

whenPresent("[data-resumed-top]", (link, signal) => {
  link.addEventListener("click", (event) => {
    event.preventDefault()
    scrollTo({ top: 0 })
    document.querySelector(".lesson h1")?.focus()
    link.closest("[data-resumed]").hidden = true
  }, { signal })
})
