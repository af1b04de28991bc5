/**
 * [data-media]: a film or recording that remembers where its viewer is, and whose words follow along.
 *
 * What was really played is counted by stretches and told now and then; the server believes as much of it as the
 * clock allows. A file that can't be played opens its transcript.
 */
import { csrfToken } from "../csrf.js"
import { whenPresent } from "../present.js"
import { redrawAll } from "./redraw.js"

const TELL_MS = 15_000
const SPEED = "media-speed"

class Player {
  #box
  #media
  #cues
  #stretches = []
  #since = null // where the stretch that plays now began
  #told = 0

  constructor(box, signal) {
    this.#box = box
    this.#media = box.querySelector("video, audio")
    this.#cues = [...box.querySelectorAll("[data-begins]")]
    const on = (name, does) => this.#media.addEventListener(name, does, { signal })
    on("error", () => this.#fail())
    on("play", () => { this.#since = this.#media.currentTime; this.#tell(true) })
    on("timeupdate", () => this.#tick())
    on("seeking", () => this.#endStretch())
    on("seeked", () => this.#follow())
    on("pause", () => { this.#endStretch(); this.#tell(true) })
    on("ended", () => { this.#endStretch(); this.#tell(true) })
    window.addEventListener("pagehide", () => { this.#endStretch(); this.#tell(true) }, { signal })
    if (this.#media.error || this.#media.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.#fail()
    this.#offerSpeed(signal)
    this.#offerPlace(signal)
    this.#makeButtons(signal)
    this.#makeSearch(signal)
  }

  stop = () => { this.#endStretch(); this.#tell(true) }

  #part(name) { return this.#box.querySelector(`[data-media-${name}]`) }

  #fail() {
    this.#part("failed").hidden = false
    this.#part("words").open = true
  }

  #offerSpeed(signal) {
    const speed = this.#part("speed")
    const chosen = remembered(SPEED)
    if (chosen && [...speed.options].some((option) => option.value === chosen)) speed.value = chosen
    const apply = () => { this.#media.playbackRate = Number(speed.value) }
    apply()
    speed.addEventListener("change", () => { apply(); remember(SPEED, speed.value) }, { signal })
    this.#media.addEventListener("loadedmetadata", apply, { signal })
  }

  /** Where one stopped, on whatever device: the player stands there, and says so. */
  #offerPlace(signal) {
    const at = Number(this.#box.dataset.mediaAt ?? 0)
    const go = this.#part("go")
    if (at < 3) return
    const stand = () => {
      if (at > this.#media.duration - 3) return
      this.#media.currentTime = at
      this.#part("go-at").textContent = clock(at)
      go.hidden = false
    }
    go.addEventListener("click", () => { this.#media.currentTime = at; this.#media.play() }, { signal })
    this.#media.addEventListener("play", () => { go.hidden = true }, { signal })
    if (this.#media.readyState >= HTMLMediaElement.HAVE_METADATA) stand()
    else this.#media.addEventListener("loadedmetadata", stand, { signal, once: true })
  }

  #makeButtons(signal) {
    this.#cues.forEach((cue) => {
      const button = document.createElement("button")
      button.type = "button"
      button.append(...cue.childNodes)
      cue.append(button)
      button.addEventListener("click", () => {
        this.#media.currentTime = Number(cue.dataset.begins)
        this.#media.play().catch(() => {}) // what can't be played has said so already
      }, { signal })
    })
  }

  #makeSearch(signal) {
    const search = this.#part("search")
    search?.addEventListener("input", () => {
      const sought = plain(search.value)
      const found = this.#cues.filter((cue) => {
        cue.hidden = !plain(cue.querySelector(".cue__text").textContent).includes(sought)
        return !cue.hidden
      }).length
      const says = search.dataset
      const words = found === 0 ? says.none : found === 1 ? says.one : says.many.replace("%(count)s", found)
      this.#part("found").textContent = sought ? words : ""
    }, { signal })
  }

  #tick() {
    this.#follow()
    this.#tell()
  }

  #follow() {
    const now = this.#media.currentTime
    const at = this.#cues.find((cue) => Number(cue.dataset.begins) <= now && now < Number(cue.dataset.ends))
    this.#cues.forEach((cue) => {
      if (cue === at) cue.dataset.now = ""
      else delete cue.dataset.now
      if (cue === at) cue.querySelector("button").setAttribute("aria-current", "true")
      else cue.querySelector("button").removeAttribute("aria-current")
    })
    if (at && !this.#media.paused) this.#bringIntoSight(at)
  }

  /** Inside its box alone: the page stays where its reader has it. */
  #bringIntoSight(cue) {
    const box = this.#part("cues")
    if (box.matches(":hover, :focus-within")) return
    box.scrollTop = cue.offsetTop - box.clientHeight / 3
  }

  #endStretch() {
    if (this.#since === null) return
    const end = Math.round(this.#media.currentTime)
    const begin = Math.round(this.#since)
    if (end > begin && !this.#media.seeking) this.#stretches.push(`${begin}-${end}`)
    this.#since = this.#media.paused || this.#media.ended ? null : this.#media.currentTime
  }

  async #tell(isDue = false) {
    const url = this.#box.dataset.mediaReport
    if (!url || (!isDue && Date.now() - this.#told < TELL_MS)) return
    if (!isDue) this.#endStretch()
    this.#told = Date.now()
    const played = this.#stretches
    this.#stretches = []
    const body = new URLSearchParams({
      seconds: Math.round(this.#media.ended ? 0 : this.#media.currentTime),
      length: Math.round(Number.isFinite(this.#media.duration) ? this.#media.duration : 0),
      played: played.join(","),
    })
    try {
      const headers = { "X-CSRFToken": csrfToken(), Accept: "application/json" }
      const response = await fetch(url, { method: "POST", body, headers, keepalive: true })
      if (!response.ok) throw new Error(response.status)
      redrawAll((await response.json()).moved) // it counts as watched now
    } catch {
      this.#stretches = [...played, ...this.#stretches] // told with the next report
    }
  }
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`
}

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim()
}

function remembered(name) {
  try { return localStorage.getItem(name) } catch { return null }
}

function remember(name, value) {
  try { localStorage.setItem(name, value) } catch { /* then it is asked for again */ }
}

whenPresent("[data-media]", (box, signal) => new Player(box, signal).stop)
