/** How many words a text has: the same as courses/counting.py says, which explains it. */
const SHORT = "\\u3005-\\u3007\\u3041-\\u30ff\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{323af}"
const LONG = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff"
const SPACE = /[\s\u200b\x1c-\x1f\x85]+/
const RUN = new RegExp(`(?<short>[${SHORT}]+)|(?<long>[${LONG}]+)|[^${SHORT}${LONG}]+`, "gu")
const LETTER = /[\p{L}\p{N}]/gu

export function countWords(text) {
  const runs = text.split(SPACE).flatMap((token) => [...token.matchAll(RUN)])
  return runs.reduce((sum, run) => sum + count(run), 0)
}

function count(run) {
  const letters = run[0].match(LETTER)?.length ?? 0
  if (run.groups.short) return Math.ceil(letters / 2)
  if (run.groups.long) return Math.ceil(letters / 4)
  return Math.min(letters, 1)
}
