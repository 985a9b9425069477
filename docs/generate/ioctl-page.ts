import type { RootContent } from 'mdast'
import type { Action } from '../../checker/index.ts'
import type { ActionEntry, Book } from './book.ts'
import { checkWords } from './check-words.ts'
import { keyOf, mergeChecks, sameCheck, withRacing, type Check } from './checks.ts'
import { checkCover, idleCover, racingCover, successCover, various } from './covers.ts'
import { block, code, heading, link, list, paragraph, strong, table, type Inline } from './doc.ts'
import { fieldText, inKinds, inOrder, type Change } from './effects.ts'
import type { Links } from './lifecycle-page.ts'
import { excluded, reach } from '../../properties/errnos.ts'
import { sequenceText, type Sequence } from './sequence.ts'

const and = (all: readonly string[]) => all.flatMap((name, i) => [...(i > 0 ? [i === all.length - 1 ? ' or ' : ', '] : []), code(name)])

/** The page of an action. */
export function ioctlPage(book: Book, entry: ActionEntry, links: Links): RootContent[] {
  return [
    ...opening(book, entry),
    ...parameters(entry),
    ...checks(book, entry),
    ...effects(book, entry, links),
    ...errors(book, entry),
    ...steps(entry),
  ]
}

function opening(book: Book, { action, drivers }: ActionEntry): RootContent[] {
  const all = new Set(book.runs.map((run) => run.driver))
  return [
    heading(1, code(action.name)),
    paragraph([
      `${sentence(action.says ?? action.name)} `,
      ...(action.kernel === undefined ? [] : [code(action.kernel), '.']),
      ...(drivers.length < all.size ? [' With ', ...and(drivers), ' alone.'] : []),
    ]),
  ]
}

const sentence = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}.`

function parameters({ action }: ActionEntry): RootContent[] {
  const rows = Object.entries(action.params).map(([name, param]): Inline[] => {
    if ('oneOf' in param) return [code(name), and(param.oneOf.map(String))]
    if ('free' in param) return [code(name), ['a new ', code(param.free)]]
    return [code(name), param.each.length > 3 ? ['any of ', ...and(param.each)] : and(param.each)]
  })
  return rows.length === 0 ? [] : [heading(2, 'Arguments'), table(['Argument', 'Names'], rows)]
}

/** The checks of a call, in its order, and those among them that whole calls fail, with the drivers that have met them. */
function allChecks(book: Book, { action }: ActionEntry) {
  const told = book.runs.flatMap((run) => run.checks.filter((c) => c.action === action.name).map(({ checks }) => ({ run, checks })))
  const whole = told.filter(({ run }) => run.callers === 0)
  const racing = told.filter(({ run }) => run.callers > 0).map(({ checks }) => checks)
  return { whole, all: withRacing(mergeChecks(whole.map(({ checks }) => checks)), racing) }
}

function checks(book: Book, entry: ActionEntry): RootContent[] {
  const { whole, all } = allChecks(book, entry)
  if (all.length === 0) return []
  /** Who has met it, where a run with another of the call's drivers has no such state or no such check. */
  const only = (check: Check): Inline => {
    const having = whole.filter(({ checks }) => checks.some((c) => sameCheck(c, check)))
    if (having.length === 0) return ', where another thread has come in between'
    const by = [...new Set(having.map(({ run }) => run.driver))]
    return by.length < entry.drivers.length ? [', met with ', ...and(by), ' alone'] : ''
  }
  return [
    heading(2, 'Checks'),
    paragraph('In the order of the call; each ends it.'),
    list(
      all.map((check) => [strong(check.errno), ' ', ...([checkWords(book, check), only(check)].flat() as string[])]),
      true,
    ),
  ]
}

function effects(book: Book, { action }: ActionEntry, links: Links): RootContent[] {
  const own = book.changes.filter((c) => c.call === action.name)
  if (own.length === 0) return successes(book, action.name)
  const rowOf = (c: Change) => `${c.part} ${c.kind} ${c.move?.to}`
  const rows = [...new Map(own.map((c) => [rowOf(c), c])).values()]
    .sort((a, b) => place(book, action, a) - place(book, action, b))
    .map((c) =>
      effect(
        book,
        links,
        c,
        own.filter((other) => rowOf(other) === rowOf(c)),
        inKinds(book, own),
      ),
    )
  return [heading(2, 'Effects'), paragraph('Where it succeeds.'), table(['Object', 'Change'], rows), ...successes(book, action.name)]
}

/**
 * What happens to one object, or to all that end in the same state. What an object held that is gone goes without saying, and so does an argument
 * that it happens with, where it happens with all (`given`).
 */
function effect(book: Book, links: Links, { part, kind, move }: Change, all: readonly Change[], given: readonly string[]): Inline[] {
  const text = book.lifecycles.find((l) => l.kinds.includes(kind))?.text
  const named = text === undefined ? code(kind) : link(links.lifecycle(text.id), code(kind))
  const from = [...new Set(all.flatMap((c) => (c.move === null ? [] : [c.move.from])))]
  const gone = text !== undefined && move?.to === text.initial
  const fields = text === undefined || gone ? [] : inOrder(text, all)
  const told = [
    ...(move === null ? [] : [`${alternatives(from)} → ${move.to}`]),
    ...fields.map((field) =>
      fieldText(
        field,
        all.filter((c) => c.field === field).map((c) => c.what),
      ),
    ),
  ]
  const own = inKinds(book, all)
  const only = own.length === given.length || own.every((one) => one === `${part}=${kind}`) ? [] : [', with ', ...and(own)]
  return [part === null ? named : [code(part), ' (', named, ')'], [...told.flatMap((t, i) => [...(i > 0 ? [', '] : []), code(t)]), ...only]]
}

const alternatives = (all: readonly string[]) => (all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} or ${all.at(-1)}`)

