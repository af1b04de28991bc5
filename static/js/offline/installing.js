/** Let the service worker keep what this person opens; on a shared device, take it away. */
import { isShared, keptAt, reader, wipePages } from "./reader.js"

const WORKER = "/service-worker.js"
const DEVICE_PAGE = "/device/"
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000

async function install() {
  // A page that came before the worker did, which hasn't seen it.
  const isNew = !performance.getEntriesByType("navigation")[0]?.workerStart
  await navigator.serviceWorker.register(WORKER)
  const { active } = await navigator.serviceWorker.ready
  const pages = [isNew && location.href, (await isOld(DEVICE_PAGE)) && DEVICE_PAGE].filter(Boolean)
  if (pages.length) active.postMessage({ keep: pages })
}

/** The page that stands in for those that aren't kept: taken up daily, and when the language changes. */
async function isOld(address) {
  const copy = await caches.match(address, { cacheName: `kept:${reader}`, ignoreVary: true })
  if (!copy || copy.headers.get("Content-Language") !== document.documentElement.lang) return true
  return Date.now() - Date.parse(copy.headers.get("X-Kept-At")) > ASK_AGAIN_MS
}

async function remove() {
  const all = await navigator.serviceWorker.getRegistrations()
  await Promise.all(all.map((one) => one.unregister()))
  await wipePages()
}

// A browser that forbids it (a private window of some) shows the site as ever, with a connection.
if (navigator.serviceWorker && globalThis.caches && reader && !keptAt) (isShared ? remove() : install()).catch(() => {})
