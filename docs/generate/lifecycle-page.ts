import type { PhrasingContent, RootContent } from 'mdast'
import type { Book, Lifecycle, PropertyEntry } from './book.ts'
import { stateCover, successCover } from './covers.ts'
import { block, code, emphasis, heading, html, link, list, paragraph, picture, strong, table, type Inline } from './doc.ts'
import { slug, type MachineText, type TransitionText } from './machine-text.ts'
import { mermaid } from './mermaid.ts'
import type { RecordedKernel } from './recorded-kernel.ts'
import { references } from './references.ts'
import { sequenceText } from './sequence.ts'

/** Where a page finds what it points to. */
export interface Links {
  readonly action: (name: string) => string
  readonly property: (id: string) => string
  readonly lifecycle: (id: string) => string
  /** Where it is said how runs and sequences are written; empty where that stands elsewhere. */
  readonly runs: string
}

/** The page of a lifecycle. */
export function lifecyclePage(book: Book, lifecycle: Lifecycle, links: Links, recorded: RecordedKernel | null): RootContent[] {
  const { text } = lifecycle
  return [
    ...opening(lifecycle),
    picture(`${slug(text.id)}.svg`, `States and transitions of ${text.id}`),
    html(`<details><summary>The same as Mermaid</summary>\n\n\`\`\`mermaid\n${mermaid(text)}\n\`\`\`\n\n</details>`),
    ...states(lifecycle),
    ...fields(lifecycle),
    ...transitions(lifecycle),
    ...senders(book, lifecycle, links),
    ...references(book, lifecycle, links),
    ...ways(book, lifecycle, links),
    ...properties(book, lifecycle, links),
    ...exercised(book, lifecycle, recorded),
  ]
}

/** What the object is. */
export function opening({ text }: Lifecycle): RootContent[] {
  const { about, says, id } = text
  const names: Inline[] =
    about === null ? [] : [['In the kernel: ', code(about.kernel), ...(about.object === undefined ? [] : [', ', code(about.object)]), '.']]
  return [heading(1, code(id)), paragraph(says), ...names.map(paragraph)]
}

export function states({ text }: Lifecycle): RootContent[] {
  return [
    heading(2, 'States'),
    table(
      ['State', 'Meaning'],
      text.states.map(({ name, says }) => [code(name), name === text.initial ? [says, ' (initial)'] : says]),
    ),
  ]
}

