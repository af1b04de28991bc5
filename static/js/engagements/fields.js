/**
 * A form's fields (courses/fields.js) and those of the server, while others write in the same answer.
 *
 * Rows of a table that a page doesn't have yet are made from the form's `template[data-row]`.
 */
import { fieldsOf } from "../courses/fields.js"

/** The same words? A row of a table without a word in it doesn't count. */
export function isSame(one, other) {
  return JSON.stringify(filled(one)) === JSON.stringify(filled(other))
}

/**
 * Put what the server has into the form, but only where this person hasn't typed since `base`.
 * Returns what the form now knows of the server's words: the new base.
 */
export function takeUp(form, base, theirs) {
  const now = fieldsOf(form)
  const rows = theirs.row ?? []
  const had = base.row ?? []
  // A row that the base has and the form hasn't was taken out here: it doesn't come back by itself.
  rows.filter((id) => !had.includes(id)).forEach((id) => ensureRow(form, id))
  ;(now.row ?? []).filter((id) => had.includes(id) && !rows.includes(id)).forEach((id) => dropRow(form, id, now, base))
  const known = { ...theirs }
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(base), ...Object.keys(now)])) {
    if (name === "row") continue
    const [mine, before, wanted] = [now[name] ?? [""], base[name] ?? [""], theirs[name] ?? [""]].map(String)
    if (mine === before) setField(form, name, theirs[name] ?? [])
    else if (mine !== wanted) known[name] = base[name] ?? []
  }
  return known
}

/** Put `fields` into the form, whatever stands there. */
export function putAll(form, fields) {
  ;(fields.row ?? []).forEach((id) => ensureRow(form, id))
  Object.keys(fields).filter((name) => name !== "row").forEach((name) => setField(form, name, fields[name]))
}

export function addRow(form, id = crypto.randomUUID()) {
  const copy = form.querySelector("template[data-row]").innerHTML.replaceAll("__row__", id)
  form.querySelector("[data-rows]").insertAdjacentHTML("beforeend", copy)
  return rowOf(form, id)
}

function ensureRow(form, id) {
  if (!rowOf(form, id)) addRow(form, id)
}

/** A row that somebody took out goes here too, unless this person has written in it; a blank one stays. */
function dropRow(form, id, now, base) {
  const cells = Object.keys(now).filter((name) => name.startsWith(`cell-${id}-`))
  const wasFilled = cells.some((name) => String(base[name] ?? "").trim())
  const isTouched = cells.some((name) => String(now[name]) !== String(base[name] ?? ""))
  if (wasFilled && !isTouched) rowOf(form, id)?.remove()
}

function rowOf(form, id) {
  return form.querySelector(`[data-row-of="${CSS.escape(id)}"]`)
}

function setField(form, name, values) {
  form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
    if (["radio", "checkbox"].includes(field.type)) field.checked = values.includes(field.value)
    else if (field.value !== (values[0] ?? "")) setText(field, values[0] ?? "")
  })
}

/** A new text in a field, with the caret where its writer had it, whatever was put in before it. */
function setText(field, text) {
  const isHere = document.activeElement === field && typeof field.selectionStart === "number"
  const [before, at, to] = [field.value, field.selectionStart, field.selectionEnd]
  field.value = text
  if (isHere) field.setSelectionRange(moved(before, text, at), moved(before, text, to))
}

function moved(before, after, at) {
  if (at === null) return at
  const shortest = Math.min(before.length, after.length)
  let same = 0
  while (same < shortest && before[same] === after[same]) same += 1
  return at <= same ? at : Math.max(same, at + after.length - before.length)
}

function filled(fields) {
  const kept = Object.entries(fields).filter(([name, values]) => name !== "row" && values.some((value) => value.trim()))
  return kept.sort(([one], [other]) => (one < other ? -1 : 1))
}
