import type { RootContent } from 'mdast'
import type { Action } from '../../../checker/index.ts'
import { excluded, reach } from '../../../properties/errnos.ts'
import type { ActionEntry, Book } from '../book/book.ts'
import { allChecks } from './check-list.ts'
import { checkWords, whereWords } from './check-words.ts'
import { keyOf, type Check } from '../observe/check.ts'
import { checkCover, racingCover, various } from '../observe/covers.ts'
import { block, code, heading, link, list, paragraph, strong, type Inline } from '../formats/doc.ts'
import type { Links } from './links.ts'
import { sequenceText, type Sequence } from '../book/sequence.ts'

/** The section of a call's errors: the shortest way to each check that gives one. */
export function errorList(book: Book, entry: ActionEntry, links: Links): RootContent[] {
  const { action } = entry
  const own = reach.filter(({ call }) => call === action.name)
  const left = excluded.filter(({ call }) => call === action.name)
  if (own.length === 0) return []
  return [
    heading(2, 'Errors'),
    paragraph([
      'The shortest way to each, with another object for each argument; numbers are those of the checks. What the lines say: ',
      link(links.runs, 'how sequences are written'),
      '.',
    ]),
    ...own.flatMap(({ errno }) => [heading(3, code(errno)), ...waysToErrno(book, entry, errno)]),
    ...(left.length === 0
      ? []
      : [
          heading(3, 'Left out'),
          paragraph('Errors that the kernel has and the model has not:'),
          list(left.map(({ errno, why }) => [code(errno), `: ${why}`])),
        ]),
  ]
}

function waysToErrno(book: Book, entry: ActionEntry, errno: string): RootContent[] {
  const { action } = entry
  const shown = allChecks(book, entry)
    .all.map((check, i) => ({
      check,
      number: i + 1,
      ways: check.errno === errno ? waysTo(book, action, check) : [],
    }))
    .filter(({ ways }) => ways.length > 0)
  const words = (check: Check, number: number) =>
    shown.length > 1
      ? [
          paragraph([
            strong(`${number}.`),
            ' ',
            ...([checkWords(book, check), whereWords(check)].flat() as string[]),
          ]),
        ]
      : []
  const known = new Set(shown.flatMap(({ ways }) => ways.map(({ given }) => given)))
  const any =
    shown.length > 0
      ? undefined
      : book.sequences.get(book.errors.get(`${action.name} ${errno}`) ?? '')
  const all = [
    ...shown.flatMap(({ check, number, ways }) => [
      ...words(check, number),
      ...ways.flatMap((one) => shownIn(book, errno, one)),
    ]),
    ...(any === undefined ? [] : shownIn(book, errno, { sequence: any })),
    ...racing(book, action, errno, known).flatMap((one) => shownIn(book, errno, one)),
  ]
  return all.length > 0 ? all : [paragraph('Not reached in these scopes.')]
}

/** A sequence, and what its last call is given where that makes a difference. */
interface Shown {
  readonly sequence: Sequence
  readonly given?: string
}

const shownIn = (book: Book, errno: string, { sequence, given }: Shown): RootContent[] => [
  ...(given === undefined ? [] : [heading(4, [code(errno), ' with ', code(given)])]),
  paragraph(['In ', code(sequence.run), ':'] as Inline),
  block(sequenceText(sequence, book)),
]

/**
 * The shortest ways to a check: with each kind of object that can stand in one place, where there
 * is such an object; else the shortest of all. What is short of memory does not ask which.
 */
function waysTo(book: Book, action: Action, check: Check): Shown[] {
  const found =
    check.how === 'fails'
      ? []
      : withEach(book, action, (param, kind) => checkCover(action.name, keyOf(check), param, kind))
  const any = book.sequences.get(checkCover(action.name, keyOf(check)))
  return found.length > 0 || any === undefined ? found : [{ sequence: any }]
}

/**
 * The shortest ways to an error that need another thread: with kinds of object that whole calls do
 * not show.
 */
const racing = (
  book: Book,
  action: Action,
  errno: string,
  known: ReadonlySet<string | undefined>,
): Shown[] =>
  known.has(undefined)
    ? []
    : withEach(book, action, (param, kind) => racingCover(action.name, errno, param, kind)).filter(
        (one) => !known.has(one.given),
      )

const withEach = (
  book: Book,
  action: Action,
  cover: (param: string, kind: string) => string,
): Shown[] =>
  various(action).flatMap(({ param, kind }) => {
    const sequence = book.sequences.get(cover(param, kind))
    return sequence === undefined || !isThere(sequence, param)
      ? []
      : [{ sequence, given: `${param}=${kind}` }]
  })

/** Whether the last call of a sequence is given an object that has an id. */
function isThere({ steps }: Sequence, param: string): boolean {
  const last = steps.at(-1)
  return last !== undefined && last.ids.has(String(last.step.args[param]))
}
