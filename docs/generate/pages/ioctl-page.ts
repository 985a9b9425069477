import type { RootContent } from 'mdast'
import type { ActionEntry, Book } from '../book/book.ts'
import { checkList } from './check-list.ts'
import { idleCover, successCover, various } from '../observe/covers.ts'
import { block, code, heading, names, paragraph, table, type Inline } from '../formats/doc.ts'
import { effectTables } from './effect-table.ts'
import { errorList } from './error-list.ts'
import type { Links } from './links.ts'
import { callProperties } from './property-list.ts'
import { sequenceText } from '../book/sequence.ts'
import { stepList } from './step-list.ts'

/** The page of an action. */
export function ioctlPage(book: Book, entry: ActionEntry, links: Links): RootContent[] {
  return [
    ...opening(book, entry),
    ...parameters(book, entry),
    ...checkList(book, entry),
    ...effectTables(book, entry, links),
    ...errorList(book, entry, links),
    ...successes(book, entry),
    ...callProperties(book, entry, links),
    ...stepList(book, entry),
  ]
}

function opening(book: Book, { action, drivers }: ActionEntry): RootContent[] {
  const all = new Set(book.runs.map((run) => run.driver))
  return [
    heading(1, code(action.name)),
    paragraph([
      `${sentence(action.says ?? action.name)} `,
      ...(action.kernel === undefined ? [] : [code(action.kernel), '.']),
      ...(drivers.length < all.size ? [' Modelled with ', ...names(drivers), ' alone.'] : []),
    ]),
  ]
}

const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}.`

function parameters(book: Book, { action }: ActionEntry): RootContent[] {
  const rows = Object.entries(action.params).flatMap(([name, param]): Inline[][] => {
    if ('oneOf' in param) return [[code(name), names(param.oneOf.map(String))]]
    if ('free' in param)
      return [[code(name), ['a new ', code(param.free)]], ...sorts(book, param.free)]
    return [
      [code(name), param.each.length > 3 ? ['any of ', ...names(param.each)] : names(param.each)],
    ]
  })
  return rows.length === 0 ? [] : [heading(2, 'Arguments'), table(['Argument', 'Names'], rows)]
}

/** In what new objects of a kind can differ. */
const sorts = ({ sorts, lifecycles }: Book, kind: string): Inline[][] => {
  const fields = new Set([...sorts.values()].flatMap((own) => own.get(kind) ?? []))
  return [...fields].map((field): Inline[] => {
    const by = [...sorts]
      .filter(([, own]) => own.get(kind)?.includes(field))
      .map(([driver]) => driver)
    const words = lifecycles.find(({ kinds }) => kinds.includes(kind))?.text.about?.fields[field]
    return [
      code(field),
      [
        'no object: ',
        words ?? 'a flag',
        ...(by.length < sorts.size ? [', with the driver ', ...names(by)] : []),
      ],
    ]
  })
}

/**
 * The shortest ways to success, one for each sort of argument that makes a difference; and the one
 * that changes nothing.
 */
function successes(book: Book, { action }: ActionEntry): RootContent[] {
  const shown = (id: string, ...what: Inline[]): RootContent[] => {
    const sequence = book.sequences.get(id)
    if (sequence === undefined) return []
    return [
      paragraph([...what.flat(), ', in ', code(sequence.run), ':'] as Inline),
      block(sequenceText(sequence, book)),
    ]
  }
  const given = various(action).filter(({ param, kind }) =>
    book.sequences.has(successCover(action.name, param, kind)),
  )
  const all = [
    ...(given.length > 0
      ? given.flatMap(({ param, kind }) =>
          shown(successCover(action.name, param, kind), 'With ', code(`${param}=${kind}`)),
        )
      : shown(successCover(action.name), 'With a change')),
    ...shown(idleCover(action.name), 'Without a change'),
  ]
  return all.length === 0
    ? []
    : [heading(2, 'Success'), paragraph('The shortest ways to it.'), ...all]
}
