import { CheckerError, type Json, type System } from '../../../checker/index.ts'
import {
  stableText,
  wordsOf,
  asHandle,
  isHandle,
  failParam,
  isOf,
  united,
  type Choice,
  type Operation,
} from '../../../checker/inspect.ts'
import type { Look } from './look.ts'
import { keptPart, type Between, type StepWay } from './step-ways.ts'

/** What an operation tells object ids to. */
export type Ids = Parameters<Operation['run']>[2]
type AnyHandle = Record<string, unknown> & { readonly kind: string }
/** Values by name. */
export type Data = Record<string, unknown>
/** A caller as the steps of a path see it. */
export interface Caller {
  readonly context: {
    readonly at: string | null
    readonly args: Data
    readonly locals: Data
    readonly asked: unknown
    readonly held: readonly Held[]
  }
  send(event: Advance): void
}
/** A lock that a caller holds between steps. */
interface Held {
  readonly name: string
  readonly lock: object
}
/** What a caller is sent. */
interface Advance {
  readonly type: string
  readonly at?: string
  readonly locals?: Data
  readonly held?: readonly Held[]
}
/** What a step was told by its caller, and what it told it. */
export interface PathSeen {
  args: Data | null
  from: Between | null
  to: Exclude<StepWay['end'], { readonly outcome: string }> | null
}

/** Stands between user code and the engine: hands on every look, and writes it down. */
export class Notes {
  readonly looks: Look[] = []
  /** All kinds of object that were looked at. */
  readonly kinds = new Set<string>()
  /**
   * Every event that was sent, to each of a kind among them: the kind, the event, whether it was
   * taken.
   */
  readonly sent: { readonly kind: string; readonly event: string; readonly taken: boolean }[] = []
  readonly #shown = new Map<object, object>()
  readonly #real = new Map<object, object>()
  readonly #parts = new Map<object, string>()
  /** In a function that runs for all of a kind: its looks are not the action's. */
  #quiet = false
  readonly #system: Pick<System, 'unions' | 'constants'>

  constructor(system: Pick<System, 'unions' | 'constants'>) {
    this.#system = system
  }

  #note(look: Look): void {
    if (look.kind !== '') this.kinds.add(look.kind)
    if (look.how === 'event')
      this.sent.push({ kind: look.kind, event: look.name, taken: look.value === 'taken' })
    if (!this.#quiet) this.looks.push(look)
  }

  /** The choice of points of failure; that no other is chosen is no look at the system. */
  choice(choice: Choice): Choice {
    return {
      has: (point) => {
        const value = choice.has(point)
        this.#note({ how: 'fails', of: '', kind: '', name: point, value: String(value) })
        return value
      },
      isExactly: (points) => choice.isExactly(points),
    }
  }

