/**
 * What a person put into a form: every named field of it but those that the page itself fills in.
 *
 * As `{name: [value, …]}`: a group of boxes has several values, a group of radios that nobody touched has none.
 */
const THE_PAGES_OWN = new Set(["csrfmiddlewaretoken", "based_on"])

export function fieldsOf(form) {
  const fields = {}
  for (const control of controlsOf(form)) fields[control.name] ??= []
  // Some browsers hand a textarea's lines over as a form sends them, with a return before each new line.
  for (const [name, value] of new FormData(form)) fields[name]?.push(value.replaceAll("\r\n", "\n"))
  return fields
}

/** What the page came with: somebody may have typed before the script was there, and that isn't saved. */
export function fieldsThatCame(form) {
  const fields = {}
  for (const control of controlsOf(form)) {
    const values = (fields[control.name] ??= [])
    if (control.matches("select")) values.push(...chosenAtFirst(control))
    else if (!["radio", "checkbox"].includes(control.type)) values.push(control.defaultValue.replaceAll("\r\n", "\n"))
    else if (control.defaultChecked) values.push(control.value)
  }
  return fields
}

/** Put values back; a field that `fields` doesn't name stays as it is. */
export function fill(form, fields) {
  for (const control of controlsOf(form)) {
    const values = fields[control.name]
    if (!values) continue
    if (control.type === "radio" || control.type === "checkbox") control.checked = values.includes(control.value)
    else control.value = values[0] ?? ""
  }
}

export function isSame(some, others) {
  return Object.keys({ ...some, ...others }).every(
    (name) => JSON.stringify(some[name] ?? []) === JSON.stringify(others[name] ?? []),
  )
}

/** Has nobody put anything in? */
export function isEmpty(fields) {
  return Object.values(fields).flat().every((value) => value === "")
}

function chosenAtFirst(select) {
  const options = [...select.options]
  const chosen = options.filter((option) => option.defaultSelected)
  if (!chosen.length && !select.multiple) chosen.push(...options.slice(0, 1))
  return chosen.map((option) => option.value)
}

function controlsOf(form) {
  return [...form.elements].filter(
    (control) => control.matches("input, textarea, select") && control.name && !THE_PAGES_OWN.has(control.name),
  )
}
