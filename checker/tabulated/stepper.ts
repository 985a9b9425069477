import { CheckerError } from '../errors.ts'
import { holes } from '../holes.ts'
import { mapStrings, assertJson, stableText, type Json } from '../json.ts'
import type { Local, PlainEvent, Stepped } from '../machine.ts'
import { undecided } from '../machine-errors.ts'
import { refText, type Kind, type System } from '../system.ts'
import type { Entities } from './entities.ts'
import type { Column, Locals } from './locals.ts'
import { sent } from './program.ts'

/** An event whose references are registers: `{type: 'alloc', parent: <register 1>}`. */
interface Template {
  readonly kind: Kind
  readonly event: Json
  readonly registers: readonly number[]
  readonly byEntities: Map<number, number>
}

/** How often a machine is asked the same again, where it has answered otherwise under other names. */
const tries = 32

/**
 * The transition tables of all machines, filled by XState as the search meets new pairs of local
 * state and event.
 */
export class Stepper {
  readonly system: System
  /**
   * For each event: the next local state, or `-1 - value` where it was not taken (`value` as in
   * {@link sent}), or -1 where unknown.
   */
  readonly next: Column[] = []
  /** For each template: its event where it has no references, else -1. */
  readonly fixed: number[] = []
  /** The refusal codes behind the values from `sent.refused` on. */
  readonly codes: string[] = []
  /** Taken transitions by name, with how many table entries came from them. */
  readonly taken = new Map<string, number>()
  readonly #entities: Entities
  readonly #locals: readonly Locals[]
  readonly #events: { readonly kind: Kind; readonly event: PlainEvent }[] = []
  readonly #eventIds = new Map<string, number>()
  readonly #templates: Template[] = []
  readonly #templateIds = new Map<string, number>()
  /** Results with references numbered as they come: one run of XState serves all namings. */
  readonly #normal = new Map<string, Stepped>()

  constructor(system: System, entities: Entities, locals: readonly Locals[]) {
    this.system = system
    this.#entities = entities
    this.#locals = locals
  }

  /**
   * The number of an event template; holes in `event` are `\u0002register` (weak:
   * `\u0002~register`).
   */
  template(kind: Kind, event: Json, registers: readonly number[]): number {
    const key = `${kind.name}|${stableText(event)}`
    const known = this.#templateIds.get(key)
    if (known !== undefined) return known
    const id = this.#templates.push({ kind, event, registers, byEntities: new Map() }) - 1
    this.#templateIds.set(key, id)
    this.fixed.push(registers.length === 0 ? this.#event(kind, event) : -1)
    return id
  }

  /** The event that a template stands for with these registers. */
  event(template: number, registers: Int32Array): number {
    const t = this.#templates[template]
    let key = 0
    for (const register of t.registers) key = key * this.system.entities + registers[register]
    let id = t.byEntities.get(key)
    if (id === undefined) {
      const event = mapStrings(t.event, (text) => {
        if (text[0] !== holes.register) return undefined
        const weak = text[1] === '~'
        return (weak ? '~' : '') + this.#entities.text(registers[Number(text.slice(weak ? 2 : 1))])
      })
      id = this.#event(t.kind, event)
      t.byEntities.set(key, id)
    }
    return id
  }

  #event(kind: Kind, event: Json): number {
    const key = `${kind.name}|${stableText(event)}`
    const known = this.#eventIds.get(key)
    if (known !== undefined) return known
    assertJson(event, `event for ${kind.name}`)
    const id = this.#events.push({ kind, event: event as unknown as PlainEvent }) - 1
    this.#eventIds.set(key, id)
    this.next.push(this.#locals[kind.index].column((local) => this.#compute(id, local)))
    return id
  }

  #compute(event: number, local: number): number {
    const { kind, event: plain } = this.#events[event]
    const result = this.#step(kind, this.#locals[kind.index].contents[local], plain)
    if (result.kind !== 'unaccepted')
      for (const name of result.by) this.taken.set(name, (this.taken.get(name) ?? 0) + 1)
    if (result.kind === 'taken') return this.#locals[kind.index].intern(result.next)
    if (result.kind === 'unaccepted') return -1 - sent.unaccepted
    if (result.kind === 'blocks') return -1 - sent.blocks
    let code = this.codes.indexOf(result.code)
    if (code < 0) code = this.codes.push(result.code) - 1
    return -1 - (sent.refused + code)
  }

