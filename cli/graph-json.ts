import type { Quotient } from '../checker/index.ts'
import type { Choice } from './catalogue.ts'

/** What is told of a graph beside it. */
export interface Drawn {
  readonly choice: Choice
  /** The state graph itself, not a quotient. */
  readonly whole: boolean
  readonly version: string
}

/**
 * A graph as JSON: nodes in the order in which they were found, the first is where the system
 * starts; edges by their numbers.
 */
export function graphJson(
  { nodes, edges, states, symmetry, cut }: Quotient,
  { choice, version }: Drawn,
): string {
  const { scope, driver, settings } = choice
  return `${JSON.stringify({ version, scope, driver, settings, symmetry, states, complete: cut === null, nodes, edges }, null, 2)}\n`
}
