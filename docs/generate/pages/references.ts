import type { RootContent } from 'mdast'
import type { Book, Lifecycle } from '../book/book.ts'
import {
  code,
  heading,
  joined,
  link,
  list,
  names,
  paragraph,
  table,
  type Inline,
} from '../formats/doc.ts'
import { fieldWords, givenIn, isCount } from './change-words.ts'
import type { Change } from '../observe/effects.ts'
import type { Links } from './links.ts'

/**
 * Who names the object, what it names, and which calls count on it: what successful calls leave
 * behind.
 */
export function references(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const lifecycleOf = (kind: string) =>
    book.lifecycles.find((l) => l.kinds.includes(kind))?.text.id ?? null
  const kindLink = (kind: string): Inline => {
    const id = lifecycleOf(kind)
    return id === null || id === text.id ? code(kind) : link(links.lifecycle(id), code(kind))
  }
  const naming = book.names.filter((n) => kinds.includes(n.kind))
  const named = book.names.filter((n) => kinds.includes(n.names))
  const fields = [...new Set(naming.map((n) => n.field))]
  const out = fields.map((field): Inline => [
    code(field),
    ' names ',
    ...joined(
      [...new Set(naming.filter((n) => n.field === field).map((n) => n.names))].map(kindLink),
    ),
  ])
  const into = [...new Set(named.map((n) => `${n.kind}.${n.field}`))].map((path): Inline => {
    const [kind, field] = path.split('.')
    return ['named by ', ...([kindLink(kind)].flat() as never[]), "'s ", code(field)]
  })
  const rows = counts(book, { text, kinds }, links)
  if (out.length + into.length + rows.length === 0) return []
  return [
    heading(2, 'References'),
    ...(out.length + into.length > 0 ? [list([...out, ...into])] : []),
    ...(rows.length > 0
      ? [paragraph('Calls that change its counts:'), table(['Call', 'Counts'], rows)]
      : []),
  ]
}

/**
 * A row for each call, and for each part that the object can have in it: what it counts on the
 * object.
 */
function counts(book: Book, { text, kinds }: Lifecycle, links: Links): Inline[][] {
  const found = book.effects
    .filter(({ outcome }) => outcome === 'ok')
    .flatMap((effect) =>
      effect.objects
        .filter((object) => kinds.includes(object.kind))
        .map(({ part, to, changes }) => ({
          effect,
          part,
          changes: changes.filter((change) => isCounted(change, to)),
        }))
        .filter(({ changes }) => changes.length > 0),
    )
  const calls = [...new Map(found.map((one) => [`${one.effect.call} ${one.part}`, one])).values()]
  return calls.map(({ effect: { call }, part }): Inline[] => {
    const own = found.filter((one) => one.effect.call === call && one.part === part)
    const told = fieldWords(
      text,
      own.flatMap(({ changes }) => changes),
    )
    const given = givenIn(
      book,
      own.map(({ effect }) => effect),
    )
    const all = givenIn(
      book,
      book.effects.filter((effect) => effect.call === call && effect.outcome === 'ok'),
    )
    const only = part !== null || given.length === all.length ? [] : [', with ', ...names(given)]
    const named = link(links.action(call), code(call))
    return [
      part === null ? named : [named, ', as ', code(part)],
      [...joined(told.map((t) => code(t))), ...only],
    ]
  })
}

/**
 * Whether a change counts on an object that is there afterwards: what every object is born with
 * does not, nor what goes with it.
 */
function isCounted([from, field, what]: Change, to: string | null): boolean {
  if (!isCount(what) || to === 'free') return false
  return from !== 'free' || (field === 'users' && what !== '+1')
}