  /**
   * Steps with references renamed to their order of appearance, and again with other names: a
   * machine may only compare them.
   */
  #step(kind: Kind, local: Local, event: PlainEvent): Stepped {
    const names = new Map<string, number>()
    const number = (text: string): undefined => {
      const ref = this.#entities.parse(text)
      if (ref !== null) {
        const name = refText(ref.kind.name, ref.entity - ref.kind.base)
        if (!names.has(name)) names.set(name, names.size)
      }
      return undefined
    }
    mapStrings(local as unknown as Json, number)
    mapStrings(event as Json, number)
    const originals = [...names.keys()]
    const rename = (json: unknown, slot: (order: number) => number): Json =>
      mapStrings(json as Json, (text) => {
        const ref = this.#entities.parse(text)
        if (ref === null) return undefined
        const order = names.get(refText(ref.kind.name, ref.entity - ref.kind.base)) as number
        return (ref.weak ? '~' : '') + refText(ref.kind.name, slot(order))
      })
    const restore = (result: Stepped, slotToOrder: (slot: number) => number): Stepped => {
      if (result.kind !== 'taken') return result
      const next = mapStrings(result.next as unknown as Json, (text) => {
        const ref = this.#entities.parse(text)
        if (ref === null) return undefined
        const original = originals[slotToOrder(ref.entity - ref.kind.base)]
        if (original === undefined) throw this.#asymmetric(kind, event)
        return (ref.weak ? '~' : '') + original
      })
      return { ...result, next: next as unknown as Local }
    }
    // Each name takes each number in turn, and the order is turned round once: a comparison with a
    // constant is found.
    const size =
      names.size === 0 ? 0 : Math.max(names.size, ...this.system.kinds.map((k) => k.count))
    const turned = (by: number) => (order: number) => (order + by) % size
    const backward = (order: number) => 2 * names.size + 3 - order
    const forward = (order: number) => order
    const key = `${kind.name}|${stableText(rename(local, forward))}|${stableText(rename(event, forward))}`
    let normal = this.#normal.get(key)
    if (normal === undefined) {
      const run = (slot: (order: number) => number) =>
        (kind.machine as NonNullable<Kind['machine']>).step(
          rename(local, slot) as unknown as Local,
          rename(event, slot) as unknown as PlainEvent,
        )
      normal = run(forward)
      const text = (slot: (order: number) => number, toOrder: (slot: number) => number) =>
        JSON.stringify(restore(run(slot), toOrder))
      const expected = JSON.stringify(restore(normal, forward))
      const again = (slot: (order: number) => number, toOrder: (slot: number) => number) => {
        if (text(slot, toOrder) === expected) return
        for (let time = 0; time < tries; time++)
          if (text(forward, forward) !== expected) throw undecided(kind.name, event.type)
        throw names.size === 0 ? undecided(kind.name, event.type) : this.#asymmetric(kind, event)
      }
      // backward is its own inverse
      again(backward, backward)
      for (let by = 1; by < size; by++) again(turned(by), turned(size - by))
      this.#normal.set(key, normal)
    }
    return restore(normal, forward)
  }

  #asymmetric(kind: Kind, event: PlainEvent): CheckerError {
    return new CheckerError(
      'CHK010',
      `${kind.name}, event ${event.type}: the result depends on how its references are numbered; compare references with === and nothing else`,
    )
  }
}
