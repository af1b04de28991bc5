/** [data-focus] takes the focus when it comes: the summary of a form's errors is read first. */
import { whenPresent } from "./present.js"

whenPresent("[data-focus]", (element) => element.focus())
