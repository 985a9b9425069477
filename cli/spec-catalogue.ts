import type { Catalogue } from './catalogue.ts'
import { twoPhaseCommit } from '../checker/zoo/two-phase-commit.ts'

/** Stands in until the specification has scopes: the commit protocol of the checker's zoo. */
export const catalogue: Catalogue = {
  scopes: ['two-phase-commit'],
  drivers: ['none'],
  defaults: [{ scope: 'two-phase-commit', driver: 'none' }],
  settings: () => ({ managers: 4 }),
  build: ({ settings }) => twoPhaseCommit((settings['managers'] as number | undefined) ?? 4),
  findings: () => [],
}
