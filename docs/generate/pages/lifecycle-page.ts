import type { RootContent } from 'mdast'
import type { Book, Lifecycle } from '../book/book.ts'
import {
  code,
  emphasis,
  heading,
  html,
  joined,
  paragraph,
  picture,
  strong,
  table,
  type Inline,
} from '../formats/doc.ts'
import { eventList } from './event-list.ts'
import { exercised } from './exercised.ts'
import type { Links } from './links.ts'
import { slug, type TransitionText } from '../observe/machine-text.ts'
import { mermaid } from '../formats/mermaid.ts'
import { properties } from './property-list.ts'
import type { RecordedKernel } from '../book/recorded-kernel.ts'
import { references } from './references.ts'
import { ways } from './state-ways.ts'

/** The page of a lifecycle. */
export function lifecyclePage(
  book: Book,
  lifecycle: Lifecycle,
  links: Links,
  recorded: RecordedKernel | null,
): RootContent[] {
  const { text } = lifecycle
  return [
    ...opening(lifecycle),
    picture(`${slug(text.id)}.svg`, `States and transitions of ${text.id}`),
    html(
      `<details><summary>The same as Mermaid</summary>\n\n\`\`\`mermaid\n${mermaid(text)}\n\`\`\`\n\n</details>`,
    ),
    ...states(lifecycle),
    ...fields(lifecycle),
    ...transitions(lifecycle),
    ...eventList(book, lifecycle, links),
    ...references(book, lifecycle, links),
    ...ways(book, lifecycle, links),
    ...properties(book, lifecycle, links),
    ...exercised(book, lifecycle, recorded),
  ]
}

/** What the object is. */
function opening({ text }: Lifecycle): RootContent[] {
  const { about, says, id } = text
  const names: Inline[] =
    about === null
      ? []
      : [
          [
            'In the kernel: ',
            code(about.kernel),
            ...(about.object === undefined ? [] : [', ', code(about.object)]),
            '.',
          ],
        ]
  return [heading(1, code(id)), paragraph(says), ...names.map(paragraph)]
}

function states({ text }: Lifecycle): RootContent[] {
  return [
    heading(2, 'States'),
    table(
      ['State', 'Meaning'],
      text.states.map(({ name, says }) => [
        code(name),
        name === text.initial ? [says, ' (initial)'] : says,
      ]),
    ),
  ]
}

function fields({ text }: Lifecycle): RootContent[] {
  const all = Object.entries(text.about?.fields ?? {})
  return all.length === 0
    ? []
    : [
        heading(2, 'Fields'),
        table(
          ['Field', 'Meaning'],
          all.map(([name, says]) => [code(name), says]),
        ),
      ]
}

/**
 * A transition in one cell: its condition, its outcome, its function. Two columns fit a phone, and
 * the 80 columns of reST.
 */
function effect(t: TransitionText): Inline {
  const where = t.when === null ? '' : `where ${t.when}`
  const when = t.otherwise
    ? ['otherwise', where].filter((words) => words !== '').join(', ')
    : where === ''
      ? null
      : where
  const does =
    t.refuses !== null
      ? [strong(t.refuses), `, ${t.does}`]
      : t.blocks
        ? [strong('waits'), `, ${t.does}`]
        : [t.does]
  return [
    ...(when === null ? [] : [emphasis(when), ': ']),
    ...(t.to === null ? [] : ['→ ', code(t.to), ', ']),
    ...does,
    ...(t.kernel === '' ? [] : [' (', ...joined(t.kernel.split(', ').map(code)), ')']),
  ]
}

const transitionTable = (all: readonly TransitionText[]) =>
  table(
    ['Event', 'Effect'],
    all.map((t) => [code(t.event), effect(t)]),
  )

/** Events that lead elsewhere first, those that are only refused last. */
function inOrder(all: readonly TransitionText[]): TransitionText[] {
  const rank = (event: string) => {
    const own = all.filter((t) => t.event === event)
    return own.some((t) => t.to !== null) ? 0 : own.every((t) => t.refuses !== null) ? 2 : 1
  }
  return [...all].sort((a, b) => rank(a.event) - rank(b.event))
}

function transitions({ text }: Lifecycle): RootContent[] {
  const groups = [...new Set(text.transitions.map((t) => t.from))]
  return [
    heading(2, 'Transitions'),
    ...groups.flatMap((from): RootContent[] => [
      heading(3, from === '' ? 'From any state' : ['From ', code(from)]),
      transitionTable(inOrder(text.transitions.filter((t) => t.from === from))),
    ]),
  ]
}
