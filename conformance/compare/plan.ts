import { ObjectIds, type System } from '../../checker/index.ts'
import { kindOf } from '../../checker/inspect.ts'
import { request, type Binding, type IdField } from '../../uapi/binding/index.ts'
import type { Random } from '../generate/random.ts'
import type { From, Op, Operand, Sequence } from '../../uapi/sequence.ts'
import type { Foretold, Nameless } from './foretold.ts'

/** What an operation is to give. */
export interface Expected {
  /** The errno's name, or null. */
  readonly errno: string | null
  /** Fields that the kernel may write, after the call. */
  readonly out: Readonly<Record<string, number>>
}

/** A sequence for the guest, operation by operation a call of the model, and what is expected. */
export interface Plan {
  readonly calls: readonly Foretold[]
  readonly sequence: Sequence
  readonly expected: readonly Expected[]
  /** The numbers that virtual ids stand for. */
  readonly numbers: readonly bigint[]
}

const max = (bits: bigint) => (1n << bits) - 1n
/** Numbers that no object ever gets: 0, and those beyond the kernel's limit. */
const noIds = [0, 2 ** 31, 2 ** 32 - 1]
/** Virtual ids that a guest may use, by turns: any 64 bits. */
const virtualIds: readonly (readonly bigint[])[] = [
  [1n, 2n],
  [0n, 1n],
  [max(32n), max(32n) + 1n],
  [max(64n), max(63n)],
]

/** An id of old, or of today: its number, and where it came from. */
interface Source {
  readonly number: number
  readonly from: From
}

class Planner {
  readonly ops: Op[] = []
  readonly expected: Expected[] = []
  readonly calls: Foretold[] = []
  readonly numbers: readonly bigint[]
  readonly #system: System
  readonly #bindings: ReadonlyMap<string, Binding>
  readonly #random: Random
  readonly #ids = new ObjectIds()
  readonly #sources = new Map<string, Source>()
  #fd = -1

  constructor(
    system: System,
    bindings: readonly Binding[],
    random: Random,
    numbers: readonly bigint[] = random.pick(virtualIds),
  ) {
    this.#system = system
    this.#bindings = new Map(bindings.map((b) => [b.action.name, b]))
    this.#random = random
    this.numbers = numbers
  }

  add(call: Foretold): void {
    const binding = this.#bindings.get(call.action)
    if (binding !== undefined) return this.#ioctl(call, binding)
    const opens = call.action === 'open(/dev/iommu)'
    if (!opens && call.action !== 'close(/dev/iommu)')
      throw new RangeError(`${call.action} is no ioctl`)
    if (opens) this.#fd = this.ops.length
    this.ops.push(opens ? { kind: 'open' } : { kind: 'close', fd: { from: this.#fd } })
    this.expected.push({ errno: null, out: {} })
    this.calls.push(call)
    call.effect.ids(this.#ids)
  }

  #ioctl(call: Foretold, binding: Binding): void {
    const nameless: Record<string, Nameless> = {}
    const given: Record<string, number> = {}
    const fieldOf = new Map(Object.entries(binding.ids).map(([name, field]) => [field, name]))
    const id = (component: string, field: IdField): Operand => {
      const name = fieldOf.get(field) as string
      const number = this.#ids.of(component)
      if (number !== null) {
        given[name] = number
        return this.#source(component, number)
      }
      const promised = this.#promised(call)
      // The object that the call itself is going to make: its id can be guessed.
      const own = promised.get(component)
      if (own !== undefined) return (given[name] = own)
      const stands = this.#choose(
        call.nameless?.[name],
        binding,
        name,
        component,
        new Set(promised.values()),
      )
      nameless[name] = stands
      if ('number' in stands) return (given[name] = stands.number)
      const source = this.#sources.get('stale' in stands ? stands.stale : stands.other) as Source
      given[name] = source.number
      return source.from
    }
    const number = (value: string) => this.numbers[Number(value.slice(value.indexOf('[') + 1, -1))]
    const made = request(binding, call.args, this.#system, { id, number })
    const at = this.ops.length
    this.ops.push({ kind: 'ioctl', fd: { from: this.#fd }, ...made } as Op)
    this.calls.push(Object.keys(nameless).length === 0 ? call : { ...call, nameless })
    call.effect.ids(this.#ids)
    const ok = call.outcome === 'ok'
    const out: Record<string, number> = {}
    for (const [field, component] of Object.entries(binding.out)) {
      const named = component(call.args)
      const now = ok ? this.#ids.of(named) : null
      // What fails writes nothing.
      out[field] = now ?? given[field] ?? 0
      if (now !== null) this.#sources.set(named, { number: now, from: { from: at, field } })
    }
    this.expected.push({ errno: ok ? null : call.outcome, out })
  }

  #source(component: string, number: number): Operand {
    const source = this.#sources.get(component)
    return source?.number === number ? source.from : number
  }

  /** The ids that objects are going to get in the course of a call. */
  #promised({ effect }: Foretold): ReadonlyMap<string, number> {
    const ids = this.#ids.copy()
    for (const name of effect.takes) ids.take(name)
    return new Map(effect.takes.map((name) => [name, ids.of(name) as number]))
  }

  /**
   * What stands for an id that names nothing, not even in the course of the call; if need be
   * another than was asked for.
   */
  #choose(
    wanted: Nameless | undefined,
    binding: Binding,
    name: string,
    component: string,
    promised: ReadonlySet<number>,
  ): Nameless {
    const taken = new Set([...this.#ids.now().values(), ...promised])
    const isStale = (c: string) =>
      this.#sources.has(c) && !taken.has((this.#sources.get(c) as Source).number)
    const { param, others } = binding.ids[name]
    const accepts = binding.action.params[param]
    const isOther = (c: string) => {
      const now = this.#ids.of(c)
      const wrong = 'each' in accepts && !accepts.each.includes(kindOf(c))
      return others === 'unnamed' && wrong && now !== null && this.#sources.get(c)?.number === now
    }
    const never = { number: noIds[binding.nonzero.includes(name) ? 1 : 0] }
    if (wanted !== undefined) {
      const holds =
        'number' in wanted || ('stale' in wanted ? isStale(wanted.stale) : isOther(wanted.other))
      return holds ? wanted : never
    }
    const stale: Nameless[] = [...this.#sources.keys()].filter(isStale).map((c) => ({ stale: c }))
    const own = stale.filter((s) => 'stale' in s && s.stale === component)
    const other: Nameless[] = [...this.#sources.keys()].filter(isOther).map((c) => ({ other: c }))
    const numbers: Nameless[] = noIds
      .filter((n) => n !== 0 || !binding.nonzero.includes(name))
      .map((n) => ({ number: n }))
    return this.#random.pick(
      this.#random.pick([numbers, own, stale, other].filter((list) => list.length > 0)),
    )
  }
}

/**
 * Makes a sequence of ioctls from calls. Objects are named by what the kernel gave them; where an
 * argument has no id, what stands for it is drawn, unless the call says it. `numbers` are the
 * virtual ids, drawn where they are left out.
 */
export function planOf(
  system: System,
  bindings: readonly Binding[],
  calls: readonly Foretold[],
  random: Random,
  numbers?: readonly bigint[],
): Plan {
  const planner = new Planner(system, bindings, random, numbers)
  for (const call of calls) planner.add(call)
  return {
    calls: planner.calls,
    sequence: planner.ops,
    expected: planner.expected,
    numbers: planner.numbers,
  }
}
