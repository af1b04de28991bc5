/** textarea[data-grows] is as high as its text. Where CSS can do that (field-sizing), it does. */
import { whenPresent } from "../present.js"

whenPresent("textarea[data-grows]", (text, signal) => {
  if (CSS.supports("field-sizing", "content")) return
  const grow = () => {
    text.style.blockSize = "auto"
    text.style.blockSize = `${text.scrollHeight + text.offsetHeight - text.clientHeight}px`
  }
  text.addEventListener("input", grow, { signal })
  grow()
})
