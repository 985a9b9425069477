import { blocked, goto, ok, type Result } from '../outcome.ts'
import { WeakMark } from '../model.ts'
import type { Expr, Stmt, Term } from './ast.ts'
import { events } from './random-machine.ts'

/** What programs know of a kind with a random machine. */
export interface KindInfo {
  readonly name: string
  readonly paths: readonly string[]
  readonly count: number
  readonly per: readonly string[]
  readonly to: string
  readonly weak: string
}

/** What programs know of the system: kinds with random machines, and whether there is a lock. */
export interface Infos {
  readonly kinds: readonly KindInfo[]
  readonly lock: boolean
}

interface Handle {
  readonly kind: string
  in(path: string): boolean
  readonly context: {
    readonly n: number
    readonly flag: boolean
    readonly to: Handle | null
    readonly weak: Handle | null
    readonly list: readonly Handle[]
    readonly value: Handle | null
  }
  send(event: object): void
  try(event: object): string | null
}
interface Collection {
  readonly only: Handle
  every(f: (one: Handle) => boolean): boolean
  some(f: (one: Handle) => boolean): boolean
  count(f: (one: Handle) => boolean): number
  sum(f: (one: Handle) => number): number
  max(f: (one: Handle) => number): number
  min(f: (one: Handle) => number): number
  distinct(f: (one: Handle) => unknown): boolean
  find(f: (one: Handle) => boolean): Handle | null
  filter(f: (one: Handle) => boolean): Collection
  forEach(f: (one: Handle) => void): void
  of(...owners: Handle[]): Handle
}
type View = { readonly [kind: string]: Collection }
type ViewAt = View & { readonly at: (handle: Handle) => Handle }

/** What a program runs against. */
export interface Env {
  readonly infos: Infos
  readonly vars: readonly Handle[]
  readonly constants: readonly unknown[]
  readonly view: View
  /** In properties of calls. */
  readonly seen?: {
    readonly outcome: string
    readonly changed: boolean
    readonly before: ViewAt
    readonly after: ViewAt
  }
  /** In bodies. */
  readonly call?: {
    fails(point: string): boolean
    readonly locals: { kept: Handle | null; times: number }
    /** Where calls take the lock; else they send it events. */
    readonly lock?: (kind: 'lock') => void
    readonly unlock?: (kind: 'lock') => void
  }
  /** The names of the steps before and after this one. */
  readonly around?: { readonly back: string | null; readonly on: string | null }
}

/** How calls can end, for properties to name. */
const outcomes = ['ok', 'EBUSY', 'EPERM', 'EA', 'EB', 'step']

const pick = <T>(list: readonly T[], i: number): T | null =>
  list.length === 0 ? null : list[i % list.length]

/** An environment's variables from the arguments of a call. */
export function variables(args: object): Pick<Env, 'vars' | 'constants'> {
  const values: unknown[] = Object.values(args)
  const isHandle = (v: unknown): v is Handle => typeof v === 'object' && v !== null
  return { vars: values.filter(isHandle), constants: values.filter((v) => !isHandle(v)) }
}

const infoOf = (env: Env, h: Handle | null): KindInfo | undefined =>
  h === null ? undefined : env.infos.kinds.find((k) => k.name === h.kind)

function evaluate(env: Env, t: Term): Handle | null {
  switch (t.at) {
    case 'var':
      return pick(env.vars, t.i)
    case 'only': {
      const kind = pick(env.infos.kinds, t.kind) as KindInfo
      return kind.count === 1 ? env.view[kind.name].only : null
    }
    case 'owned': {
      const owner = evaluate(env, t.of)
      const kind = env.infos.kinds.find((k) => k.per.length > 0 && k.per[0] === owner?.kind)
      if (owner === null || kind === undefined) return null
      if (kind.per.length === 1) return env.view[kind.name].of(owner)
      const and = evaluate(env, t.and)
      return and !== null && and.kind === kind.per[1] ? env.view[kind.name].of(owner, and) : null
    }
    default: {
      const of = evaluate(env, t.of)
      if (of === null || infoOf(env, of) === undefined) return null
      return t.at === 'item' ? (of.context.list[t.i] ?? null) : of.context[t.at]
    }
  }
}

/** The value of an expression. */
export function holds(env: Env, e: Expr): boolean {
  const machine = (t: Term): Handle | null => {
    const h = evaluate(env, t)
    return infoOf(env, h) === undefined ? null : h
  }
  const kind = (k: number) => (pick(env.infos.kinds, k) as KindInfo).name
  const within = (h: Handle, inner: Expr) => holds({ ...env, vars: [h, ...env.vars] }, inner)
  switch (e.is) {
    case 'in': {
      const h = machine(e.of)
      return h !== null && h.in(pick(infoOf(env, h)?.paths ?? [], e.state) as string)
    }
    case 'n': {
      const h = machine(e.of)
      return h !== null && (e.less ? h.context.n < e.k : h.context.n === e.k)
    }
    case 'flag':
      return machine(e.of)?.context.flag ?? false
    case 'null':
      return evaluate(env, e.of) === null
    case 'same':
      return evaluate(env, e.a) === evaluate(env, e.b)
    case 'lists': {
      const b = evaluate(env, e.b)
      return b !== null && (machine(e.a)?.context.list.includes(b) ?? false)
    }
    case 'length':
      return machine(e.of)?.context.list.length === e.k
    case 'constant':
      return env.constants.includes(e.k)
    case 'not':
      return !holds(env, e.e)
    case 'and':
      return holds(env, e.a) && holds(env, e.b)
    case 'or':
      return holds(env, e.a) || holds(env, e.b)
    case 'every':
    case 'some':
      return env.view[kind(e.kind)][e.is]((h) => within(h, e.e))
    case 'count':
      return env.view[kind(e.kind)].count((h) => within(h, e.e)) === e.k
    case 'sum':
    case 'max':
    case 'min': {
      const of = env.view[kind(e.kind)].filter((h) => within(h, e.of))
      return of[e.is]((h) => h.context.n) <= e.k
    }
    case 'distinct': {
      const by = (['n', 'flag', 'to', 'weak', 'value'] as const)[e.by % 5]
      return env.view[kind(e.kind)].filter((h) => within(h, e.of)).distinct((h) => h.context[by])
    }
    case 'one': {
      const all = env.view[kind(e.kind)]
      if (all.count((h) => within(h, e.of)) !== 1) return false
      return within(all.find((h) => within(h, e.of)) as Handle, e.e)
    }
    case 'hidden':
      return hidden(env.view[kind(e.kind)], e.how, e.k)
    case 'changed':
      return env.seen?.changed ?? false
    case 'outcome':
      return env.seen?.outcome === pick(outcomes, e.k)
    case 'before':
    case 'after': {
      if (env.seen === undefined) return false
      const view = env.seen[e.is]
      return holds({ ...env, view, vars: env.vars.map((h) => view.at(h)) }, e.e)
    }
  }
}