/** Arguments in their order, each by the order of the kinds that it can have; what is no argument last, as the lifecycles are listed. */
function place(book: Book, { params }: Action, { part, kind }: Change): number {
  const at = part === null ? -1 : Object.keys(params).indexOf(part)
  if (at < 0) {
    const lifecycle = book.lifecycles.findIndex((l) => l.kinds.includes(kind))
    return 100 + lifecycle + book.lifecycles[lifecycle].kinds.indexOf(kind) / 10
  }
  const param = params[part as string]
  return at + ('each' in param ? param.each.indexOf(kind) / (param.each.length + 1) : 0)
}

/** The shortest ways to success, one for each sort of argument that makes a difference; and the one that changes nothing. */
function successes(book: Book, action: string): RootContent[] {
  const found = [...book.sequences.keys()].filter((id) => id.startsWith(`${successCover(action)} `))
  const changes = found.length > 0 || book.sequences.has(successCover(action))
  const shown = (id: string, ...what: Inline[]): RootContent[] => {
    const sequence = book.sequences.get(id)
    if (sequence === undefined) return []
    return [paragraph([...what.flat(), ', in ', code(sequence.run), ':'] as Inline), block(sequenceText(sequence))]
  }
  return [
    ...(found.length > 0
      ? found.flatMap((id) => shown(id, 'Shortest success with ', code(id.slice(successCover(action).length + 1))))
      : shown(successCover(action), 'Shortest success')),
    ...shown(idleCover(action), changes ? 'Shortest success that changes nothing' : 'It changes nothing. Shortest success'),
  ]
}

function errors(book: Book, entry: ActionEntry): RootContent[] {
  const { action } = entry
  const own = reach.filter(({ call }) => call === action.name)
  const left = excluded.filter(({ call }) => call === action.name)
  if (own.length === 0) return []
  return [
    heading(2, 'Errors'),
    paragraph('The shortest way to each; numbers are those of the checks.'),
    ...own.flatMap(({ errno }): RootContent[] => {
      const shown = allChecks(book, entry)
        .all.map((check, i) => ({ check, number: i + 1, ways: check.errno === errno ? waysTo(book, action, check) : [] }))
        .filter(({ ways }) => ways.length > 0)
      const words = (check: Check, number: number) =>
        shown.length > 1 ? [paragraph([strong(`${number}.`), ' ', ...([checkWords(book, check)].flat() as string[])])] : []
      const any = shown.length > 0 ? undefined : book.sequences.get(book.errors.get(`${action.name} ${errno}`) ?? '')
      const all = [
        ...shown.flatMap(({ check, number, ways }) => [...words(check, number), ...ways.flatMap(shownIn)]),
        ...(any === undefined ? [] : shownIn({ sequence: any })),
        ...racing(book, action, errno, new Set(shown.flatMap(({ ways }) => ways.map(({ given }) => given)))).flatMap(shownIn),
      ]
      return [heading(3, code(errno)), ...(all.length > 0 ? all : [paragraph('Not reached in these scopes.')])]
    }),
    ...(left.length === 0 ? [] : [heading(3, 'Left out'), list(left.map(({ errno, why }) => [code(errno), `: ${why}`]))]),
  ]
}

/** A sequence, and what its last call is given where that makes a difference. */
interface Shown {
  readonly sequence: Sequence
  readonly given?: string
}

const shownIn = ({ sequence, given }: Shown): RootContent[] => [
  paragraph([...(given === undefined ? ['In '] : ['With ', code(given), ', in ']), code(sequence.run), ':']),
  block(sequenceText(sequence)),
]

/**
 * The shortest ways to a check: with each kind of object that can stand in one place, where there is such an object; else the shortest of all. What
 * is short of memory does not ask which.
 */
function waysTo(book: Book, action: Action, check: Check): Shown[] {
  const found = check.how === 'fails' ? [] : given(book, action, (param, kind) => checkCover(action.name, keyOf(check), param, kind))
  const any = book.sequences.get(checkCover(action.name, keyOf(check)))
  return found.length > 0 || any === undefined ? found : [{ sequence: any }]
}

/** The shortest ways to an error that need another thread: with kinds of object that whole calls do not show. */
const racing = (book: Book, action: Action, errno: string, known: ReadonlySet<string | undefined>): Shown[] =>
  known.has(undefined)
    ? []
    : given(book, action, (param, kind) => racingCover(action.name, errno, param, kind)).filter((one) => !known.has(one.given))

const given = (book: Book, action: Action, cover: (param: string, kind: string) => string): Shown[] =>
  various(action).flatMap(({ param, kind }) => {
    const sequence = book.sequences.get(cover(param, kind))
    return sequence === undefined || !isThere(sequence, param) ? [] : [{ sequence, given: `${param}=${kind}` }]
  })

/** Whether the last call of a sequence is given an object that has an id. */
function isThere({ steps }: Sequence, param: string): boolean {
  const last = steps.at(-1)
  return last !== undefined && last.ids.has(String(last.step.args[param]))
}

function steps({ action }: ActionEntry): RootContent[] {
  if (action.steps.length < 2) return []
  return [
    heading(2, 'Steps'),
    paragraph('Where calls interleave, another thread is let in between these steps.'),
    list(
      action.steps.map(({ name }) => name),
      true,
    ),
  ]
}
