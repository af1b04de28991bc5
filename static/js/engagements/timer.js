/**
 * [data-timer] (minutes): counts a round down, pauses, and past its end counts up what runs over. The clock is read
 * anew each time, so a tab that slept is right when it wakes; a reload goes on where it was. Only the last minute and
 * the end are spoken.
 */
import { whenPresent } from "../present.js"

const LOOK_MS = 250
const MINUTE_MS = 60_000

class Timer {
  #place
  #whole
  #key
  #endsAt = null
  #left
  #ticking
  #saidAt

  constructor(place, signal) {
    this.#place = place
    this.#whole = Number(place.dataset.timer) * MINUTE_MS
    this.#key = `timer:${place.dataset.timerKey}`
    this.#recall()
    this.#saidAt = this.#leftNow
    this.#part("buttons").hidden = false
    this.#part("go").addEventListener("click", () => (this.#endsAt === null ? this.#go() : this.#pause()), { signal })
    this.#part("back").addEventListener("click", () => this.#beginAnew(), { signal })
    this.#ticking = setInterval(() => this.#draw(), LOOK_MS)
    this.#draw()
  }

  stop = () => clearInterval(this.#ticking)

  get #leftNow() {
    return this.#endsAt === null ? this.#left : this.#endsAt - Date.now()
  }

  #go() {
    this.#endsAt = Date.now() + this.#left
    this.#keep()
  }

  #pause() {
    this.#left = this.#leftNow
    this.#endsAt = null
    this.#keep()
  }

  #beginAnew() {
    this.#endsAt = null
    this.#left = this.#saidAt = this.#whole
    this.#part("said").textContent = ""
    this.#keep()
  }

  #draw() {
    const left = this.#leftNow
    const seconds = left >= 0 ? Math.ceil(left / 1000) : Math.floor(-left / 1000)
    const shown = `${left < 0 ? "+" : ""}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`
    const place = this.#part("left")
    if (place.textContent !== shown) place.textContent = shown
    this.#part("over").hidden = left >= 0
    this.#place.toggleAttribute("data-over", left < 0)
    this.#label(left)
    this.#speak(left)
  }

  #label(left) {
    const untouched = left === this.#whole
    const word = this.#endsAt !== null ? "pause" : untouched ? "start" : "go-on"
    const button = this.#part("go")
    if (button.dataset.is === word) return
    button.dataset.is = word
    button.textContent = this.#say(word)
  }

  #speak(left) {
    const passed = (mark) => this.#saidAt > mark && left <= mark
    if (passed(0)) this.#part("said").textContent = this.#say("over")
    else if (passed(MINUTE_MS) && this.#whole > MINUTE_MS) this.#part("said").textContent = this.#say("one-minute")
    this.#saidAt = left
  }

  #keep() {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify({ endsAt: this.#endsAt, left: this.#left }))
    } catch {
      // Without storage a reload begins anew; nothing else is lost.
    }
    this.#draw()
  }

  #recall() {
    this.#left = this.#whole
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.#key))
      if (Number.isFinite(kept?.left)) this.#left = kept.left
      if (Number.isFinite(kept?.endsAt)) this.#endsAt = kept.endsAt
    } catch {
      // What can't be read is as if nothing were there.
    }
  }

  #say(word) {
    return this.#place.querySelector(`template[data-say="${word}"]`).content.textContent
  }

  #part(name) {
    return this.#place.querySelector(`[data-timer-${name}]`)
  }
}

whenPresent("[data-timer]", (place, signal) => new Timer(place, signal).stop)
