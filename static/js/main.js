/** What every page has. Each module binds itself to markup by a data attribute, and the markup works without it. */
import "./autosubmit.js"
import "./csrf.js"
import "./dialog.js"
import "./focus.js"
import "./menu.js"
import "./print.js"
import "./submit-once.js"
import "./theme.js"
import "./toast.js"

document.documentElement.dataset.scripted = ""
