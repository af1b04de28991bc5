/**
 * data-dialog-open="id" on a link opens that dialog in place of the page that the link goes to.
 * data-dialog-close inside a dialog closes it; so do Escape and a click on what lies behind.
 */
import { whenPresent } from "./present.js"

whenPresent("[data-dialog-open]", (opener, signal) => {
  opener.addEventListener("click", (event) => {
    const dialog = document.getElementById(opener.dataset.dialogOpen)
    if (!dialog || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    dialog.showModal()
  }, { signal })
})

whenPresent("dialog", (dialog, signal) => {
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-dialog-close]")) dialog.close()
  }, { signal })
})
