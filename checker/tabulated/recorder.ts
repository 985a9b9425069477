import { described } from '../described.ts'
import { CheckerError } from '../errors.ts'
import {
  asHandle,
  isOf,
  isStrict,
  noMember,
  noQuantifier,
  nothingElse,
  strict,
} from '../handles.ts'
import { holes, isHole } from '../holes.ts'
import { assertShallow, type Json } from '../json.ts'
import { WeakMark } from '../model.ts'
import type { Choice } from '../operation.ts'
import type { Ids } from '../params.ts'
import { Refused } from '../refused.ts'
import { readsLikeReference, type Kind } from '../system.ts'
import { united } from '../union.ts'
import type { Walker } from './walker.ts'
import { constants, finds, modes, ops, past, resultsAt, sent } from './program.ts'
import { quantifiers, severalFound, type Quantifying } from './quantifiers.ts'
import { Results } from './values.ts'

type Time = 'now' | 'past'

/** What a handle stands for: the entity in a register, as long as the handle may be used. */
export interface Held {
  readonly recorder: Recorder
  readonly kind: Kind
  register: number
  open: boolean
}

/**
 * One run of user code on the state at hand, recorded as a path through its decision tree. Every
 * look and every send becomes a node; the answer chooses the link to go on at.
 */
export class Recorder {
  readonly walker: Walker
  readonly where: () => string
  /** The link at which the next node goes. */
  cursor: number
  /** The refusal on its way through user code, if any. */
  pending: Refused | null = null
  /** In a quantifier: nothing may be sent, or refused. */
  #within: 'action' | 'predicate' | 'forEach' | 'property'
  /** Whether the state of any component was looked at. */
  looked = false
  /** The events that a mutation has left out. */
  readonly omitted: { readonly kind: string; readonly event: string }[] = []
  readonly #ofProperty: boolean
  #alive = true
  /** Registers below are not to be used. */
  #reserved = 0
  /** The kind of each register in use; registers hold different entities, along one path. */
  readonly #registers: { readonly kind: Kind; readonly register: number }[] = []
  /**
   * Handles by register and time. When code is run again, by entity: what escapes from the function
   * of a quantifier is then the same object where it is the same component, and shows.
   */
  readonly #handles = new Map<string, object>()

  /** Says which events a mutation leaves out. */
  readonly #omits: (kind: string, event: string) => boolean
  /** Run the functions of quantifiers though their trees know the answer. */
  readonly #again: boolean

  constructor(
    walker: Walker,
    cell: number,
    within: 'action' | 'property',
    where: () => string,
    again: boolean,
    omits: (kind: string, event: string) => boolean = () => false,
  ) {
    this.#omits = omits
    this.#again = again
    this.walker = walker
    this.cursor = cell
    this.where = where
    this.#within = within
    this.#ofProperty = within === 'property'
  }

  /** The handle for a parameter that stands in `register` already. */
  given(kind: Kind, register: number, time: Time = 'now'): object {
    if (!this.#registers.some((r) => r.register === register))
      this.#registers.push({ kind, register })
    return this.#handle(kind, register, time)
  }

  /** Ids are taken and given back by handles of the call alone. */
  ids(): Ids<never> {
    const of = (handle: object) => void this.#known(handle)
    return { take: of, give: of, tombstone: of, close: () => undefined }
  }

  /** The registers of a kind in use, as an alias list. */
  candidates(kind: Kind): number {
    return this.walker.program.list(
      this.#registers.filter((r) => r.kind === kind).map((r) => r.register),
    )
  }

  /** The view for user code. */
  view(time: Time = 'now'): object {
    // Made as they are asked for: few functions look at more than three kinds.
    const view = Object.assign(Object.create(null), this.walker.system.constants) as {
      [name: string]: unknown
    }
    return new Proxy(view, {
      get: (_, name) => {
        if (typeof name === 'symbol') return undefined
        return name in view ? view[name] : (view[name] = this.#part(name, time))
      },
      set: () => this.#misuse('writes to the view'),
    })
  }

  /** What the view has under this name. */
  #part(name: string, time: Time): unknown {
    const { kinds, unions } = this.walker.system
    const kind = kinds.find((k) => k.name === name)
    if (kind !== undefined) return this.#collection(kind, time)
    const members = unions.get(name)
    if (members !== undefined) return this.#union(name, members, time)
    if (name === 'at' && this.#ofProperty) return (handle: object) => this.#elsewhen(handle, time)
    throw new CheckerError(
      'CHK011',
      `${this.where()} looks at kind '${name}', which this scope does not have`,
    )
  }

  /** Ends the run: whatever is used afterwards is an error. */
  revoke(): void {
    this.#alive = false
  }

  #look(): void {
    if (!this.#alive)
      throw new CheckerError(
        'CHK012',
        `${this.where()} uses a handle after the call it was given to`,
      )
    if (this.pending !== null && !this.pending.taken)
      throw new CheckerError(
        'CHK005',
        `${this.where()} caught the refusal '${this.pending.code}' and went on; use try() to be told of a refusal`,
      )
  }

  #misuse(what: string): never {
    throw new CheckerError('CHK012', `${this.where()} ${what}`)
  }

  /** Goes on at the link for `value`. */
  #take(node: number, value: number): number {
    this.cursor = this.walker.program.link(node, value)
    return value
  }

