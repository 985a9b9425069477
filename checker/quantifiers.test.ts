import { assign, setup } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import type { Ref } from './lifecycle.ts'
import { model } from './model.ts'
import { explore } from './reference/explore.ts'
import { system, type System } from './system.ts'
import { seenBy, seenIn } from './test/agreement.ts'
import type { Property } from './property.ts'

const seat = setup({
  types: {
    context: {} as { booked: number; guest: Ref<'guest'> | null; label: string },
    events: {} as { type: 'book' } | { type: 'seat'; guest: Ref<'guest'> },
  },
}).createMachine({
  id: 'seat',
  context: { booked: 0, guest: null, label: 'x' },
  on: {
    book: {
      guard: ({ context }) => context.booked < 2,
      actions: assign({ booked: ({ context }) => context.booked + 1 }),
    },
    seat: { actions: assign({ guest: ({ event }) => event.guest }) },
  },
})
const guest = setup({}).createMachine({ id: 'guest' })

interface Kinds {
  readonly seat: typeof seat
  readonly guest: typeof guest
}
const { action, always, cover, each, blocked, stepProperty } = model<Kinds>()

const book = action('book', { one: each('seat') }, ({ one }) =>
  one.context.booked < 2 ? one.send({ type: 'book' }) : blocked(),
)
const take = action('take', { one: each('seat'), guest: each('guest') }, ({ one, guest }) =>
  one.send({ type: 'seat', guest }),
)

/** Three seats that count to two, and two guests. */
const seats = (
  properties: readonly Property<Kinds>[],
  symmetric = false,
  actions = [book],
): System =>
  system<Kinds>({
    kinds: {
      guest: { machine: guest, count: 2, symmetric },
      seat: { machine: seat, count: 3, symmetric },
    },
    actions,
    properties,
  })

const verdict = async (one: Property<Kinds>, actions = [book]) => {
  const found = []
  for (const symmetry of [false, true]) {
    const report = await check(seats([one], symmetry, actions as never), { symmetry })
    expect(seenIn(report)).toEqual(seenBy(explore(seats([one], symmetry, actions as never))))
    found.push(report.properties.at(-1)?.verdict)
  }
  expect(found[0]).toBe(found[1])
  return found[0]
}
const holds = (property: (view: Parameters<Parameters<typeof always>[1]['holds']>[0]) => boolean) =>
  always('p', { says: 'What the test says.', holds: property as never })