  /** The arguments of a call. */
  args(args: Data): Data {
    return this.#each(args, (value, name) =>
      name === failParam ? this.choice(value as Choice) : this.shown(value, name),
    )
  }

  /** The caller that runs a path: what it keeps from step to step is no look at the system. */
  path(real: Caller): { readonly caller: Caller; readonly seen: PathSeen } {
    const seen: PathSeen = { args: null, from: null, to: null }
    const context = {
      get at() {
        return real.context.at
      },
      args: () => {
        seen.args = real.context.args
        return this.args(seen.args)
      },
      locals: () => {
        const locals = this.#kept(real.context.locals, '', (handle, name) =>
          this.shown(handle, keptPart(name)),
        ) as Data
        seen.from = { at: real.context.at as string, locals: this.#keptText(locals) }
        return locals
      },
    }
    const caller: Caller = {
      context: Object.defineProperties(
        {},
        {
          at: { get: () => context.at },
          args: { get: context.args },
          locals: { get: context.locals },
          asked: { get: () => real.context.asked },
          held: {
            get: () =>
              real.context.held.map(({ name, lock }, i) => ({
                name,
                lock: this.shown(lock, keptPart(`held_${i}`)),
              })),
          },
        },
      ) as Caller['context'],
      send: (event) => {
        const { at, locals, held = [] } = event
        if (at !== undefined && locals !== undefined) {
          const parts: [string, string][] = []
          const part = (handle: object, name: string) =>
            parts.push([name, this.#parts.get(handle) as string])
          this.#kept(locals, '', part)
          for (const [i, { lock }] of held.entries()) part(lock, `held_${i}`)
          seen.to = { to: { at, locals: this.#keptText(locals) }, parts }
        }
        real.send(this.#unwrapped(event) as typeof event)
      },
    }
    return { caller, seen }
  }

  /**
   * Replaces each handle in what a path keeps, and in what the paths keep that wait for it; each has
   * a name of its own.
   */
  #kept(value: unknown, name: string, put: (handle: object, name: string) => unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (isHandle(value)) return put(value, name)
    const part = (key: string | number) => (name === '' ? String(key) : `${name}_${key}`)
    if (Array.isArray(value)) return value.map((v, i) => this.#kept(v, part(i), put))
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key, this.#kept(v, part(key), put)]),
    )
  }

  #each(data: Data, shown: (value: unknown, name: string) => unknown): Data {
    return Object.fromEntries(
      Object.entries(data).map(([name, value]) => [name, shown(value, name)]),
    )
  }

  /**
   * What a path keeps, as text that its next step gives as well: an argument by its name, any other
   * object by its kind.
   */
  #keptText(locals: Data): string {
    const texts = this.#kept(locals, '', (handle) => {
      const part = this.#parts.get(handle) as string
      return /^\w+$/.test(part) ? `the ${part}` : `a ${(this.#real.get(handle) as AnyHandle).kind}`
    }) as Data
    return stableText(texts as Json)
  }

  /** What user code sees for an engine's value; `part` names a handle that is new. */
  shown(value: unknown, part: string): unknown {
    if (Array.isArray(value)) return value.map((v) => this.shown(v, part))
    if (
      typeof value !== 'object' ||
      value === null ||
      typeof (value as { kind?: unknown }).kind !== 'string'
    )
      return value
    let shown = this.#shown.get(value)
    if (shown === undefined) {
      shown = this.#handle(value as AnyHandle, part)
      this.#shown.set(value, shown)
      this.#real.set(shown, value)
      this.#parts.set(shown, part)
    }
    return shown
  }

  view(view: unknown): unknown {
    return new Proxy(view as Record<string, AnyHandle>, {
      get: (real, name: string) => {
        const { unions, constants } = this.#system
        if (name in constants) return constants[name]
        const members = unions.get(name)
        if (members !== undefined)
          return united(
            members.map((kind) => this.#collection(real[kind.name], kind.name) as never),
            { several: () => this.#several(name), sealed: (of) => of },
          )
        return name === 'at'
          ? (handle: object) =>
              this.shown(
                (real[name] as unknown as (h: unknown) => unknown)(this.#unwrapped(handle)),
                'another moment',
              )
          : this.#collection(real[name], name)
      },
    })
  }

  /** The engine would have told of it where the kinds are looked at one by one. */
  #several(name: string): never {
    throw new CheckerError('CHK012', `finds several ${name}`)
  }

  ids(ids: Ids): Ids {
    const told = (tell: (handle: never) => void) => (handle: object) =>
      tell(this.#unwrapped(handle) as never)
    return {
      take: told(ids.take),
      give: told(ids.give),
      tombstone: told(ids.tombstone),
      close: () => ids.close(),
    }
  }

  #handle(real: AnyHandle, part: string): object {
    const { kind } = real
    const note = (how: Look['how'], name: string, value: string) =>
      this.#note({ how, of: part, kind, name, value })
    const sent = (send: (event: object) => unknown) => (event: object) => {
      const { type } = event as { type: string }
      try {
        const refused = send(this.#unwrapped(event) as object)
        note('event', type, typeof refused === 'string' ? refused : 'taken')
        return refused
      } catch (error) {
        note('event', type, error instanceof Error ? error.message : 'refused')
        throw error
      }
    }
    const seen = new Proxy(
      {},
      {
        get: (_, name: string) => {
          const value = this.shown(
            (real['context'] as Record<string, unknown>)[name],
            `${part}.${name}`,
          )
          note('field', name, this.#text(value))
          return value
        },
      },
    )
    const handle = {
      get kind() {
        note('kind', 'kind', kind)
        return kind
      },
      is: (...kinds: string[]) => {
        note('kind', 'kind', kind)
        return isOf(kind)(...kinds)
      },
    }
    if (!Object.hasOwn(real, 'in')) return asHandle(Object.freeze(handle))
    return asHandle(
      Object.defineProperties(handle, {
        context: { get: () => seen },
        in: {
          value: (state: string) => {
            const value = (real['in'] as (state: string) => boolean)(state)
            note('state', state, String(value))
            return value
          },
        },
        send: { value: sent(real['send'] as (event: object) => unknown) },
        try: { value: sent(real['try'] as (event: object) => unknown) },
      }),
    )
  }

  #collection(real: AnyHandle, kind: string): object {
    this.kinds.add(kind)
    const ask = (mode: string) => (holds: (one: never) => unknown) => {
      const outer = this.#quiet
      this.#quiet = true
      let value: unknown
      try {
        value = (real[mode] as (holds: (one: unknown) => unknown) => unknown)((one) =>
          this.#unwrapped(holds(this.shown(one, `a ${kind}`) as never)),
        )
      } finally {
        this.#quiet = outer
      }
      this.#note({
        how: 'all',
        of: mode,
        kind,
        name: (holds as { [wordsOf]?: string })[wordsOf] ?? '',
        value: typeof value === 'object' ? String(value !== null) : String(value),
      })
      return value
    }
    const collection = {
      every: ask('every'),
      some: ask('some'),
      count: ask('count'),
      sum: ask('sum'),
      max: ask('max'),
      min: ask('min'),
      distinct: ask('distinct'),
      find: (holds: (one: never) => unknown) => this.shown(ask('find')(holds), `the ${kind}`),
      filter: (holds: (one: never) => unknown) =>
        this.#collection(
          (real['filter'] as (holds: (one: unknown) => unknown) => AnyHandle)((one) =>
            holds(this.shown(one, `a ${kind}`) as never),
          ),
          kind,
        ),
      forEach: (act: (one: never) => void) => {
        // The engine runs it only for elements that it does not know the answer for: what is seen
        // here is no way through the action.
        this.#quiet = true
        try {
          ;(real['forEach'] as (act: (one: unknown) => void) => void)((one) =>
            act(this.shown(one, `each ${kind}`) as never),
          )
        } finally {
          this.#quiet = false
        }
      },
      of: (...owners: object[]) => {
        const parts = owners.map((owner) => this.#parts.get(owner)).join(', ')
        return this.shown(
          (real['of'] as (...o: unknown[]) => unknown)(...owners.map((o) => this.#unwrapped(o))),
          `${kind}(${parts})`,
        )
      },
      get exists() {
        return real['exists']
      },
    }
    return Object.defineProperty(collection, 'only', { get: () => this.shown(real['only'], kind) })
  }

  /** An event, or a part of it, as the engine wants it. */
  #unwrapped(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    const real = this.#real.get(value)
    if (real !== undefined) return real
    if (Array.isArray(value)) return value.map((v) => this.#unwrapped(v))
    const copy = Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key, this.#unwrapped(v)]),
    )
    return Object.getPrototypeOf(value) === Object.prototype
      ? copy
      : Object.assign(Object.create(Object.getPrototypeOf(value) as object), copy)
  }

  #text(value: unknown): string {
    if (typeof value === 'object' && value !== null)
      return this.#parts.get(value) ?? JSON.stringify(value)
    return String(value)
  }
}
