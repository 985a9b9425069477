import { CheckerError } from '../errors.ts'
import { asHandle } from '../handles.ts'
import { WeakMark } from '../model.ts'
import { Refused } from '../refused.ts'
import { readsLikeReference, refText, type Kind, type System } from '../system.ts'
import { assertShallow, type Json } from '../json.ts'
import type { Local, PlainEvent } from '../machine.ts'
import { plainQuantifiers } from './quantifiers.ts'

/** A state of the system: the local state of every component, by its name (`viommu[1]`). */
export type Configuration = ReadonlyMap<string, Local>

/**
 * A transition of a component's machine that was taken, or that refused; its path as in
 * `viommu.live.remove[1]`.
 */
export interface Taken {
  /** The component, by name. */
  readonly component: string
  /** The transition's path. */
  readonly transition: string
}

/**
 * The view of a configuration for user code, with sends that change `state`. Plain: every look is
 * answered from the XState snapshot itself.
 */
export class ReferenceView {
  readonly system: System
  readonly state: Map<string, Local>
  /** What sends came to so far, in order. */
  readonly taken: Taken[] = []
  /** Whether the state of any component was looked at. */
  looked = false
  /** The events that a mutation has left out. */
  readonly omitted: { readonly kind: string; readonly event: string }[] = []
  readonly #handles = new Map<string, object>()
  readonly #names = new Map<object, string>()

  readonly #omits: (kind: string, event: string) => boolean

  /** @param omits - says which events a mutation leaves out */
  constructor(
    system: System,
    state: Configuration,
    omits: (kind: string, event: string) => boolean = () => false,
  ) {
    this.#omits = omits
    this.system = system
    this.state = new Map(state)
  }

  /** The handle of the component or value of that name. */
  handle(name: string): object {
    let handle = this.#handles.get(name)
    if (handle === undefined) {
      const kind = this.#kindOf(name) as Kind
      const view = this
      handle = asHandle(
        kind.machine === null
          ? { kind: kind.name }
          : {
              kind: kind.name,
              in: (path: string) => {
                if (!kind.machine?.has(path))
                  throw new CheckerError('CHK011', `${kind.name} has no state '${path}'`)
                return kind.machine.matches(view.#local(name), path)
              },
              get context() {
                return view.#seen(view.#local(name).context)
              },
              send: (event: object) => void view.#send(kind, name, event, false),
              try: (event: object) => view.#send(kind, name, event, true),
            },
      )
      this.#handles.set(name, handle)
      this.#names.set(handle, name)
    }
    return handle
  }

  /** The name of what a handle stands for. */
  name(handle: unknown): string | null {
    return typeof handle === 'object' && handle !== null ? (this.#names.get(handle) ?? null) : null
  }

  /** The collections by kind. `others` are views of other moments, whose handles `at` takes. */
  collections(others: readonly ReferenceView[] = []): object {
    const all = (kind: Kind) =>
      Array.from({ length: kind.count }, (_, i) => this.handle(refText(kind.name, i)) as never)
    const slot = (handle: object) => {
      const name = this.name(handle) as string
      return Number(name.slice(name.indexOf('[') + 1, -1))
    }
    const collection = (kind: Kind) => ({
      ...plainQuantifiers(all(kind)),
      of: (...owners: object[]) =>
        this.handle(
          refText(
            kind.name,
            owners.reduce<number>((n, owner, i) => n * kind.per[i].count + slot(owner), 0),
          ),
        ),
      exists: kind.count > 0,
      get only() {
        return all(kind)[0]
      },
    })
    const at = (handle: object) =>
      this.handle([this, ...others].map((v) => v.name(handle)).find((n) => n !== null) as string)
    return Object.fromEntries([
      ...this.system.kinds.map((kind) => [kind.name, collection(kind)]),
      ['at', at],
    ])
  }

  #kindOf(text: string): Kind | undefined {
    const match = /^(.+)\[\d+\]$/.exec(text)
    return match === null ? undefined : this.system.kinds.find((kind) => kind.name === match[1])
  }

  #local(name: string): Local {
    this.looked = true
    return this.state.get(name) as Local
  }

  #seen(value: Json): unknown {
    if (typeof value === 'string') {
      const name = value.startsWith('~') ? value.slice(1) : value
      return this.#kindOf(name) === undefined ? value : this.handle(name)
    }
    if (Array.isArray(value)) return value.map((v) => this.#seen(v as Json))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, this.#seen(v as Json)]))
  }

  #plain(value: unknown, depth = 0): Json {
    assertShallow(depth, 'an event')
    if (value instanceof WeakMark) return `~${this.name(value.weak)}`
    if (typeof value === 'string' && this.#kindOf(value.replace(/^~/, '')) !== undefined)
      throw readsLikeReference('an event has', value)
    const name = this.name(value)
    if (name !== null) return name
    if (Array.isArray(value)) return value.map((v) => this.#plain(v, depth + 1))
    if (value === null || typeof value !== 'object') return value as Json
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [key, this.#plain(v, depth + 1)]),
    )
  }

  #send(kind: Kind, name: string, event: object, tries: boolean): string | null {
    const { type } = event as PlainEvent
    if (this.#omits(kind.name, type)) {
      this.omitted.push({ kind: kind.name, event: type })
      return null
    }
    const result = (kind.machine as NonNullable<Kind['machine']>).step(
      this.#local(name),
      this.#plain(event) as unknown as PlainEvent,
    )
    if (result.kind !== 'unaccepted')
      this.taken.push(...result.by.map((transition) => ({ component: name, transition })))
    if (result.kind === 'taken') {
      this.state.set(name, result.next)
      return null
    }
    if (result.kind === 'refused' && tries) return result.code
    if (result.kind === 'refused') throw new Refused('refused', result.code)
    if (result.kind === 'blocks') throw new Refused('blocks', 'blocks')
    throw new Refused(
      'accepted',
      `${name} does not accept '${(event as PlainEvent).type}' in ${JSON.stringify(this.#local(name).value)}`,
    )
  }
}
