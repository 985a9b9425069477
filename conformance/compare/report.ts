import { alone } from '../generate/alone.ts'
import { generationBounds } from '../generate/scopes.ts'
import type { Targets } from '../generate/targets.ts'
import { unreachable, type Unreachable } from '../generate/unreachable.ts'
import type { Conformance } from './conform.ts'
import { tableOf } from './sequences.ts'

/** How much of something was confirmed, out of what calls reach, out of what lifecycles allow. */
export interface Share {
  readonly confirmed: number
  readonly reachable: number
  readonly allowed?: number
}

/** What a comparison covered. */
export interface Coverage {
  readonly outcomes: Share
  readonly paths: Share
  readonly transitions: Share
  readonly pairs: Share
  readonly unreachable: Unreachable
}

/** What of the lifecycles a comparison has confirmed, and why the rest is out of its reach. */
export function coverageOf({ targets, confirmed }: Conformance): Coverage {
  const allowed = alone(tableOf(generationBounds.virtIds).system)
  const share = (what: keyof Targets): Share => ({
    confirmed: confirmed[what].size,
    reachable: targets[what].size,
  })
  return {
    outcomes: share('outcomes'),
    paths: share('paths'),
    transitions: { ...share('transitions'), allowed: allowed.transitions.size },
    pairs: { ...share('pairs'), allowed: allowed.pairs.size },
    unreachable: unreachable(allowed, targets),
  }
}
