import type { BlockContent, ListItem, PhrasingContent, RootContent, Table } from 'mdast'

/** Text, or text with other things in it. */
export type Inline = string | PhrasingContent | readonly (string | PhrasingContent)[]

/**
 * What is set as code without being marked: identifiers with an underscore, error codes, calls,
 * paths.
 */
const identifiers =
  /`[^`]+`|\bIOMMU_TEST_CMD\([A-Z_]+(?:, \d+)?\)|\b[A-Za-z0-9]*_[A-Za-z0-9_]+(?:\([A-Za-z_]+\))?|\b(?:open|close)\([^)]*\)|\/dev\/iommu\b|\bE(?:2BIG|[A-Z]{3,})\b/g

/** A sentence; identifiers and what stands between backticks become code. */
function prose(text: string): PhrasingContent[] {
  const parts: PhrasingContent[] = []
  let at = 0
  for (const match of text.matchAll(identifiers)) {
    if (match.index > at) parts.push({ type: 'text', value: text.slice(at, match.index) })
    parts.push({ type: 'inlineCode', value: match[0].replace(/^`|`$/g, '') })
    at = match.index + match[0].length
  }
  if (at < text.length) parts.push({ type: 'text', value: text.slice(at) })
  return parts
}

const inline = (content: Inline): PhrasingContent[] =>
  (Array.isArray(content)
    ? (content as readonly (string | PhrasingContent)[])
    : [content as string | PhrasingContent]
  ).flatMap((part) => (typeof part === 'string' ? prose(part) : [part]))

export const code = (value: string): PhrasingContent => ({ type: 'inlineCode', value })
export const emphasis = (text: string): PhrasingContent => ({
  type: 'emphasis',
  children: prose(text) as never,
})
export const strong = (value: string): PhrasingContent => ({
  type: 'strong',
  children: [{ type: 'text', value }],
})
export const link = (url: string, content: Inline): PhrasingContent => ({
  type: 'link',
  url,
  children: inline(content) as never,
})
export const heading = (depth: 1 | 2 | 3 | 4, content: Inline): RootContent => ({
  type: 'heading',
  depth,
  children: inline(content),
})
export const paragraph = (content: Inline): BlockContent => ({
  type: 'paragraph',
  children: inline(content),
})
export const block = (value: string, lang: string | null = null): BlockContent => ({
  type: 'code',
  lang,
  value,
})
export const html = (value: string): BlockContent => ({ type: 'html', value })
export const picture = (url: string, alt: string): BlockContent => ({
  type: 'paragraph',
  children: [{ type: 'image', url, alt }],
})

/** A list; an item may have blocks under its first line. */
export const list = (
  items: readonly (Inline | { readonly line: Inline; readonly under: readonly BlockContent[] })[],
  ordered = false,
): BlockContent => ({
  type: 'list',
  ordered,
  spread: false,
  children: items.map((item): ListItem => {
    const deep =
      typeof item === 'object' && 'line' in item ? item : { line: item as Inline, under: [] }
    return { type: 'listItem', spread: false, children: [paragraph(deep.line), ...deep.under] }
  }),
})

export const table = (head: readonly string[], rows: readonly (readonly Inline[])[]): Table => ({
  type: 'table',
  children: [head, ...rows].map((row) => ({
    type: 'tableRow',
    children: row.map((cell) => ({ type: 'tableCell', children: inline(cell) })),
  })),
})

/** `a, b or c` */
export const alternatives = (all: readonly string[], last = 'or'): string =>
  all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} ${last} ${all.at(-1)}`

/** Several inlines with commas between them. */
export const joined = (all: readonly Inline[]): (string | PhrasingContent)[] =>
  all.flatMap((one, i) => [
    ...(i > 0 ? [', '] : []),
    ...(Array.isArray(one) ? (one as readonly PhrasingContent[]) : [one as PhrasingContent]),
  ])

/** The same of names, each as code. */
export const names = (all: readonly string[]): (string | PhrasingContent)[] =>
  all.flatMap((name, i) => [
    ...(i === 0 ? [] : i === all.length - 1 ? [' or '] : [', ']),
    code(name),
  ])

/** A heading's anchor, as forges make it. */
export const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replace(/ /g, '-')
