import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createMachine } from 'xstate'
import type { Local } from '../machine.ts'
import type { Configuration } from '../reference/view.ts'
import { refText, system, type System } from '../system.ts'
import { renamings } from '../test/orbits.ts'
import { Canon } from './canon.ts'
import { Walker } from './walker.ts'

/** A component that can refer to anything; states are made up, no event leads to them. */
const thing = (id: string) => createMachine({ id, context: { to: null, weak: null, also: [] } })

/** Two interchangeable kinds, cells of one or both of them, and one that stays. */
const made = (a: number, b: number, per: readonly ('a' | 'b')[]): System =>
  system<never>({
    kinds: {
      a: { machine: thing('a'), count: a, symmetric: true },
      b: { machine: thing('b'), count: b, symmetric: true },
      ...(per.length > 0 && { cell: { machine: thing('cell'), per } }),
      fixed: { machine: thing('fixed'), count: 1 },
    } as never,
    actions: [],
  })

const names = ({ kinds }: System): string[] =>
  kinds.flatMap(({ name, count }) => Array.from({ length: count }, (_, i) => refText(name, i)))

/** Numbers for the references of each component, taken modulo what there is to refer to. */
interface Spec {
  readonly a: number
  readonly b: number
  readonly per: readonly ('a' | 'b')[]
  readonly weaks: boolean
  readonly picks: readonly number[]
}
const spec: fc.Arbitrary<Spec> = fc.record({
  a: fc.integer({ min: 1, max: 4 }),
  b: fc.integer({ min: 1, max: 4 }),
  per: fc.constantFrom<readonly ('a' | 'b')[]>([], [], ['a'], ['a', 'b']),
  weaks: fc.boolean(),
  picks: fc.array(fc.nat({ max: 5039 }), { minLength: 3 * 25, maxLength: 3 * 25 }),
})

/**
 * How references are drawn: to anything; from each side to the other alone, so that pairs, paths
 * and cycles across both are common.
 */
const ways: Record<string, (component: string, all: readonly string[]) => readonly string[]> = {
  'any references': (_, all) => all,
  'references across': (component, all) =>
    all.filter((other) => other[0] === (component[0] === 'a' ? 'b' : 'a')),
  'references across, all there': (component, all) =>
    component[0] === 'a' || component[0] === 'b' ? ways['references across'](component, all) : [],
}

function stateOf(s: System, { weaks, picks }: Spec, way: string): Configuration {
  const all = names(s)
  const everywhere = way.endsWith('all there')
  return new Map(
    all.map((component, i): [string, Local] => {
      const targets = ways[way](component, all)
      const pick = (at: number): string | null => {
        const number = picks[(3 * i + at) % picks.length]
        if (targets.length === 0 || (!everywhere && number % 3 > 0)) return null
        return targets[Math.floor(number / 3) % targets.length]
      }
      const weak = weaks ? pick(1) : null
      const also = weaks ? [pick(2)].filter((name) => name !== null) : []
      const context = { to: pick(0), weak: weak === null ? null : `~${weak}`, also }
      return [component, { ...s.kinds[0].initial[0], context } as unknown as Local]
    }),
  )
}

/** The state as both engines' tables have it, with the canonical forms of that system. */
function tabulated(s: System) {
  const walker = new Walker(s)
  const canon = new Canon(walker)
  const intern = (state: Configuration) =>
    Int32Array.from(
      s.kinds.flatMap(({ name, count, index }) =>
        Array.from({ length: count }, (_, i) =>
          walker.tables.locals[index].intern(state.get(refText(name, i)) as Local),
        ),
      ),
    )
  return { canon, intern, form: (state: Configuration) => canon.canonical(intern(state)).join() }
}

function renamed(state: Configuration, to: ReadonlyMap<string, string>): Configuration {
  const text = JSON.stringify([...state]).replace(
    /(?<="~?)[a-z]+\[\d+\](?=")/g,
    (name) => to.get(name) ?? name,
  )
  const moved = new Map(JSON.parse(text) as [string, Local][])
  return new Map([...state.keys()].map((name) => [name, moved.get(name) as Local]))
}

