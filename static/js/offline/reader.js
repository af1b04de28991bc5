/**
 * Who reads on this device, and whether they called it shared. Other tabs hear of a change at once: nobody's words
 * stay in sight of the next person.
 *
 * What ends is told by two events on the document: "reader:back" (the same person has signed in again elsewhere) and
 * "reader:gone" (they signed out, or somebody else signed in).
 */
const mark = document.querySelector("meta[name=reader]")

/** The id of the person whose page this is; empty for a visitor. */
export const reader = mark?.content ?? ""
export const isShared = Boolean(mark && "shared" in mark.dataset)
/** When this copy was kept, if it comes from the device and not from the server. */
export const keptAt = document.documentElement.dataset.keptAt ?? ""

const LEFT = "signed_out"
/** Words of somebody who didn't come back: kept for them out of sight, but not for ever. */
const LONGEST_MS = 30 * 24 * 60 * 60 * 1000

/** Whose an answer of the server is: {reader, hasLeft, isShared}; null where it doesn't say. */
export function whose(response) {
  const said = response.headers.get("X-Reader")
  if (said === null) return null
  const [person, ...facts] = said.split("; ")
  return { reader: person === "nobody" ? "" : person, hasLeft: facts.includes("left"), isShared: facts.includes("shared") }
}

/** Forget all that this device keeps, whoever it is for. */
export async function wipe() {
  for (const storage of [sessionStorage, localStorage]) {
    try {
      Object.keys(storage).filter(isOurs).forEach((key) => storage.removeItem(key))
    } catch {
      // a browser that keeps nothing has nothing to forget
    }
  }
  await wipePages()
}

/** Forget the kept pages; the scripts and styles of the site are nobody's, and stay. */
export async function wipePages() {
  const names = (await globalThis.caches?.keys().catch(() => [])) ?? []
  await Promise.all(names.filter((name) => !name.startsWith("shell:")).map((name) => caches.delete(name)))
}

function isOurs(key) {
  return /^(draft|known|form):/.test(key)
}

function hasLeft() {
  return document.cookie.split("; ").includes(`${LEFT}=1`)
}

function forgetOld() {
  try {
    for (const key of Object.keys(localStorage).filter((name) => /^(draft|form):/.test(name))) {
      if (key.startsWith(`draft:${reader}:`)) continue
      if (Date.now() - Date.parse(JSON.parse(localStorage.getItem(key)).at) > LONGEST_MS) localStorage.removeItem(key)
    }
  } catch {
    // nothing is kept, or somebody else's hand was in it
  }
}

const channel = globalThis.BroadcastChannel ? new BroadcastChannel("reader") : null
if (channel) {
  // A kept copy knows who read here then, not who does now: it listens, and says nothing.
  if (!keptAt) channel.postMessage({ reader, hasLeft: hasLeft() })
  channel.addEventListener("message", ({ data: other }) => {
    if (!reader) return
    if (other.reader === reader) return document.dispatchEvent(new CustomEvent("reader:back"))
    if (!other.reader && !other.hasLeft) return // a session that ran out: what stands here may go on standing here
    document.dispatchEvent(new CustomEvent("reader:gone", { detail: { forGood: other.hasLeft } }))
    location.reload()
  })
}
if (hasLeft()) {
  document.cookie = `${LEFT}=; Max-Age=0; Path=/; SameSite=Lax`
  wipe()
} else {
  forgetOld()
}
