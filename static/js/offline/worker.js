/*
 * The service worker: pages that a person opened can be read without a connection.
 *
 * The server says which page may be kept (X-Keep) and whose it is (X-Reader); lms/installing.py puts VERSION, SHELL,
 * DEVICE_PAGE, STATIC and MEDIA in front of this. The network always comes first; a kept copy stands in when it fails
 * or takes too long. Only GETs are looked at, and nothing of Wagtail's editor.
 */
const SHELL_CACHE = `shell:${VERSION}`
const STATE_CACHE = "device" // holds who reads here, for the times when no server can say it
const READER = "/-/reader"
const PATIENCE_MS = 4000
const MOST_PAGES = 60
const MOST_PICTURES = 300
const ANY = { ignoreVary: true } // each cache is one person's, or everybody's
const DIGEST = /\.[0-9a-f]{8,}\.\w+$/ // a file of such a name never changes

self.addEventListener("install", (event) => event.waitUntil(fillShell().then(() => self.skipWaiting())))
self.addEventListener("activate", (event) => event.waitUntil(dropOldShells().then(() => self.clients.claim())))

self.addEventListener("fetch", (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== "GET" || url.origin !== location.origin || request.headers.has("range")) return
  if (url.pathname.startsWith(STATIC)) event.respondWith(ofShell(request))
  else if (["image", "track"].includes(request.destination)) event.respondWith(picture(request))
  else if (request.mode === "navigate" && !url.pathname.startsWith("/cms/")) event.respondWith(page(event))
})

// A page that was open before there was a worker, and the page that stands in for all others.
self.addEventListener("message", (event) => {
  for (const url of event.data?.keep ?? []) event.waitUntil(fetch(url).then((answer) => take(url, answer)).catch(() => {}))
})

// --- pages ---------------------------------------------------------------------------------------------

async function page(event) {
  const copy = await copyOf(event.request.url)
  const network = fetch(event.request)
  const taken = network.then((answer) => take(event.request.url, answer.clone()))
  event.waitUntil(taken.catch(() => {}))
  try {
    const answer = await (copy ? Promise.race([network, late()]) : network)
    if (!copy || ![502, 503, 504].includes(answer.status)) return answer
  } catch {
    if (!copy) return (await copyOf(DEVICE_PAGE)) ?? Response.error()
  }
  return copy
}

function late() {
  return new Promise((_, give_up) => setTimeout(give_up, PATIENCE_MS))
}

/** Learn from an answer who reads here, and keep it if the server lets us. */
async function take(url, answer) {
  const said = answer.headers.get("X-Reader")
  if (said === null) return
  const reader = await meet(said)
  const kept = reader && (await caches.open(`kept:${reader}`))
  if (!kept) return
  if (answer.headers.has("X-Keep") && answer.ok && !answer.redirected && !new URL(url, location).search) {
    await keep(kept, reader, url, answer)
  } else if ([404, 410].includes(answer.status)) {
    await kept.delete(plain(url))
  }
}

/** Another person than before, or one who left: what was kept for the one before goes. Says who may keep. */
async function meet(said) {
  const [person, ...facts] = said.split("; ")
  const mayKeep = person !== "nobody" && !facts.includes("shared") && !facts.includes("left")
  const own = mayKeep ? [`kept:${person}`, `pictures:${person}`] : []
  const ranOut = person === "nobody" && !facts.includes("left") // their pages wait, closed, until they sign in again
  for (const name of ranOut ? [] : await caches.keys()) {
    if (/^(kept|pictures):/.test(name) && !own.includes(name)) await caches.delete(name)
  }
  const state = await caches.open(STATE_CACHE)
  await state.put(READER, new Response(mayKeep ? person : ""))
  return mayKeep ? person : ""
}

async function readerHere() {
  const state = await caches.open(STATE_CACHE)
  return (await state.match(READER))?.text() ?? ""
}

async function keep(kept, reader, url, answer) {
  const headers = new Headers(answer.headers)
  headers.set("X-Kept-At", new Date().toISOString())
  const markup = await answer.text()
  const copy = new Response(markup, { headers })
  await kept.delete(plain(url)) // so that the last one opened is the last one of the list
  try {
    await kept.put(plain(url), copy.clone())
  } catch {
    await kept.delete((await kept.keys())[0]) // the device is full: the page opened longest ago makes room
    await kept.put(plain(url), copy)
  }
  await leaveAtMost(kept, MOST_PAGES)
  if (answer.headers.get("X-Keep") === "module") await keepPictures(reader, markup)
}

async function keepPictures(reader, markup) {
  const pictures = await caches.open(`pictures:${reader}`)
  for (const [, found] of markup.matchAll(/<(?:img|track)\b[^>]*?\ssrc="([^"]+)"/g)) {
    const url = new URL(found.replaceAll("&amp;", "&"), location)
    if (url.origin !== location.origin || url.pathname.startsWith(STATIC) || (await pictures.match(url, ANY))) continue
    await pictures.add(url.href).catch(() => {})
  }
  await leaveAtMost(pictures, MOST_PICTURES)
}

async function leaveAtMost(cache, most) {
  const keys = await cache.keys()
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)))
}

/** The kept copy of a page of whoever reads here, marked as such; undefined where there is none. */
async function copyOf(url) {
  const reader = await readerHere()
  if (!reader || !(await caches.has(`kept:${reader}`))) return undefined
  const kept = await (await caches.open(`kept:${reader}`)).match(plain(url), ANY)
  if (!kept) return undefined
  const markup = (await kept.text()).replace("<html ", `<html data-kept-at="${kept.headers.get("X-Kept-At")}" `)
  return new Response(markup, { headers: kept.headers })
}

function plain(url) {
  const { origin, pathname } = new URL(url, location)
  return origin + pathname
}

// --- pictures and the shell -----------------------------------------------------------------------------

async function picture(request) {
  try {
    return await fetch(request)
  } catch {
    const reader = await readerHere()
    const pictures = reader && (await caches.open(`pictures:${reader}`))
    return (pictures && (await pictures.match(request, ANY))) || Response.error()
  }
}

async function ofShell(request) {
  const shell = await caches.open(SHELL_CACHE)
  const has = await shell.match(request, ANY)
  if (has && DIGEST.test(new URL(request.url).pathname)) return has
  try {
    const answer = await fetch(request)
    if (answer.ok) shell.put(request, answer.clone()).catch(() => {})
    return answer
  } catch {
    return has ?? Response.error()
  }
}

async function fillShell() {
  const shell = await caches.open(SHELL_CACHE)
  // One that is missing (a typeface that isn't made yet) costs itself alone.
  await Promise.allSettled(SHELL.map((url) => shell.add(new Request(url, { cache: "no-cache" }))))
}

async function dropOldShells() {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith("shell:") && name !== SHELL_CACHE).map((name) => caches.delete(name)))
}
