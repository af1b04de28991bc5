/** [data-print] prints the page. */
import { whenPresent } from "./present.js"

whenPresent("[data-print]", (button, signal) => button.addEventListener("click", () => window.print(), { signal }))
