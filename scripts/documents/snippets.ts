import { fromMarkdown } from 'mdast-util-from-markdown'
import type { Code, Node, Parent } from 'mdast'

/** A file that a page shows: a `ts` block whose first line is a comment with its path. */
export interface ShownFile {
  readonly kind: 'file'
  readonly path: string
  readonly text: string
}
/** A change of a file of the repository: a `diff` block. */
export interface ShownChange {
  readonly kind: 'change'
  readonly diff: string
}
/** A command line of a `sh` block. */
export interface ShownCommand {
  readonly kind: 'command'
  readonly line: string
  /** The exit code: 0, unless a comment behind the command says otherwise. */
  readonly code: number
  /** The `text` or `json` block that follows the last command of its block: what it prints. */
  readonly prints: string | null
}
/** What a page shows, in its order. */
export type Shown = (ShownFile | ShownChange | ShownCommand) & { readonly at: number }

function* codes(node: Node): Generator<Code> {
  if (node.type === 'code') yield node as Code
  for (const child of (node as Partial<Parent>).children ?? []) yield* codes(child)
}

/** Languages of blocks that show neither code nor output. */
const pictures: readonly (string | null | undefined)[] = ['mermaid']

/**
 * What a page shows. Nothing in a fence goes unread: a block of another language, a `ts` block
 * without a path and an output that follows no command are errors.
 */
export function shown(markdown: string): Shown[] {
  const all: Shown[] = []
  let open = false
  for (const { lang, value, position } of codes(fromMarkdown(markdown))) {
    const at = position?.start.line ?? 0
    if (pictures.includes(lang)) continue
    if (lang === 'ts') {
      const path = /^\/\/ ([\w./-]+\.ts)\n/.exec(value)?.[1]
      if (path === undefined)
        throw new Error(`line ${at}: a ts block begins with the path of its file, // like/this.ts`)
      all.push({ kind: 'file', path, text: `${value}\n`, at })
    } else if (lang === 'diff') all.push({ kind: 'change', diff: `${value}\n`, at })
    else if (lang === 'sh') {
      const lines = value.split('\n').filter((line) => line.trim() !== '')
      all.push(
        ...lines.map((line) => ({
          kind: 'command' as const,
          line,
          code: Number(/# exit code (\d)/.exec(line)?.[1] ?? 0),
          prints: null,
          at,
        })),
      )
    } else if (lang === 'text' || lang === 'json') {
      const last = all.pop()
      if (!open || last?.kind !== 'command')
        throw new Error(`line ${at}: an output follows the command that prints it`)
      all.push({ ...last, prints: `${value}\n` })
    } else
      throw new Error(
        `line ${at}: a block is ts, diff, sh, text, json or mermaid, not '${lang ?? ''}'`,
      )
    open = lang === 'sh'
  }
  return all
}