/** What someone writes who knows quantifiers as loops. */
function hidden(all: Collection, how: number, k: number): boolean {
  const seen: unknown[] = []
  let sum = 0
  let last: Handle | null = null
  all.every((h) => {
    sum += h.context.n
    if (how % 3 !== 1 || h.context.flag) last = h
    seen.push(h.context.to)
    return true
  })
  if (how % 3 === 0) return sum <= k
  if (how % 3 === 1) return last !== null
  return new Set(seen).size === seen.length
}

/**
 * An event for `h`: payloads are looked for in `what`, then among the variables; where there is
 * none, the event has none.
 */
function eventFor(env: Env, h: Handle, event: number, what: Term): object {
  const info = infoOf(env, h) as KindInfo
  const type = events[event % events.length]
  const of = (kind: string) =>
    [evaluate(env, what), ...env.vars].find((v) => v !== null && v.kind === kind) ?? null
  const payload = { point: info.to, watch: info.weak, choose: 'v' }[type as string]
  const found = payload === undefined ? null : of(payload)
  if (payload === undefined) return { type }
  if (found === null) return { type: 'e' }
  return type === 'point'
    ? { type, to: found }
    : type === 'watch'
      ? { type, weak: new WeakMark(found) }
      : { type, value: found }
}

/** Runs a body; undefined where it comes to its end. */
export function execute(env: Env, body: readonly Stmt[]): Result {
  for (const s of body) {
    const result = statement(env, s)
    if (result !== undefined) return result
  }
  return undefined
}

function statement(env: Env, s: Stmt): Result {
  const { locals } = env.call as NonNullable<Env['call']>
  switch (s.do) {
    case 'if':
      return execute(env, holds(env, s.e) ? s.yes : s.no)
    case 'send': {
      const h = evaluate(env, s.to)
      if (infoOf(env, h) !== undefined && h !== null) h.send(eventFor(env, h, s.event, s.what))
      return undefined
    }
    case 'try': {
      const h = evaluate(env, s.to)
      if (infoOf(env, h) === undefined || h === null) return undefined
      return h.try(eventFor(env, h, s.event, s.what)) === null ? undefined : execute(env, s.refused)
    }
    case 'forEach': {
      // What is done to one depends on nothing that is done to another, so that the order does not
      // matter.
      const kind = pick(env.infos.kinds, s.kind) as KindInfo
      env.view[kind.name].forEach(
        (h) => void ((s.all || h.in(pick(kind.paths, s.state) as string)) && h.try({ type: 'f' })),
      )
      return undefined
    }
    case 'return':
      return pick<Result>([{ done: 'EA' }, { done: 'EB' }, blocked(), ok()], s.how) as Result
    case 'fails':
      if (env.call?.fails(s.how % 2 === 0 ? 'first' : 'second') !== true) return undefined
      return execute(env, s.then) ?? (s.how > 2 ? { done: 'ENOMEM' } : undefined)
    case 'label': {
      const h = evaluate(env, s.to)
      const info = infoOf(env, h)
      if (info !== undefined && h !== null) h.send({ type: 'point', to: `${info.to}[0]` })
      return undefined
    }
    case 'link': {
      const a = evaluate(env, s.a)
      const b = evaluate(env, s.b)
      if (a === null || b === null) return undefined
      // Each must be of the kind that the other points to; what points to itself is linked as well.
      if (infoOf(env, a)?.to !== b.kind || infoOf(env, b)?.to !== a.kind) return undefined
      return a.try({ type: 'point', to: b }) === null && b.try({ type: 'point', to: a }) === null
        ? undefined
        : { done: 'EA' }
    }
    case 'keep':
      locals.kept = evaluate(env, s.what)
      return undefined
    case 'again':
      if (locals.times > 0 || env.around === undefined || env.around.back === null) return undefined
      locals.times++
      return goto(env.around.back)
    case 'skip':
      return env.around === undefined || env.around.on === null ? undefined : goto(env.around.on)
    case 'lock':
    case 'unlock':
      if (!env.infos.lock) return undefined
      if (env.call?.lock !== undefined) env.call[s.do]?.('lock')
      else env.view['lock'].only.send({ type: s.do === 'lock' ? 'acquire' : 'release' })
      return undefined
  }
}