describe('what can be asked of several', () => {
  it('sum: 27 states, of which 10 have more than 3 booked', async () => {
    expect(await verdict(holds(({ seat }) => seat.sum((s) => s.context.booked) <= 6))).toBe(
      'proved',
    )
    expect(await verdict(holds(({ seat }) => seat.sum((s) => s.context.booked) <= 5))).toBe(
      'violated',
    )
    const { states } = await check(seats([]))
    expect(states).toBe(27)
  })

  it('max and min; of none they are infinite', async () => {
    expect(await verdict(holds(({ seat }) => seat.max((s) => s.context.booked) <= 2))).toBe(
      'proved',
    )
    expect(await verdict(holds(({ seat }) => seat.max((s) => s.context.booked) < 2))).toBe(
      'violated',
    )
    expect(await verdict(holds(({ seat }) => seat.min((s) => s.context.booked) < 2))).toBe(
      'violated',
    )
    const none = (v: 'max' | 'min') =>
      holds(({ seat }) => Number.isFinite(seat.filter(() => false)[v]((s) => s.context.booked)))
    expect(await verdict(none('max'))).toBe('violated')
    expect(await verdict(none('min'))).toBe('violated')
  })

  it('filter narrows each of the others, and can be narrowed again', async () => {
    expect(
      await verdict(
        holds(({ seat }) => {
          const some = seat.filter((s) => s.context.booked > 0)
          const full = some.filter((s) => s.context.booked === 2)
          return (
            some.count() === seat.count((s) => s.context.booked > 0) &&
            full.sum((s) => s.context.booked) === 2 * full.count() &&
            full.every((s) => s.context.booked === 2) &&
            !full.some((s) => s.context.booked === 1) &&
            (full.count() === 0 || full.max((s) => s.context.booked) === 2)
          )
        }),
      ),
    ).toBe('proved')
  })

  it('distinct: of numbers and of handles', async () => {
    expect(await verdict(holds(({ seat }) => seat.distinct((s) => s.context.booked)))).toBe(
      'violated',
    )
    expect(
      await verdict(
        cover('p', { says: '', holds: ({ seat }) => seat.distinct((s) => s.context.booked) }),
      ),
    ).toBe('covered')
    // Three seats, two guests: nobody else sits twice.
    const alone = holds(({ seat }) =>
      seat.filter((s) => s.context.guest !== null).distinct((s) => s.context.guest),
    )
    expect(await verdict(alone, [take] as never)).toBe('violated')
    const all = cover('p', {
      says: '',
      holds: ({ seat }) => seat.distinct((s) => s.context.guest) && seat.count() === 3,
    })
    expect(await verdict(all, [take] as never)).toBe('covered')
  })

  it('find: the one, none, and a refusal where there are several', async () => {
    const only = holds(({ seat }) => {
      if (seat.count((s) => s.context.booked === 2) > 1) return true
      const full = seat.find((s) => s.context.booked === 2)
      return full === null
        ? seat.every((s) => s.context.booked < 2)
        : full.context.booked === 2 && seat.count((s) => s !== full && s.context.booked === 2) === 0
    })
    expect(await verdict(only)).toBe('proved')
    const several = holds(({ seat }) => seat.find((s) => s.context.booked === 2) === null || true)
    await expect(check(seats([several]))).rejects.toMatchObject({ code: 'CHK012' })
  })

  it('in bodies: a found component can be sent to', async () => {
    const fill = action('fill', {}, (_, { seat }) => {
      const open = seat.filter((s) => s.context.booked < 2)
      const least = open.min((s) => s.context.booked)
      if (open.count((s) => s.context.booked === least) !== 1) return blocked()
      open.find((s) => s.context.booked === least)?.send({ type: 'book' })
    })
    const balanced = always('p', {
      says: 'No seat is two ahead.',
      holds: ({ seat }) =>
        seat.max((s) => s.context.booked) - seat.min((s) => s.context.booked) < 2,
    })
    expect(await verdict(balanced, [book, fill] as never)).toBe('violated')
    expect(await verdict(balanced, [fill] as never)).toBe('proved')
  })

  it('in properties of calls: before and after', async () => {
    const more = stepProperty('p', {
      says: 'A booking books one.',
      on: [book],
      holds: ({ before, after }) =>
        after.seat.sum((s) => s.context.booked) === before.seat.sum((s) => s.context.booked) + 1,
    })
    expect(await verdict(more as never)).toBe('proved')
  })

  it('filter before forEach asks each when its turn comes', async () => {
    const all = action('all', {}, (_, { seat }) =>
      seat.filter((s) => s.context.booked === 0).forEach((s) => s.send({ type: 'book' })),
    )
    const even = always('p', {
      says: 'All are booked alike.',
      holds: ({ seat }) => seat.max((s) => s.context.booked) === seat.min((s) => s.context.booked),
    })
    expect(await verdict(even, [all] as never)).toBe('proved')
  })
})

describe('state that is hidden from the looks', () => {
  const hidden: [string, Property<Kinds>][] = [
    [
      'a sum in a predicate',
      holds(({ seat }) => {
        let sum = 0
        seat.every((s) => {
          sum += s.context.booked
          return true
        })
        return sum <= 3
      }),
    ],
    [
      'a greatest in a predicate',
      holds(({ seat }) => {
        let most = 0
        seat.some((s) => {
          most = Math.max(most, s.context.booked)
          return false
        })
        return most < 2
      }),
    ],
    [
      'one that is found on the side',
      holds(({ seat }) => {
        let found = 0
        seat.count((s) => {
          if (s.context.booked === 2) found++
          return true
        })
        return found === 0
      }),
    ],
    [
      'a list of what was seen',
      holds(({ seat }) => {
        const seen: number[] = []
        seat.every((s) => seen.push(s.context.booked) > 0)
        return new Set(seen).size < 3
      }),
    ],
  ]
  it.each(hidden)('%s is refused', async (_, property) => {
    await expect(check(seats([property]))).rejects.toMatchObject({ code: 'CHK006' })
  })

  it('a sum in a body is refused', async () => {
    const sly = action('sly', { one: each('seat') }, ({ one }, { seat }) => {
      let sum = 0
      seat.every((s) => {
        sum += s.context.booked
        return true
      })
      return sum < 4 && one.context.booked < 2 ? one.send({ type: 'book' }) : blocked()
    })
    await expect(check(seats([], false, [sly] as never))).rejects.toMatchObject({ code: 'CHK006' })
  })
})
