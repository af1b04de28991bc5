/**
 * [data-note][data-quote]: the passage of a note, shown in the text that it is about.
 *
 * By the CSS Custom Highlight API, which leaves the markup alone; where a browser hasn't got it, by <mark>. A click on
 * a passage opens its notes.
 */
import { whenPresent } from "../present.js"
import { find } from "./passages.js"

const NAME = "noted"
const canHighlight = typeof Highlight === "function" && "highlights" in CSS
let passages = []
let waiting = false

whenPresent("[data-noted]", () => {
  drawSoon()
  return drawSoon
})
whenPresent("[data-block]", drawSoon)

document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-block]") || event.target.closest("a, button, input, textarea, summary, label")) return
  if (!getSelection().isCollapsed) return
  const note = passages.find(({ range }) => isIn(range, event))?.note
  const around = note?.closest("details")
  if (!around) return
  around.open = true
  around.querySelector("summary").focus({ preventScroll: true })
  note.scrollIntoView({ block: "nearest" })
})

function drawSoon() {
  if (waiting) return
  waiting = true
  queueMicrotask(() => { waiting = false; draw() })
}

function draw() {
  if (!canHighlight) unmark()
  passages = [...document.querySelectorAll("[data-note][data-quote]")].map((note) => {
    const block = blockOf(note)
    return { note, range: block && find(block, note.dataset) }
  }).filter(({ range }) => range)
  if (canHighlight) CSS.highlights.set(NAME, new Highlight(...passages.map(({ range }) => range)))
  else passages.forEach(({ range }) => mark(range))
}

function blockOf(note) {
  const id = note.closest("[data-noted]")?.dataset.noted
  return id && document.querySelector(`[data-block="${CSS.escape(id)}"]`)
}

function isIn(range, { clientX, clientY }) {
  return [...range.getClientRects()].some((box) =>
    clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom)
}

/** Wrap each piece of text in the range: a passage may reach over several paragraphs. */
function mark(range) {
  const walker = document.createTreeWalker(range.commonAncestorContainer, NodeFilter.SHOW_TEXT)
  const pieces = range.commonAncestorContainer.nodeType === Node.TEXT_NODE ? [range.commonAncestorContainer] : []
  while (walker.nextNode()) if (range.intersectsNode(walker.currentNode)) pieces.push(walker.currentNode)
  const { startContainer, startOffset, endContainer, endOffset } = range
  for (const piece of pieces) {
    const part = document.createRange()
    part.setStart(piece, piece === startContainer ? startOffset : 0)
    part.setEnd(piece, piece === endContainer ? endOffset : piece.data.length)
    if (part.toString().trim()) part.surroundContents(Object.assign(document.createElement("mark"), { className: "marked" }))
  }
}

function unmark() {
  document.querySelectorAll("mark.marked").forEach((marked) => {
    const parent = marked.parentNode
    marked.replaceWith(...marked.childNodes)
    parent.normalize()
  })
}
