import type { RootContent } from 'mdast'
import type { Action } from '../../../checker/index.ts'
import type { ActionEntry, Book } from '../book/book.ts'
import { checkWords, whereWords } from './check-words.ts'
import { keyOf, sameCheck, type Check } from '../observe/check.ts'
import { mergeChecks, withRacing } from '../observe/merge-checks.ts'
import { checkCover, successCover, various } from '../observe/covers.ts'
import { heading, list, names, paragraph, strong, type Inline } from '../formats/doc.ts'

/**
 * The checks of a call, in its order, and those among them that whole calls fail, by the driver
 * that met them.
 */
export function allChecks(book: Book, { action }: ActionEntry) {
  const told = book.runs.flatMap((run) =>
    run.checks.filter((c) => c.action === action.name).map(({ checks }) => ({ run, checks })),
  )
  const whole = told.filter(({ run }) => run.callers === 0)
  const racing = told.filter(({ run }) => run.callers > 0).map(({ checks }) => checks)
  return { whole, all: withRacing(mergeChecks(whole.map(({ checks }) => checks)), racing) }
}

/** The section that lists them. */
export function checkList(book: Book, entry: ActionEntry): RootContent[] {
  const { whole, all } = allChecks(book, entry)
  if (all.length === 0) return []
  const only = (check: Check): Inline[] => {
    const having = whole.filter(({ checks }) => checks.some((c) => sameCheck(c, check)))
    if (having.length === 0) return [', while another thread is in the middle of a call']
    const by = [...new Set(having.map(({ run }) => run.driver))]
    const given = givenOf(book, entry.action, check)
    return [
      ...(given.length === 0 ? [] : [', with ', ...names(given)]),
      ...(by.length < entry.drivers.length ? [', with the driver ', ...names(by)] : []),
    ]
  }
  return [
    heading(2, 'Checks'),
    paragraph(
      'In the order of the call; each ends it. Ways through the call that differ share the list.',
    ),
    list(
      all.map((check) => [
        strong(check.errno),
        ' ',
        ...([checkWords(book, check), whereWords(check), only(check)].flat(2) as string[]),
      ]),
      true,
    ),
  ]
}

/**
 * The arguments that a check is met with, where the call can succeed with others, too; none where
 * the check itself speaks of the argument.
 */
function givenOf(book: Book, action: Action, check: Check): string[] {
  const [first] = various(action)
  if (first === undefined || check.of === first.param) return []
  const kinds = various(action).map(({ kind }) => kind)
  const succeed = kinds.filter((kind) =>
    book.sequences.has(successCover(action.name, first.param, kind)),
  )
  const met = kinds.filter((kind) =>
    book.sequences.has(checkCover(action.name, keyOf(check), first.param, kind)),
  )
  return met.length === 0 || succeed.every((kind) => met.includes(kind))
    ? []
    : met.map((kind) => `${first.param}=${kind}`)
}
