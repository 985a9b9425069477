import type { RootContent } from 'mdast'
import type { Action } from '../../../checker/index.ts'
import type { Book, Lifecycle } from '../book/book.ts'
import { givenIn, kindGiven } from './change-words.ts'
import { successCover, various } from '../observe/covers.ts'
import {
  code,
  heading,
  joined,
  link,
  names,
  paragraph,
  table,
  type Inline,
} from '../formats/doc.ts'
import type { Links } from './links.ts'

/**
 * The calls that send each event, taken or not, and with what, where they send it with some of
 * their arguments alone.
 */
export function eventList(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const events = [...new Set(text.transitions.map((t) => t.event))]
  const all = book.runs.flatMap((run) => run.senders)
  const rows = events.flatMap((event): Inline[][] => {
    const sent = all.filter((s) => s.event === event && kinds.includes(s.kind))
    const calls = book.actions.flatMap(({ action }): Inline[] => {
      const { name } = action
      const own = sent.filter((s) => s.action === name)
      if (own.length === 0) return []
      const given = givenIn(book, own)
      // That an event goes to the object that is named goes without saying.
      const only =
        succeedsWithout(book, action, given) &&
        !given.every((one) => kinds.includes(kindGiven(one)))
      return [
        [
          link(links.action(name), code(name)),
          ...(only ? [' with ', ...names(given)] : []),
        ] as Inline,
      ]
    })
    return calls.length === 0 ? [] : [[code(event), joined(calls)]]
  })
  return rows.length === 0
    ? []
    : [heading(2, 'Events'), paragraph('Which calls send them:'), table(['Event', 'Calls'], rows)]
}

/** Whether a call succeeds with an argument that is none of these, too. */
const succeedsWithout = ({ sequences }: Book, action: Action, given: readonly string[]): boolean =>
  various(action).some(
    ({ param, kind }) =>
      sequences.has(successCover(action.name, param, kind)) && !given.includes(`${param}=${kind}`),
  )
