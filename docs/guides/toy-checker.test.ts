import { describe, expect, it } from 'vitest'
import { check } from '../../checker/index.ts'
import { twoPhaseCommit } from '../../checker/zoo/two-phase-commit.ts'
import { useAfterFree } from '../../checker/zoo/use-after-free.ts'
import { explore } from './toy-checker.ts'

describe('the toy checker', () => {
  it.each([1, 2, 3, 5])(
    'finds what the checker finds: two-phase commit, %i managers',
    async (managers) => {
      const { states, transitions } = await check(twoPhaseCommit(managers), { symmetry: false })
      expect(explore(twoPhaseCommit(managers))).toMatchObject({ states, transitions })
    },
  )

  it('runs actions and XState far less often than it makes transitions', () => {
    const { transitions, runs, steps } = explore(twoPhaseCommit(5))
    expect(transitions).toBeGreaterThan(10_000)
    expect(runs).toBeLessThan(200)
    expect(steps).toBeLessThan(20)
  })

  it('says what it does not know', () => {
    expect(() => explore(useAfterFree(1, 0, true, false))).toThrow('the toy knows no')
  })
})
