/** form[data-autosubmit] is sent when a choice changes, and a moment after the last key in a search field. */
import { whenPresent } from "./present.js"

const TYPING_ENDS_AFTER_MS = 400
const CHOSEN = "select, input[type=checkbox], input[type=radio], input[type=date]"

whenPresent("form[data-autosubmit]", (form, signal) => {
  let timer = null
  const send = () => form.requestSubmit()

  form.addEventListener("change", (event) => {
    if (event.target.matches(CHOSEN)) send()
  }, { signal })

  form.addEventListener("input", (event) => {
    if (!event.target.matches("input[type=search]") || !form.hasAttribute("hx-get")) return
    clearTimeout(timer)
    timer = setTimeout(send, TYPING_ENDS_AFTER_MS)
  }, { signal })

  return () => clearTimeout(timer)
})
