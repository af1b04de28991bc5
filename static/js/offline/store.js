/**
 * What a page keeps on this device: JSON under a key. On a device that others use too it ends with its tab. A device
 * that is full, or keeps nothing, breaks no page: what isn't kept reads as null.
 */
import { isShared } from "./reader.js"

export function storage() {
  return isShared ? sessionStorage : localStorage
}

export function read(key) {
  try {
    return JSON.parse(storage().getItem(key))
  } catch {
    return null
  }
}

/** False when it couldn't be kept. */
export function write(key, value) {
  try {
    storage().setItem(key, JSON.stringify(value))
    return true
  } catch {
    return false
  }
}

export function remove(key) {
  try {
    storage().removeItem(key)
  } catch {
    // nothing was kept then
  }
}

export function keysFrom(start) {
  try {
    return Object.keys(storage()).filter((key) => key.startsWith(start))
  } catch {
    return []
  }
}
