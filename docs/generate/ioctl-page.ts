import type { RootContent } from 'mdast'
import type { ActionEntry, Book } from './book.ts'
import { checkList } from './check-list.ts'
import { idleCover, successCover, various } from './covers.ts'
import { block, code, heading, list, names, paragraph, table, type Inline } from './doc.ts'
import { effectTables } from './effect-table.ts'
import { errorList } from './error-list.ts'
import type { Links } from './links.ts'
import { sequenceText } from './sequence.ts'

/** The page of an action. */
export function ioctlPage(book: Book, entry: ActionEntry, links: Links): RootContent[] {
  return [
    ...opening(book, entry),
    ...parameters(entry),
    ...checkList(book, entry),
    ...effectTables(book, entry, links),
    ...errorList(book, entry, links),
    ...successes(book, entry),
    ...steps(book, entry),
  ]
}

function opening(book: Book, { action, drivers }: ActionEntry): RootContent[] {
  const all = new Set(book.runs.map((run) => run.driver))
  return [
    heading(1, code(action.name)),
    paragraph([
      `${sentence(action.says ?? action.name)} `,
      ...(action.kernel === undefined ? [] : [code(action.kernel), '.']),
      ...(drivers.length < all.size ? [' Only with the driver ', ...names(drivers), '.'] : []),
    ]),
  ]
}

const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}.`

function parameters({ action }: ActionEntry): RootContent[] {
  const rows = Object.entries(action.params).map(([name, param]): Inline[] => {
    if ('oneOf' in param) return [code(name), names(param.oneOf.map(String))]
    if ('free' in param) return [code(name), ['a new ', code(param.free)]]
    return [code(name), param.each.length > 3 ? ['any of ', ...names(param.each)] : names(param.each)]
  })
  return rows.length === 0 ? [] : [heading(2, 'Arguments'), table(['Argument', 'Names'], rows)]
}

/** The shortest ways to success, one for each sort of argument that makes a difference; and the one that changes nothing. */
function successes(book: Book, { action }: ActionEntry): RootContent[] {
  const shown = (id: string, ...what: Inline[]): RootContent[] => {
    const sequence = book.sequences.get(id)
    if (sequence === undefined) return []
    return [paragraph([...what.flat(), ', in ', code(sequence.run), ':'] as Inline), block(sequenceText(sequence, book))]
  }
  const given = various(action).filter(({ param, kind }) => book.sequences.has(successCover(action.name, param, kind)))
  const all = [
    ...(given.length > 0
      ? given.flatMap(({ param, kind }) => shown(successCover(action.name, param, kind), 'With ', code(`${param}=${kind}`)))
      : shown(successCover(action.name), 'With a change')),
    ...shown(idleCover(action.name), 'Without a change'),
  ]
  return all.length === 0 ? [] : [heading(2, 'Success'), paragraph('The shortest ways to it.'), ...all]
}

/** Where other threads are let in; by the argument where paths differ. */
function steps(book: Book, { action }: ActionEntry): RootContent[] {
  if (action.steps.length < 2) return []
  const order = action.steps.map(({ name }) => name)
  const [first] = various(action)
  const own = book.runs.flatMap(({ paths }) => paths.filter((path) => path.action === action.name))
  const kinds = first === undefined ? [] : [...new Set(own.map((path) => path.kinds[first.param]))]
  const paths = new Map<string, string[]>()
  for (const kind of kinds) {
    const taken = new Set(own.filter((path) => path.kinds[first.param] === kind).flatMap((path) => path.steps))
    const text = order.filter((name) => taken.has(name)).join('\n')
    paths.set(text, [...(paths.get(text) ?? []), `${first.param}=${kind}`])
  }
  const told = paths.size > 1 ? [...paths] : [[order.join('\n'), []] as const]
  return [
    heading(2, 'Steps'),
    paragraph('Where calls interleave, another thread is let in between these steps.'),
    ...told.flatMap(([text, given]) => [
      ...(given.length === 0 ? [] : [paragraph(['With ', ...names(given), ':'])]),
      list(text.split('\n'), true),
    ]),
  ]
}