export function fields({ text }: Lifecycle): RootContent[] {
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

/** A transition in one cell: its condition, its outcome, its function. Two columns fit a phone, and the 80 columns of reST. */
function effect(t: TransitionText): Inline {
  const where = t.when === null ? '' : `where ${t.when}`
  const when = t.otherwise ? ['otherwise', where].filter((words) => words !== '').join(', ') : where === '' ? null : where
  const does = t.refuses !== null ? [strong(t.refuses), `, ${t.does}`] : t.blocks ? [strong('waits'), `, ${t.does}`] : [t.does]
  return [
    ...(when === null ? [] : [emphasis(when), ': ']),
    ...(t.to === null ? [] : ['→ ', code(t.to), ', ']),
    ...does,
    ...(t.kernel === '' ? [] : [' (', code(t.kernel), ')']),
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

/** The calls that send each event, taken or not. */
function senders(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const events = [...new Set(text.transitions.map((t) => t.event))]
  const sent = book.runs.flatMap((run) => run.senders).filter(({ kind }) => kinds.includes(kind))
  const rows = events.flatMap((event): Inline[][] => {
    const calls = book.actions.filter(({ action }) => sent.some((s) => s.event === event && s.action === action.name))
    if (calls.length === 0) return []
    return [[code(event), calls.flatMap(({ action: { name } }, i) => [...(i > 0 ? [', '] : []), link(links.action(name), code(name))])]]
  })
  return rows.length === 0 ? [] : [heading(2, 'Events'), paragraph('Which calls send them:'), table(['Event', 'Calls'], rows)]
}

/** The shortest ways to the states of all kinds; of a state that no call ends in, which call goes through it. */
export function ways(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const own = text.states.filter(({ name }) => name !== text.initial)
  return [
    heading(2, 'Shortest ways'),
    ...(links.runs === '' ? [] : [paragraph(['What the lines say: ', link(links.runs, 'how sequences are written'), '.'])]),
    ...kinds.flatMap((kind) => [
      ...(kinds.length > 1 ? [heading(3, code(kind))] : []),
      ...own.flatMap(({ name }): RootContent[] => {
        const sequence = book.sequences.get(stateCover(kind, name))
        if (sequence !== undefined)
          return [
            paragraph([code(name), `, ${sequence.interleaved ? 'between the steps of calls, ' : ''}in `, code(sequence.run), ':']),
            block(sequenceText(sequence, book)),
          ]
        const through = passing(book, text, name, kind)
        if (through === null) return [paragraph([code(name), ' is not reached in these scopes.'])]
        return [paragraph([code(name), ': no call ends here; ', link(links.action(through), code(through)), ' goes through it.'])]
      }),
    ]),
  ]
}

/** The call that brings an object into a state that it leaves again; of several the one with the shortest sequence. */
function passing(book: Book, { transitions }: MachineText, state: string, kind: string): string | null {
  const into = transitions.filter((t) => t.to === state)
  const taken = into.filter((t) => book.runs.some((run) => run.exercised.includes(t.name))).map((t) => t.event)
  const calls = book.runs.flatMap((run) => run.senders.filter((s) => s.kind === kind && s.taken && taken.includes(s.event)))
  const length = (call: string) => book.sequences.get(successCover(call))?.steps.length ?? Infinity
  return [...new Set(calls.map(({ action }) => action))].sort((a, b) => length(a) - length(b))[0] ?? null
}

export function properties(book: Book, { kinds }: Lifecycle, links: Links): RootContent[] {
  const about = book.properties.filter((p) => kinds.some((kind) => p.kinds.has(kind)) && p.kinds.size <= 6)
  if (about.length === 0) return []
  const families = new Map<string, PropertyEntry[]>()
  for (const entry of about) families.set(family(book, entry), [...(families.get(family(book, entry)) ?? []), entry])
  return [
    heading(2, 'Properties'),
    list(
      [...families].map(([says, all]): Inline => [
        ...all.flatMap(({ property: { id } }, i) => [...(i > 0 ? [', '] : []), link(links.property(id), code(id))]),
        `: ${says}`,
      ]),
    ),
  ]
}

/** What a property says, the same for those that say it of one kind each. */
function family(book: Book, { property: { id, says } }: PropertyEntry): string {
  const kind = book.lifecycles.flatMap(({ kinds }) => kinds).find((one) => id.endsWith(`-${one}`) && says.includes(`a live ${one} `))
  return kind === undefined ? says : says.replace(`a live ${kind} `, 'a live object ')
}

/** Which transitions which runs exercise, and, where a kernel's results are given, which were seen there. */
export function exercised(book: Book, { text }: Lifecycle, recorded: RecordedKernel | null): RootContent[] {
  const short = (name: string) => code(name.slice(text.id.length + 1).replace(/\[0\]$/, ''))
  const names = text.transitions.map((t) => t.name)
  const listed = (all: readonly string[]) => all.flatMap((name, i) => [...(i > 0 ? [', '] : []), short(name)])
  const groups = new Map<string, string[]>()
  const key = (name: string) =>
    book.runs
      .filter((run) => run.exercised.includes(name))
      .map((run) => run.name)
      .join(' ')
  for (const name of names) groups.set(key(name), [...(groups.get(key(name)) ?? []), name])
  const runs = (text: string): (string | PhrasingContent)[] =>
    text === ''
      ? ['no run']
      : text.split(' ').length === book.runs.length
        ? ['every run']
        : text.split(' ').flatMap((run, i) => [...(i > 0 ? [', '] : []), code(run)])
  const width = (text: string) => (text === '' ? 0 : text.split(' ').length)
  return [
    heading(2, 'Exercised'),
    list([...groups].sort(([a], [b]) => width(b) - width(a)).map(([in_, all]) => [...runs(in_), ': ', ...listed(all)])),
    ...onKernel(names, recorded, listed),
  ]
}

/** Which transitions a kernel was seen to make, and which are out of reach there; nothing of an object that its driver does not have. */
function onKernel(
  names: readonly string[],
  recorded: RecordedKernel | null,
  listed: (all: readonly string[]) => (string | PhrasingContent)[],
): RootContent[] {
  if (recorded === null) return []
  const own = (all: readonly string[]) => names.filter((name) => all.includes(name))
  const confirmed = own(recorded.confirmed)
  const unreachable = Object.entries(recorded.unreachable)
    .map(([why, all]) => ({ why, all: own(all) }))
    .filter(({ all }) => all.length > 0)
  if (confirmed.length + unreachable.length === 0) return []
  return [
    paragraph([`On ${recorded.kernel}, driver `, code(recorded.driver), ':']),
    list([
      ['confirmed: ', ...listed(confirmed)],
      ...unreachable.map(({ why, all }): Inline => ['out of reach: ', ...listed(all), ` (${why})`]),
    ]),
  ]
}
