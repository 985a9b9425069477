import type { RootContent } from 'mdast'
import type { ActionEntry, Book, Lifecycle, PropertyEntry } from '../book/book.ts'
import { code, heading, joined, link, list, type Inline } from '../formats/doc.ts'
import type { Links } from './links.ts'

/** The properties that speak of a lifecycle. */
export function properties(book: Book, { kinds }: Lifecycle, links: Links): RootContent[] {
  const about = book.properties.filter(
    (p) => kinds.some((kind) => p.kinds.has(kind)) && p.kinds.size <= 6,
  )
  if (about.length === 0) return []
  const families = new Map<string, PropertyEntry[]>()
  for (const entry of about)
    families.set(family(book, entry), [...(families.get(family(book, entry)) ?? []), entry])
  return [
    heading(2, 'Properties'),
    list(
      [...families].map(([says, all]): Inline => [
        ...joined(all.map(({ property: { id } }) => link(links.property(id), code(id)))),
        `: ${says}`,
      ]),
    ),
  ]
}

/** The properties of a call, by themselves: covers stand with the errors that they cover. */
export function callProperties(book: Book, { action }: ActionEntry, links: Links): RootContent[] {
  const about = book.properties.filter(
    ({ property: { kind, on } }) => kind === 'step' && on?.includes(action),
  )
  if (about.length === 0) return []
  return [
    heading(2, 'Properties'),
    list(
      about.map(({ property: { id, says } }): Inline => [
        link(links.property(id), code(id)),
        `: ${says}`,
      ]),
    ),
  ]
}

/** What a property says, the same for those that say it of one kind each. */
function family(book: Book, { property: { id, says } }: PropertyEntry): string {
  const kind = book.lifecycles
    .flatMap(({ kinds }) => kinds)
    .find((one) => id.endsWith(`-${one}`) && says.includes(`a live ${one} `))
  return kind === undefined ? says : says.replace(`a live ${kind} `, 'a live object ')
}
