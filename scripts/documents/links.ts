import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Image, Link, Node, Parent } from 'mdast'

function* all(node: Node): Generator<Node> {
  yield node
  for (const child of (node as Partial<Parent>).children ?? []) yield* all(child)
}

/** A heading's text, without its marks. */
const textOf = (node: Node): string =>
  [...all(node)].map((one) => ('value' in one ? String(one.value) : '')).join('')

/** The anchors that a forge gives to the headings of a page. */
const anchors = (markdown: string): string[] =>
  [...all(fromMarkdown(markdown))]
    .filter((node) => node.type === 'heading')
    .map((heading) =>
      textOf(heading)
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    )

/** The links of a page to files and headings that are not there. */
export function dead(root: string, page: string, markdown: string): string[] {
  const urls = [...all(fromMarkdown(markdown))]
    .filter((node): node is Link | Image => node.type === 'link' || node.type === 'image')
    .map((node) => node.url)
  return urls.filter((url) => {
    if (/^[a-z]+:/.test(url)) return false
    const [path, anchor] = url.split('#')
    const file = join(root, dirname(page), path)
    if (path !== '' && !existsSync(file)) return true
    return (
      anchor !== undefined &&
      !anchors(path === '' ? markdown : readFileSync(file, 'utf8')).includes(anchor)
    )
  })
}
