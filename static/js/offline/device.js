/** [data-device]: the page that lists what this device keeps, and what waits on it. */
import { addressOf, kept, keysOf } from "../courses/drafts.js"
import { phrase } from "../phrase.js"
import { whenPresent } from "../present.js"
import { keptAt, reader } from "./reader.js"

whenPresent("[data-device]", (page, signal) => {
  page.querySelector("[data-not-kept]").hidden = !keptAt || location.pathname === page.dataset.device
  const draw = () => { drawWaiting(page); drawKept(page) }
  document.addEventListener("drafts:changed", draw, { signal })
  window.addEventListener("storage", draw, { signal })
  draw()
})

function drawWaiting(page) {
  const keys = keysOf()
  page.querySelector("[data-none-waits]").hidden = keys.length > 0
  page.querySelector("[data-some-wait]").hidden = keys.length === 0
  page.querySelector("[data-waits]").replaceChildren(...keys.map(waitingRow))
}

function waitingRow(key) {
  const draft = kept(key)
  const row = fresh("template[data-waiting-row]")
  const link = row.querySelector("a")
  link.href = draft.page
  link.textContent = draft.asked
  row.querySelector("[data-why]").textContent = [draft.title, phrase(`why-${draft.refused}`)].filter(Boolean).join(" · ")
  row.querySelector(".version__text").textContent = Object.values(draft.fields).flat().join("\n")
  return row
}

async function drawKept(page) {
  const list = page.querySelector("[data-kept-pages]")
  if (!list) return
  const waits = new Set(keysOf().map((key) => kept(key).page))
  const copies = await keptPages().catch(() => [])
  list.replaceChildren(...copies.map((copy) => keptRow(copy, waits)))
  page.querySelector("[data-none-kept]").hidden = copies.length > 0
}

async function keptPages() {
  if (!reader || !(await caches.has(`kept:${reader}`))) return []
  const cache = await caches.open(`kept:${reader}`)
  const keys = await cache.keys()
  const copies = await Promise.all(keys.map((key) => cache.match(key, { ignoreVary: true })))
  return copies
    .map((copy, at) => ({
      address: new URL(keys[at].url).pathname,
      kind: copy?.headers.get("X-Keep"),
      title: decodeURIComponent(copy?.headers.get("X-Keep-Title") ?? ""),
      at: copy?.headers.get("X-Kept-At"),
    }))
    .filter(({ kind }) => kind === "module")
    .reverse()
}

function keptRow(copy, waits) {
  const row = fresh("template[data-kept-row]")
  const link = row.querySelector("a")
  link.href = copy.address
  link.textContent = copy.title
  const when = new Date(copy.at).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
  row.querySelector("small").textContent = phrase("kept-on", { when })
  if (!waits.has(copy.address)) row.querySelector(".chip").remove()
  return row
}

function fresh(selector) {
  return document.querySelector(selector).content.cloneNode(true).firstElementChild
}
