import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { Ref } from './lifecycle.ts'
import { model } from './model.ts'
import type { Property } from './property.ts'
import { explore } from './reference/explore.ts'
import { system, type System } from './system.ts'
import { seenBy, seenIn } from './test/agreement.ts'
import { the } from './the.ts'
import type { constants, unions, View } from './types.ts'

type Booking = { booked: number; next: Ref<'chair'> | null }
const counting = {
  types: { context: {} as Booking, events: {} as { type: 'book' } },
  guards: { free: ({ context }: { readonly context: Booking }) => context.booked < 2 },
}
const chair = setup(counting).createMachine({
  id: 'chair',
  context: { booked: 0, next: null },
  on: { book: { guard: 'free', actions: assign({ booked: ({ context }) => context.booked + 1 }) } },
})
const bench = setup(counting).createMachine({
  id: 'bench',
  context: { booked: 1, next: null },
  on: { book: { guard: 'free', actions: assign({ booked: ({ context }) => context.booked + 1 }) } },
})

interface Kinds {
  readonly chair: typeof chair
  readonly bench: typeof bench
  readonly [unions]: { readonly seats: 'chair' | 'bench' }
  readonly [constants]: { readonly most: number }
}
const { action, always, blocked, byKind, each } = model<Kinds>()
const book = action('book', { one: each('chair', 'bench') }, ({ one }) =>
  one.context.booked < 2 ? one.send({ type: 'book' }) : blocked(),
)

/** Two chairs that count to two, and two benches that begin at one. */
const room = (properties: readonly Property<Kinds>[], symmetric: boolean, most = 2): System =>
  system<Kinds>({
    kinds: {
      chair: { machine: chair, count: 2, symmetric },
      bench: { machine: bench, count: 2, symmetric },
    },
    unions: { seats: ['chair', 'bench'] },
    constants: { most },
    actions: [book],
    properties,
  })

/** Whether it holds in all states; both engines say the same, with symmetry and without. */
async function always_(holds: (view: View<Kinds>) => boolean, most?: number): Promise<boolean> {
  const property = always('p', { says: 'What the test says.', holds })
  const found = []
  for (const symmetry of [false, true]) {
    const report = await check(room([property], symmetry, most), { symmetry })
    expect(seenIn(report)).toEqual(seenBy(explore(room([property], symmetry, most))))
    found.push(report.properties.at(-1)?.verdict === 'proved')
  }
  expect(found[0]).toBe(found[1])
  return found[0]
}

describe('several kinds together', () => {
  it('are counted, summed and compared as one', async () => {
    expect(
      await always_(({ seats, chair, bench }) => {
        const full = seats.filter((s) => s.context.booked === 2)
        return (
          seats.count() === 4 &&
          seats.sum((s) => s.context.booked) ===
            chair.sum((s) => s.context.booked) + bench.sum((s) => s.context.booked) &&
          seats.max((s) => s.context.booked) ===
            Math.max(
              chair.max((s) => s.context.booked),
              bench.max((s) => s.context.booked),
            ) &&
          seats.min((s) => s.context.booked) ===
            Math.min(
              chair.min((s) => s.context.booked),
              bench.min((s) => s.context.booked),
            ) &&
          full.every((s) => s.context.booked === 2) &&
          full.some(() => true) === full.count() > 0 &&
          full.count((s) => s.is('bench')) === bench.count((s) => s.context.booked === 2)
        )
      }),
    ).toBe(true)
  })

  it('are distinct only if no two of different kinds are alike', async () => {
    expect(await always_(({ seats }) => !seats.distinct((s) => s.context.booked))).toBe(true)
    const own = ({ seats }: View<Kinds>) =>
      seats.distinct((s) => s) && seats.every((s) => s.context.booked <= 2)
    expect(await always_(own)).toBe(true)
    // A chair that is like a bench, though no two chairs and no two benches are alike.
    const apart = (of: 'seats' | 'each') =>
      always_((view) => {
        const some = (kind: 'chair' | 'bench') => view[kind].distinct((s) => s.context.booked)
        const alike = view.seats.distinct((s) => s.context.booked)
        return !some('chair') || !some('bench') || (of === 'each') !== alike
      })
    expect(await apart('each')).toBe(true)
    expect(await apart('seats')).toBe(false)
  })

  it('are found where one alone is meant', async () => {
    expect(
      await always_(({ seats, bench }) => {
        const full = bench.filter((b) => b.context.booked === 2)
        if (full.count() !== 1 || seats.count((s) => s.context.booked === 2) !== 1) return true
        const found = seats.find((s) => s.context.booked === 2)
        return found !== null && found.is('bench') && full.some((b) => b === found)
      }),
    ).toBe(true)
    const none = ({ seats }: View<Kinds>) => seats.find((s) => s.context.booked > 2) === null
    expect(await always_(none)).toBe(true)
  })

  it('are no place to look for the first, be it of one kind or of two', async () => {
    const first = (seats: number) =>
      always('p', {
        says: 'x',
        holds: (view) =>
          view.seats.count((s) => s.context.booked === 2) !== seats ||
          view.chair.count((s) => s.context.booked === 2) > 1 ||
          view.bench.count((s) => s.context.booked === 2) > 1 ||
          view.seats.find((s) => s.context.booked === 2) === null,
      })
    await expect(check(room([first(2)], false))).rejects.toThrow(/CHK012.*p finds several seats/)
    const any = always('p', { says: 'x', holds: ({ seats }) => seats.find(() => true) === null })
    await expect(check(room([any], false))).rejects.toThrow(/CHK012.*p finds several chair/)
  })

  it('are told apart by their kind', async () => {
    const start = { chair: () => 0, bench: () => 1 }
    expect(
      await always_(({ seats }) => seats.every((s) => s.context.booked >= byKind(s, start))),
    ).toBe(true)
  })
})

describe('a constant of the system', () => {
  it('is what the scope says', async () => {
    const few = ({ seats, most }: View<Kinds>) => seats.every((s) => s.context.booked <= most)
    expect(await always_(few)).toBe(true)
    expect(await always_(few, 1)).toBe(false)
  })

  it('has a name of its own', () => {
    const twice = { chair: { machine: chair, count: 1 }, most: { machine: bench, count: 1 } }
    expect(() => system({ kinds: twice, constants: { most: 1 }, actions: [] } as never)).toThrow(
      /CHK013.*'most'/,
    )
  })
})

describe('what is taken for granted', () => {
  it('is an error where it is null, told by who takes it', async () => {
    const next = always('next', {
      says: 'x',
      holds: ({ chair }) => chair.every((c) => the(c.context.next).context.booked > 0),
    })
    await expect(check(room([next], false))).rejects.toThrow(/CHK026.*next takes a reference/)
    const move = action('move', { one: each('chair') }, ({ one }) => {
      the(one.context.next).send({ type: 'book' })
    })
    const kinds = { chair: { machine: chair, count: 1 } }
    await expect(check(system<Kinds>({ kinds, actions: [move] }))).rejects.toThrow(
      /CHK026.*move:move takes a reference/,
    )
  })
})
