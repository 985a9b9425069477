import type { Catalogue } from '../catalogue.ts'
import { CliError, notAmong } from '../errors.ts'
import { boundedCounter } from '../../checker/zoo/counter.ts'
import { twoLocks } from '../../checker/zoo/two-locks.ts'
import { twoPhaseCommit } from '../../checker/zoo/two-phase-commit.ts'
import { useAfterFree } from '../../checker/zoo/use-after-free.ts'
import type { System } from '../../checker/index.ts'

const scopes: { readonly [scope: string]: (driver: string, n: number) => System } = {
  commit: (_, n) => twoPhaseCommit(n),
  counter: (_, n) => boundedCounter(n, 2),
  locks: (driver, n) => twoLocks(driver === 'right', n),
  objects: (driver, n) => useAfterFree(n, 0, true, driver === 'right'),
}

/** Systems of the zoo as a catalogue: `right` keeps the rules, `wrong` breaks one. */
export const zooCatalogue: Catalogue = {
  scopes: Object.keys(scopes),
  drivers: ['right', 'wrong'],
  defaults: [
    { scope: 'commit', driver: 'right' },
    { scope: 'locks', driver: 'right' },
  ],
  proposals: ['one-more'],
  proposing: (name) =>
    name === 'one-more'
      ? Promise.resolve({
          ...zooCatalogue,
          build: ({ scope, driver, settings }) => scopes[scope](driver, (settings['n'] ?? 2) + 1),
        })
      : Promise.reject(new CliError('CLI011', notAmong(name, ['one-more']))),
  settings: () => ({ n: 2, deep: 0 }),
  build: ({ scope, driver, settings }) => scopes[scope](driver, settings['n'] ?? 2),
  findings: ({ scope, settings }) => (scope === 'counter' && settings['deep'] !== 1 ? ['low'] : []),
}