  #node(op: number, time: Time, a: number, b: number, c: number, d: number): number {
    this.#look()
    return this.walker.program.follow(
      this.cursor,
      op + (time === 'past' ? past : 0),
      a,
      b,
      c,
      d,
      this.where,
    )
  }

  #local(register: number, time: Time): number {
    const { registers, now, before } = this.walker
    return (time === 'now' ? now : before)[registers[register]]
  }

  #observe(register: number, column: number, time: Time): number {
    this.looked = true
    return this.#take(
      this.#node(ops.observe, time, register, column, 0, 0),
      this.walker.tables.at(column, this.#local(register, time)),
    )
  }

  /**
   * A handle for `entity`, which the node has found: that of an earlier register where it is the
   * same.
   */
  #found(node: number, kind: Kind, entity: number, fresh: number, time: Time): object {
    const { registers } = this.walker
    const same = this.#registers.filter((r) => r.kind === kind)
    const at = same.findIndex((r) => registers[r.register] === entity)
    this.#take(node, at < 0 ? same.length : at)
    if (at >= 0) return this.#handle(kind, same[at].register, time)
    registers[fresh] = entity
    this.#registers.push({ kind, register: fresh })
    return this.#handle(kind, fresh, time)
  }

  #fresh(): number {
    const used = this.#registers.filter((r) => r.register < constants)
    const next = used.reduce((n, r) => Math.max(n, r.register + 1), this.#reserved)
    if (next >= constants) this.#misuse(`holds more than ${constants} handles at once`)
    return next
  }

  #handle(kind: Kind, register: number, time: Time): object {
    const key = this.#key(register, time)
    const handle = this.#handles.get(key)
    if (handle !== undefined) {
      const held = this.walker.handles.get(handle) as Held
      held.register = register
      held.open = true
      return handle
    }
    const held: Held = { recorder: this, kind, register, open: true }
    const made = kind.machine === null ? this.#value(kind) : this.#component(held, time)
    this.#handles.set(key, made)
    this.walker.handles.set(made, held)
    return made
  }

  #key(register: number, time: Time): string {
    return `${this.#again ? this.walker.registers[register] : register}@${time}`
  }

  /** Ends the use of the handles that the function of a quantifier was given or has found. */
  #close(register: number): void {
    for (const time of ['now', 'past'] as const) {
      const key = this.#key(register, time)
      const handle = this.#handles.get(key)
      if (handle === undefined) continue
      ;(this.walker.handles.get(handle) as Held).open = false
      if (!this.#again) this.#handles.delete(key)
    }
  }

  /** The register of a handle in use. */
  #register(held: Held): number {
    if (!held.open)
      this.#misuse(
        `uses a handle of ${held.kind.name} after the function of a quantifier that it was given to; find() gives one to go on with`,
      )
    return held.register
  }

  #elsewhen(handle: object, time: Time): object {
    const known = this.#known(handle)
    return this.#handle(known.kind, known.register, time)
  }

  #known(handle: unknown): { readonly kind: Kind; readonly register: number } {
    const known =
      typeof handle === 'object' && handle !== null ? this.walker.handles.get(handle) : undefined
    if (known?.recorder !== this)
      return this.#misuse('hands over something that is no handle of this call')
    return { kind: known.kind, register: this.#register(known) }
  }

  #value(kind: Kind): object {
    return this.#sealed(kind, { __proto__: nothingElse, kind: kind.name })
  }

  #component(held: Held, time: Time): object {
    const { kind } = held
    const register = () => this.#register(held)
    const context = new Proxy(Object.freeze({}), {
      get: (_, name) =>
        typeof name === 'symbol'
          ? this.#misuse(`coerces a context of ${kind.name}`)
          : this.#field(kind, register(), name, time),
      has: () => this.#misuse(`tests for keys in a context of ${kind.name}`),
      ownKeys: () =>
        this.#misuse(`lists the keys of a context of ${kind.name}; read fields by name`),
      getOwnPropertyDescriptor: () => this.#misuse(`tests for keys in a context of ${kind.name}`),
      set: () => this.#misuse(`writes to a context of ${kind.name}; send an event`),
      defineProperty: () => this.#misuse(`writes to a context of ${kind.name}; send an event`),
      deleteProperty: () => this.#misuse(`writes to a context of ${kind.name}; send an event`),
    })
    return this.#sealed(kind, {
      __proto__: nothingElse,
      kind: kind.name,
      is: isOf(kind.name),
      in: (path: unknown) => {
        if (typeof path !== 'string')
          this.#misuse(`gives in() of ${kind.name} ${described(path)}; use a dotted path of states`)
        return this.#observe(register(), this.walker.tables.state(kind, path as string), time) === 1
      },
      context,
      send: (event: object) => void this.#send(kind, register(), event, time, false),
      try: (event: object) => this.#send(kind, register(), event, time, true),
    })
  }

  /** A handle tells nothing of which instance it is. */
  #sealed(kind: Kind, members: object): object {
    return asHandle(
      strict(members, (name, writes) =>
        noMember(this.where(), kind.name, name, { isValue: kind.machine === null, writes }),
      ),
    )
  }

  #field(kind: Kind, register: number, name: string, time: Time): unknown {
    const { tables } = this.walker
    const column = tables.context(kind, name)
    const field = tables.field(column, this.#observe(register, column, time))
    const handles = field.refs.map((target, position) => {
      const refer = tables.referent(kind, name, position)
      const fresh = this.#fresh()
      const node = this.#node(ops.refer, time, register, refer, this.candidates(target), fresh)
      return this.#found(node, target, tables.at(refer, this.#local(register, time)), fresh, time)
    })
    let next = 0
    const fill = (value: Json): unknown => {
      if (typeof value === 'string') return value[0] === holes.reference ? handles[next++] : value
      if (Array.isArray(value)) return Object.freeze(value.map((v) => fill(v as Json)))
      if (value === null || typeof value !== 'object') return value
      const object = value as { readonly [key: string]: Json }
      return Object.freeze(
        Object.fromEntries(Object.keys(object).map((key) => [key, fill(object[key])])),
      )
    }
    return fill(field.value)
  }

  #send(kind: Kind, register: number, event: object, time: Time, tries: boolean): string | null {
    if (this.#within === 'predicate' || this.#within === 'property')
      this.#misuse('sends an event from a property or a quantifier')
    const { type } = this.#event(kind, event)
    if (this.#omits(kind.name, type)) {
      this.omitted.push({ kind: kind.name, event: type })
      return null
    }
    const used: number[] = []
    const hole = (handle: unknown, mark: string) => {
      const known = this.#known(handle)
      used.push(known.register)
      return `${holes.register}${mark}${known.register}`
    }
    const plain = (value: unknown, depth = 0): Json => {
      assertShallow(depth, `an event for ${kind.name}`)
      if (value instanceof WeakMark) return hole(value.weak, '~')
      if (typeof value === 'string') return this.#text(kind, value)
      if (typeof value === 'object' && value !== null && this.walker.handles.has(value))
        return hole(value, '')
      if (isStrict(value)) this.#misuse(`sends ${kind.name} an event with a collection`)
      if (Array.isArray(value)) return value.map((one) => plain(one, depth + 1))
      if (
        typeof value === 'object' &&
        value !== null &&
        Object.getPrototypeOf(value) === Object.prototype
      )
        return Object.fromEntries(
          Object.keys(value)
            .sort()
            .map((key) => [key, plain((value as Record<string, unknown>)[key], depth + 1)]),
        )
      return value as Json
    }
    const { tables, registers } = this.walker
    const template = tables.stepper.template(kind, plain(event, 0), used)
    const node = this.#node(ops.send, time, register, template, 0, 0)
    const fixed = tables.stepper.fixed[template]
    const what = this.#take(
      node,
      this.walker.deliver(
        registers[register],
        fixed >= 0 ? fixed : tables.stepper.event(template, registers),
      ),
    )
    if (what === sent.taken) return null
    if (what === sent.unaccepted)
      throw (this.pending = new Refused('accepted', `${kind.name} does not accept '${type}'`))
    if (what === sent.blocks) {
      if (this.#within === 'forEach') this.#misuse('waits inside forEach')
      throw (this.pending = new Refused('blocks', 'blocks'))
    }
    const code = tables.stepper.codes[what - sent.refused]
    if (tries) return code
    if (this.#within === 'forEach') this.#misuse(`is refused (${code}) inside forEach; use try()`)
    throw (this.pending = new Refused('refused', code))
  }

  #event(kind: Kind, event: unknown): { readonly type: string } {
    const { type } = (event ?? {}) as { readonly type?: unknown }
    if (typeof event === 'object' && typeof type === 'string') return { type }
    return this.#misuse(`sends ${kind.name} something that is no event: an object with a type`)
  }

  /** A text that goes into an event, which must not be taken for a reference. */
  #text(kind: Kind, text: string): string {
    if (this.walker.tables.entities.parse(text) === null && !isHole(text)) return text
    throw readsLikeReference(`${this.where()} sends ${kind.name} an event with`, text)
  }

  #collection(kind: Kind, time: Time): object {
    const only = () => this.#only(kind, time)
    return strict(
      {
        __proto__: nothingElse,
        ...quantifiers(kind, [], this.#quantifying(kind, time)),
        of: (...owners: object[]) => this.#owned(kind, owners, time),
        exists: kind.count > 0,
        get only() {
          return only()
        },
      },
      (name) => noQuantifier(this.where(), kind.name, name),
    )
  }

  #union(name: string, members: readonly Kind[], time: Time): object {
    return united(
      members.map((kind) => this.#collection(kind, time) as never),
      {
        several: () => severalFound(name, (what) => this.#misuse(what)),
        sealed: (of) =>
          strict({ __proto__: nothingElse, ...of }, (member) =>
            noQuantifier(this.where(), name, member),
          ),
      },
    )
  }

  #quantifying(kind: Kind, time: Time): Quantifying {
    const { values } = this.walker
    const quantify = (mode: number, value: (one: never) => number) => {
      const fresh = this.#fresh()
      const node = this.#node(ops.quantify, time, mode, kind.index, 0, fresh)
      return { came: this.#quantify(kind, mode, node, fresh, value, time), node, fresh }
    }
    return {
      quantify: (mode, value) => quantify(mode, value).came,
      number: (mode, value) => {
        const { came, node } = quantify(mode, value)
        const { program, results } = this.walker
        return results[program.code[node + resultsAt]].numbers[came]
      },
      find: (value) => {
        const { came, fresh } = quantify(modes.find, value)
        if (came === finds.none) return null
        if (came === finds.several) return 'several'
        const node = this.#node(ops.alias, 'now', 0, 0, this.candidates(kind), fresh)
        return this.#found(node, kind, this.walker.registers[fresh], fresh, time)
      },
      constant: (value) => values.constant(value),
      register: (handle) => values.register(this.#known(handle).register),
      looking: (run) => {
        const within = this.#within
        this.#within = 'predicate'
        try {
          return run()
        } finally {
          this.#within = within
        }
      },
      misuse: (what) => this.#misuse(what),
      where: this.where,
    }
  }

  #only(kind: Kind, time: Time): object {
    this.#look()
    if (kind.count !== 1)
      this.#misuse(`asks for the only ${kind.name}, of which there are ${kind.count}`)
    const known = this.#registers.find((r) => r.kind === kind)
    return known === undefined
      ? this.given(kind, constants + kind.base, time)
      : this.#handle(kind, known.register, time)
  }

  #owned(kind: Kind, owners: readonly object[], time: Time): object {
    if (owners.length !== kind.per.length)
      this.#misuse(
        `asks for the ${kind.name} of ${owners.length} owners; it is declared per ${kind.per.map((k) => k.name).join(', ') || 'nothing'}`,
      )
    const { program, registers } = this.walker
    const factors: number[] = []
    let entity = kind.base
    let factor = kind.count
    for (const [i, owner] of owners.entries()) {
      const known = this.#known(owner)
      if (known.kind !== kind.per[i])
        this.#misuse(
          `asks for the ${kind.name} of a ${known.kind.name}; it is per ${kind.per[i].name}`,
        )
      factor /= known.kind.count
      factors.push(known.register, known.kind.base, factor)
      entity += (registers[known.register] - known.kind.base) * factor
    }
    const fresh = this.#fresh()
    const node = this.#node(
      ops.owned,
      'now',
      kind.base,
      program.list(factors),
      this.candidates(kind),
      fresh,
    )
    return this.#found(node, kind, entity, fresh, time)
  }

  #quantify(
    kind: Kind,
    mode: number,
    node: number,
    fresh: number,
    value: (one: never) => number,
    time: Time,
  ): number {
    if (mode === modes.forEach && this.#within !== 'action')
      this.#misuse('uses forEach in a property or a quantifier')
    const { walker } = this
    const { code } = walker.program
    if (mode > modes.find && mode !== modes.distinct && code[node + resultsAt] === 0)
      code[node + resultsAt] = walker.results.push(new Results()) - 1
    const cell = code[node + 3]
    const element = (entity: number) => this.#element(kind, mode, cell, fresh, entity, value, time)
    const result = walker.quantify(
      mode,
      kind,
      cell,
      fresh,
      code[node + resultsAt],
      element,
      this.#again,
    )
    this.#take(node, result)
    if (mode === modes.forEach && result === 1)
      throw (this.pending = new Refused('accepted', 'an event is not accepted inside forEach'))
    return result
  }

  /** Runs the function of a quantifier for one element, recording its tree. */
  #element(
    kind: Kind,
    mode: number,
    cell: number,
    fresh: number,
    entity: number,
    run: (one: never) => number,
    time: Time,
  ): number {
    const { walker } = this
    const outer = {
      cursor: this.cursor,
      within: this.#within,
      registers: this.#registers.length,
    }
    this.cursor = cell
    this.#within = mode === modes.forEach ? 'forEach' : 'predicate'
    walker.registers[fresh] = entity
    try {
      const same = this.#registers.filter((r) => r.kind === kind)
      const handle =
        same.length === 0
          ? this.given(kind, fresh, time)
          : this.#found(
              this.#node(ops.alias, 'now', 0, 0, this.candidates(kind), fresh),
              kind,
              entity,
              fresh,
              time,
            )
      let value: number
      try {
        value = run(handle as never)
      } catch (error) {
        if (!(error instanceof Refused) || mode !== modes.forEach) throw error
        value = 1
        this.pending = null
      }
      walker.program.finish(this.cursor, value, this.where)
      return value
    } finally {
      for (const { register } of this.#registers.splice(outer.registers)) this.#close(register)
      this.cursor = outer.cursor
      this.#within = outer.within
    }
  }

  /** What tells which points of failure are chosen: bits, in a register that is kept for them. */
  choice(register: number, points: readonly string[]): Choice {
    this.#reserved = register + 1
    const bit = (point: string): number => {
      const number = points.indexOf(point)
      if (number >= 0) return 1 << number
      throw new CheckerError(
        'CHK011',
        `${this.where()} asks for the point of failure '${point}', which it does not declare`,
      )
    }
    const { registers } = this.walker
    return Object.freeze({
      has: (point: string) => {
        const node = this.#node(ops.chosen, 'now', register, bit(point), 0, 0)
        return this.#take(node, (registers[register] & bit(point)) !== 0 ? 1 : 0) === 1
      },
      isExactly: (chosen: readonly string[]) => {
        const bits = chosen.reduce((sum, point) => sum | bit(point), 0)
        const node = this.#node(ops.exactly, 'now', register, bits, 0, 0)
        return this.#take(node, registers[register] === bits ? 1 : 0) === 1
      },
    })
  }

  /** Whether the call has changed anything; a look like any other. */
  changed(): boolean {
    const node = this.#node(ops.changed, 'now', 0, 0, 0, 0)
    return this.#take(node, this.walker.hasChanged() ? 1 : 0) === 1
  }
}
