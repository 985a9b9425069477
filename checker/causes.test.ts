import { assign } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check } from './check.ts'
import { CheckerError } from './errors.ts'
import { play, start } from './play.ts'
import { explore } from './reference/explore.ts'
import type { System } from './system.ts'
import { acting, enqueuing, go, going, judging, machineOf, things } from './test/refused.ts'

/** What user code throws; its stack says where it stands. */
const oops = new TypeError('oops')
const fails = (): never => {
  throw oops
}
const guarded = (on: object): System =>
  things(machineOf({ initial: 'here', states: { here: { on }, there: on } }), [go()])

const cases: readonly (readonly [string, () => System])[] = [
  ['a body', () => acting(fails)],
  ['a property', () => judging(fails)],
  ['an assign', () => things(going(assign(fails)), [go()])],
  ['enqueueActions', () => enqueuing(fails)],
  ['a guard', () => guarded({ go: { guard: fails, target: 'there' } })],
  [
    'a guard of always',
    () =>
      things(
        machineOf({
          initial: 'here',
          states: { here: { on: { go: 'there' } }, there: { always: { guard: fails } } },
        }),
        [go()],
      ),
  ],
]

describe('an error of user code is the cause of the one that is thrown', () => {
  it.each(cases)('%s, in both engines', async (_, make) => {
    const errors = [
      await check(make()).catch((error: unknown) => error),
      (() => {
        try {
          return explore(make())
        } catch (error) {
          return error
        }
      })(),
    ]
    for (const error of errors) {
      expect(error).toBeInstanceOf(CheckerError)
      expect((error as CheckerError).cause).toBe(oops)
    }
    expect((errors[0] as CheckerError).code).toBe((errors[1] as CheckerError).code)
  })

  it('a context', () => {
    expect.assertions(1)
    try {
      things(machineOf({ context: fails }), [go()])
    } catch (error) {
      expect((error as CheckerError).cause).toBe(oops)
    }
  })

  it('a body in a call that is played', () => {
    expect.assertions(1)
    const system = acting(fails)
    try {
      play(system, start(system), 'act', { thing: 'thing[0]' })
    } catch (error) {
      expect((error as CheckerError).cause).toBe(oops)
    }
  })
})

it('a machine that goes round is refused when a call is played, too', () => {
  const system = things(
    machineOf({
      initial: 'rest',
      states: {
        rest: { on: { go: 'a' } },
        a: { always: { guard: () => true, target: 'b' } },
        b: { always: { guard: () => true, target: 'a' } },
      },
    }),
    [go()],
  )
  const played = () => play(system, start(system), 'send-go', { thing: 'thing[0]' })
  expect(played).toThrow('CHK022')
  expect(() => explore(system)).toThrow('CHK022')
})