const textOf = (state: Configuration) => JSON.stringify([...state])
const isRenaming = (
  state: Configuration,
  of: Configuration,
  all: readonly ReadonlyMap<string, string>[],
): boolean => all.some((names) => textOf(renamed(of, names)) === textOf(state))

describe.each(Object.keys(ways))('canonical forms, %s', (way) => {
  it('are equal for two states if and only if one is the other renamed', () => {
    fc.assert(
      fc.property(spec, spec, fc.nat(), (first, second, chosen) => {
        const s = made(first.a, first.b, first.per)
        const all = renamings(s)
        const { form } = tabulated(s)
        const one = stateOf(s, first, way)
        const same = renamed(one, all[chosen % all.length])
        // One reference drawn anew: often another orbit, with the same colours.
        const at = chosen % first.picks.length
        const picks = first.picks.with(at, second.picks[at])
        const near = stateOf(s, { ...first, picks }, way)
        const other = stateOf(s, { ...second, weaks: first.weaks }, way)
        expect(form(same)).toBe(form(one))
        for (const state of [near, other])
          expect(form(state) === form(one)).toBe(isRenaming(state, one, all))
      }),
      { numRuns: 60 },
    )
  })

  it('automorphisms leave the state as it is', () => {
    fc.assert(
      fc.property(spec, (drawn) => {
        const s = made(drawn.a, drawn.b, drawn.per)
        const { canon, intern } = tabulated(s)
        const state = stateOf(s, drawn, way)
        const all = names(s)
        for (const { to, moved } of canon.automorphisms(intern(state))) {
          expect(moved.length).toBeGreaterThan(0)
          const by = new Map(all.map((name, e) => [name, all[to[e]]]))
          expect(textOf(renamed(state, by))).toBe(textOf(state))
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('states whose components refinement does not tell apart', () => {
  /** A permutation of `a` by the lengths of its cycles, shuffled. */
  const cycles = (lengths: readonly number[], shuffle: (n: number) => readonly number[]) => {
    const n = lengths.reduce((sum, length) => sum + length, 0)
    const s = made(n, 1, [])
    const order = shuffle(n)
    const next = new Map<string, string>()
    let base = 0
    for (const length of lengths) {
      for (let i = 0; i < length; i++)
        next.set(refText('a', order[base + i]), refText('a', order[base + ((i + 1) % length)]))
      base += length
    }
    const state = new Map(
      names(s).map((name): [string, Local] => {
        const context = { to: next.get(name) ?? null, weak: null, also: [] }
        return [name, { ...s.kinds[0].initial[0], context } as unknown as Local]
      }),
    )
    return { s, state }
  }
  const shuffled = (seed: number) => (n: number) => {
    const order = Array.from({ length: n }, (_, i) => i)
    return order.sort((x, y) => (((x + 1) * seed) % 10007) - (((y + 1) * seed) % 10007))
  }
  const partitions = [
    [12],
    [6, 6],
    [4, 4, 4],
    [3, 3, 6],
    [3, 4, 5],
    [3, 3, 3, 3],
    [2, 2, 2, 2, 2, 2],
    [2, 4, 6],
    [2, 2, 3, 5],
  ]

  it('cycles of every length have one form, and different ones others', () => {
    const s = made(12, 1, [])
    const { form } = tabulated(s)
    const forms = partitions.map((lengths) => {
      const found = [3, 7, 11, 1234, 5678].map((seed) =>
        form(cycles(lengths, shuffled(seed)).state),
      )
      expect(new Set(found).size).toBe(1)
      return found[0]
    })
    expect(new Set(forms).size).toBe(partitions.length)
  })

  it('the automorphisms of cycles make all others', () => {
    for (const lengths of partitions) {
      const { s, state } = cycles(lengths, shuffled(7))
      const { canon, intern } = tabulated(s)
      const found = canon.automorphisms(intern(state))
      // Each length is an orbit of its own.
      const orbits = new Map<number, number>(Array.from({ length: 12 }, (_, e) => [e, e]))
      for (const { to } of found)
        for (let e = 0; e < 12; e++) {
          const [from, into] = [orbits.get(e), orbits.get(to[e])]
          for (const [x, orbit] of orbits) if (orbit === from) orbits.set(x, into as number)
        }
      expect(new Set(orbits.values()).size).toBe(new Set(lengths).size)
    }
  })
})
