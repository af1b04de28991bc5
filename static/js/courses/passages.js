/**
 * Passages: words of a block as what is kept of them, and found again in a text that may have been edited.
 *
 * Blanks don't count: a page and its source disagree on them where a paragraph ends. What somebody types into the block
 * is no text of it.
 */
const NOT_TEXT = "textarea, select, script, template, [hidden]"
const AROUND = 80

/** What is kept of a selection inside `block`. */
export function describe(block, range) {
  const before = document.createRange()
  before.setStart(block, 0)
  before.setEnd(range.startContainer, range.startOffset)
  const after = document.createRange()
  after.setStart(range.endContainer, range.endOffset)
  after.setEnd(block, block.childNodes.length)
  return {
    quote: tidy(range.toString()),
    before: tidy(before.toString()).slice(-AROUND),
    after: tidy(after.toString()).slice(0, AROUND),
  }
}

/** The range where `quote` stands in `block`; where it stands more than once, the one with the same neighbours. */
export function find(block, { quote, before, after }) {
  const [text, places] = lettersOf(block)
  const [wanted, earlier, later] = [squeeze(quote), squeeze(before), squeeze(after)]
  if (!wanted) return null
  let best = null
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const end = at + wanted.length
    const alike = alikeAtEnd(text.slice(0, at), earlier) + alikeAtStart(text.slice(end), later)
    if (!best || alike > best.alike) best = { at, end, alike }
  }
  if (!best) return null
  const range = document.createRange()
  range.setStart(...places[best.at])
  const [node, offset] = places[best.end - 1]
  range.setEnd(node, offset + 1)
  return range
}

function lettersOf(block) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const places = []
  let text = ""
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest(NOT_TEXT)) continue
    for (let offset = 0; offset < node.data.length; offset += 1) {
      const letter = node.data[offset]
      if (/\s/.test(letter)) continue
      text += letter
      places.push([node, offset])
    }
  }
  return [text, places]
}

function alikeAtEnd(text, wanted) {
  let count = 0
  while (count < wanted.length && text.at(-1 - count) === wanted.at(-1 - count)) count += 1
  return count
}

function alikeAtStart(text, wanted) {
  let count = 0
  while (count < wanted.length && text[count] === wanted[count]) count += 1
  return count
}

const tidy = (text) => text.replace(/\s+/g, " ").trim()
const squeeze = (text) => (text ?? "").replace(/\s+/g, "")
