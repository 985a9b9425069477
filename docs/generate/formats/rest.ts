import type { BlockContent, ListItem, PhrasingContent, RootContent, Table } from 'mdast'

const width = 80

/** reST for the kernel's tree is ASCII where it can be. */
const ascii = (text: string) =>
  text.replaceAll('→', '->').replaceAll('−', '-').replaceAll('…', '...').replaceAll('✗', 'x')

const plain = (node: PhrasingContent): string =>
  'value' in node
    ? node.value
    : 'children' in node
      ? node.children.map((c) => plain(c)).join('')
      : ''

/**
 * One inline node as an unbreakable or a breakable piece; `doc` says whether a link leads to a page
 * of the tree.
 */
function piece(node: PhrasingContent, doc: (url: string) => string | null): string {
  switch (node.type) {
    case 'text':
      return node.value.replace(/([\\*`|])/g, '\\$1').replace(/_(?=\W|$)/g, '\\_')
    case 'inlineCode':
      return `\`\`${node.value}\`\``
    case 'strong':
      return `**${plain(node)}**`
    case 'emphasis':
      return `*${plain(node).replaceAll('*', '')}*`
    case 'link': {
      const target = doc(node.url)
      return target === null
        ? node.children.map((c) => piece(c, doc)).join('')
        : `:doc:\`${node.children.map(plain).join('')} <${target}>\``
    }
    default:
      return ''
  }
}

/** Inline content; markup that would touch a word is parted from it as reST wants. */
function inline(nodes: readonly PhrasingContent[], doc: (url: string) => string | null): string {
  const pieces = nodes.map((node) => ({ text: piece(node, doc), marked: node.type !== 'text' }))
  return ascii(
    pieces
      .map(({ text, marked }, i) => {
        const last = pieces[i - 1]
        const touches =
          last !== undefined &&
          last.marked !== marked &&
          /\w$|`$|\*$/.test(last.text) &&
          /^[\w`*]/.test(text)
        return touches || (last?.marked === true && marked) ? `\\ ${text}` : text
      })
      .join(''),
  )
}

/** Words in lines of at most so many columns; literals and roles stay whole. */
function fill(text: string, columns: number): string[] {
  const words = text.match(/(?:``.*?``|:doc:`.*?`|[^\s`]|`)+/g) ?? []
  const lines: string[] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns)
      lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** A line of a literal block, broken before an argument where it is too long. */
function broken(line: string): string[] {
  const lines = fillPlain(line, width - 4)
  return lines.map((l, i) => (i === 0 ? `  ${l}` : `      ${l}`))
}

function fillPlain(line: string, columns: number): string[] {
  if (line.length <= columns) return [line]
  const at = line.lastIndexOf(' ', columns)
  return at <= 0 ? [line] : [line.slice(0, at), ...fillPlain(line.slice(at + 1), columns - 4)]
}

/** A simple table: its last column is wrapped, the others are as wide as they need. */
function table({ children }: Table, doc: (url: string) => string | null): string[] {
  const rows = children.map((row) => row.children.map((cell) => inline(cell.children, doc)))
  const columns = rows[0].length
  const widths = rows[0].map((_, c) => Math.max(...rows.map((row) => row[c].length)))
  const before = widths.slice(0, -1).reduce((n, w) => n + w + 2, 0)
  widths[columns - 1] = Math.min(widths[columns - 1], Math.max(width - before, 16))
  const rule = widths.map((w) => '='.repeat(w)).join('  ')
  const lines = rows.map((row) => {
    const wrapped = fill(row[columns - 1], widths[columns - 1])
    const first = row.slice(0, -1).map((cell, c) => cell.padEnd(widths[c]))
    return (wrapped.length === 0 ? [''] : wrapped).map((line, i) =>
      (i === 0 ? [...first, line] : [...first.map((cell) => ' '.repeat(cell.length)), line])
        .join('  ')
        .trimEnd(),
    )
  })
  return [rule, ...lines[0], rule, ...lines.slice(1).flat(), rule]
}

function item(
  { children }: ListItem,
  marker: string,
  doc: (url: string) => string | null,
): string[] {
  const indent = ' '.repeat(marker.length)
  const lines = children.flatMap((child, i) => [
    ...(i > 0 ? [''] : []),
    ...blockLines(child as BlockContent, doc, width - marker.length),
  ])
  return lines.map((line, i) => (line === '' ? '' : `${i === 0 ? marker : indent}${line}`))
}

function blockLines(
  node: RootContent | BlockContent,
  doc: (url: string) => string | null,
  columns = width,
): string[] {
  switch (node.type) {
    case 'heading': {
      const text = inline(node.children, doc)
      const line = { 1: '=', 2: '=', 3: '-', 4: '~', 5: '^', 6: '"' }[node.depth].repeat(
        text.length,
      )
      return node.depth === 1 ? [line, text, line] : [text, line]
    }
    case 'paragraph': {
      const [only] = node.children
      if (node.children.length === 1 && only.type === 'image')
        return [
          `.. kernel-figure:: ${only.url.replace(/\.svg$/, '.dot')}`,
          `   :alt: ${only.alt ?? ''}`,
          '',
          `   ${only.alt ?? ''}`,
        ]
      return fill(inline(node.children, doc), columns)
    }
    case 'code':
      return ['::', '', ...ascii(node.value).split('\n').flatMap(broken)]
    case 'list':
      return node.children.flatMap((one, i) =>
        item(one, node.ordered === true ? `${i + 1}. ` : '- ', doc),
      )
    case 'table':
      return table(node, doc)
    default:
      return []
  }
}

/**
 * A page as reST for the kernel's tree. `doc` turns a link into a document of that tree, or null
 * where it leads out of it.
 */
export function rest(
  children: readonly RootContent[],
  mark: string,
  doc: (url: string) => string | null,
): string {
  const blocks = children.map((node) => blockLines(node, doc)).filter((lines) => lines.length > 0)
  return `${['.. SPDX-License-Identifier: MIT', `.. ${mark}`, ...blocks.flatMap((lines) => ['', ...lines])].join('\n')}\n`
}
