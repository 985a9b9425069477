/** Mixes two integers. */
export function mix(a: number, b: number): number {
  let h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 0x7f4a7c15, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d)
  return h ^ (h >>> 13)
}

/** A hash of `count` words that stand in `words` from `from` on. */
export function hashWords(words: Int32Array, from: number, count: number): number {
  let h = count
  for (let at = from; at < from + count; at++) {
    h = Math.imul(h ^ words[at], 0x9e3779b1)
    h ^= h >>> 15
  }
  h = Math.imul(h, 0x2c1b3c6d)
  return h ^ (h >>> 14)
}

/** A hash of a text's characters. */
export function hashText(text: string): number {
  let h = 0x811c9dc5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return mix(h, text.length)
}
