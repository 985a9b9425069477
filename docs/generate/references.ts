import type { RootContent } from 'mdast'
import type { Book, Lifecycle } from './book.ts'
import { code, heading, link, list, paragraph, table, type Inline } from './doc.ts'
import { fieldText, inKinds, inOrder } from './effects.ts'
import type { Links } from './lifecycle-page.ts'

const listed = (names: readonly string[]) =>
  names.flatMap((name, i) => [...(i === 0 ? [] : i === names.length - 1 ? [' or '] : [', ']), code(name)])

const join = (parts: readonly Inline[]): Inline =>
  parts.flatMap((part, i) => [...(i > 0 ? [', '] : []), ...(Array.isArray(part) ? part : [part])] as never)

/** Who names the object, what it names, and which calls count on it: what successful calls leave behind. */
export function references(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const lifecycleOf = (kind: string) => book.lifecycles.find((l) => l.kinds.includes(kind))?.text.id ?? null
  const kindLink = (kind: string): Inline => {
    const id = lifecycleOf(kind)
    return id === null || id === text.id ? code(kind) : link(links.lifecycle(id), code(kind))
  }
  const names = book.names.filter((n) => kinds.includes(n.kind))
  const named = book.names.filter((n) => kinds.includes(n.names))
  const fields = [...new Set(names.map((n) => n.field))]
  const out = fields.map((field): Inline => [
    code(field),
    ' names ',
    ...(join([...new Set(names.filter((n) => n.field === field).map((n) => n.names))].map(kindLink)) as never[]),
  ])
  const into = [...new Set(named.map((n) => `${n.kind}.${n.field}`))].map((path): Inline => {
    const [kind, field] = path.split('.')
    return ['named by ', ...([kindLink(kind)].flat() as never[]), "'s ", code(field)]
  })
  const counted = book.changes.filter((c) => kinds.includes(c.kind) && c.move === null && /^[+−]/.test(c.what))
  const calls = [...new Map(counted.map((c) => [`${c.call} ${c.part}`, c])).values()]
  const rows = calls.map(({ call, part }): Inline[] => {
    const own = counted.filter((c) => c.call === call && c.part === part)
    const told = inOrder(text, own).map((field) =>
      fieldText(
        field,
        own.filter((c) => c.field === field).map((c) => c.what),
      ),
    )
    const all = book.changes.filter((c) => c.call === call)
    const given = inKinds(book, own)
    const only = part !== null || given.length === inKinds(book, all).length ? [] : [', with ', ...listed(given)]
    const named = link(links.action(call), code(call))
    return [part === null ? named : [named, ', as ', code(part)], [...(join(told.map((t) => code(t))) as never[]), ...only]]
  })
  if (out.length + into.length + rows.length === 0) return []
  return [
    heading(2, 'References'),
    ...(out.length + into.length > 0 ? [list([...out, ...into])] : []),
    ...(rows.length > 0 ? [paragraph('Calls that change its counts:'), table(['Call', 'Counts'], rows)] : []),
  ]
}
