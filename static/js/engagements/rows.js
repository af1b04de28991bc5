/** [data-row-add], [data-row-remove] in a shared form: rows of a table come and go without a page in between. */
import { addRow } from "./fields.js"

export function bindRows(form, shared, signal) {
  form.querySelector("[data-row-add]")?.addEventListener("click", () => {
    addRow(form).querySelector("textarea, input:not([type=hidden]), select").focus()
  }, { signal })
  form.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row-remove]")?.closest("[data-row-of]")
    if (!row) return
    const next = row.nextElementSibling ?? row.previousElementSibling
    row.remove()
    ;(next?.querySelector("textarea, select") ?? form.querySelector("[data-row-add]")).focus()
    shared.typed()
  }, { signal })
}
