import type { RootContent } from 'mdast'
import type { Action } from '../../checker/index.ts'
import type { ActionEntry, Book } from './book.ts'
import { checkWords } from './check-words.ts'
import { mergeChecks, sameCheck, withRacing, type Check } from './checks.ts'
import { errorCover, idleCover, successCover } from './covers.ts'
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

function checks(book: Book, { action, drivers }: ActionEntry): RootContent[] {
  const told = book.runs.flatMap((run) => run.checks.filter((c) => c.action === action.name).map(({ checks }) => ({ run, checks })))
  const whole = told.filter(({ run }) => run.callers === 0)
  const racing = told.filter(({ run }) => run.callers > 0).map(({ checks }) => checks)
  const all = withRacing(mergeChecks(whole.map(({ checks }) => checks)), racing)
  if (all.length === 0) return []
  /** Who has met it, where a run with another of the call's drivers has no such state or no such check. */
  const only = (check: Check): Inline => {
    const having = whole.filter(({ checks }) => checks.some((c) => sameCheck(c, check)))
    if (having.length === 0) return ', where another thread has come in between'
    const by = [...new Set(having.map(({ run }) => run.driver))]
    return by.length < drivers.length ? [', met with ', ...and(by), ' alone'] : ''
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

function errors(book: Book, { action }: ActionEntry): RootContent[] {
  const own = reach.filter(({ call }) => call === action.name)
  const left = excluded.filter(({ call }) => call === action.name)
  if (own.length === 0) return []
  return [
    heading(2, 'Errors'),
    ...own.flatMap(({ call, errno }): RootContent[] => {
      const sequence = book.sequences.get(book.errors.get(`${call} ${errno}`) ?? '')
      return [
        heading(3, code(errno)),
        ...(sequence === undefined
          ? [paragraph('Not reached in these scopes.')]
          : [paragraph(['In ', code(sequence.run), ':']), block(sequenceText(sequence))]),
        ...onEach(book, action, errno, sequence),
      ]
    }),
    ...(left.length === 0 ? [] : [heading(3, 'Left out'), list(left.map(({ errno, why }) => [code(errno), `: ${why}`]))]),
  ]
}

/** The shortest ways to an error on each kind of object, where the shortest of all does not show it already. */
function onEach(book: Book, action: Action, errno: string, shown: Sequence | undefined): RootContent[] {
  const text = shown === undefined ? '' : sequenceText(shown)
  return Object.entries(action.params).flatMap(([param, p]) =>
    ('each' in p && p.each.length > 1 ? p.each : []).flatMap((kind): RootContent[] => {
      const sequence = book.sequences.get(errorCover(action.name, errno, param, kind))
      if (sequence === undefined || sequenceText(sequence) === text) return []
      return [paragraph(['With ', code(`${param}=${kind}`), ', in ', code(sequence.run), ':']), block(sequenceText(sequence))]
    }),
  )
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
