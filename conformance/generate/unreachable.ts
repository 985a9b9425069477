import type { Alone } from './alone.ts'
import type { Targets } from './targets.ts'

/**
 * Why a transition that its lifecycle allows is not taken by calls on mock devices; the first rule
 * that fits counts.
 */
export const whyUnreachable: readonly { readonly transition: RegExp; readonly why: string }[] = [
  {
    transition: /^group: group\.(kernel|other)\.|\.(use|claimOther)\[0\]$/,
    why: 'the group of a mock device is out of reach of kernel drivers and of other owners',
  },
  {
    transition: /^group: group\.iommufd\.(claim|release)\[0\]$/,
    why: 'a mock device has a group of its own',
  },
  {
    transition: /^group: group\.iommufd\.attach\[1\]$/,
    why: 'a new mock device is attached to nothing',
  },
  {
    transition:
      /\.reserved\.(lookup|remove)\[0\]$|\.removing\.(lookup|remove|tryInc|wake)\[0\]$|\.live\.lookup\[1\]$|\.drain\[1\]$|^iopfRwsem: mutex\.held\.acquire/,
    why: 'calls do not overlap: another would have to come in between',
  },
  { transition: /\.reserved\.(abort|dec)\[0\]$/, why: 'these sequences inject no failures' },
  {
    transition: /\.reserved\.inc\[0\]$/,
    why: 'nobody else uses an object of this kind before it can be looked up',
  },
  {
    transition: /^device: device\.removing\.drain\[0\]$/,
    why: 'a device is waited for while it still has its id',
  },
  {
    transition: /^hwptAuto: hwptPaging\.live\.release\[0\]$/,
    why: 'it goes with the last attachment to it',
  },
  { transition: /^device: device\.live\.remove\[0\]$/, why: 'the test object holds its device' },
  {
    transition: /^(vdevice|selftest): \w+\.live\.(inc\[0\]|remove\[1\])$/,
    why: 'nothing keeps an object of this kind beyond a call',
  },
]

/** The reason of a transition, or null where no rule has one. */
export const reasonOf = (transition: string): string | null =>
  whyUnreachable.find((rule) => rule.transition.test(transition))?.why ?? null

/** What lifecycles allow and no call reaches. */
export interface Unreachable {
  readonly transitions: readonly { readonly transition: string; readonly why: string | null }[]
  /** Pairs with such a transition. */
  readonly pairsOfThose: number
  /**
   * Pairs of reachable transitions that never follow each other, as whole calls send what they send
   * in one order.
   */
  readonly pairsNeverInOrder: number
}

/** What is left of the lifecycles alone when everything that calls reach is taken away. */
export function unreachable(
  alone: Alone,
  reached: Pick<Targets, 'transitions' | 'pairs'>,
): Unreachable {
  const never = new Set(
    [...alone.transitions].filter((transition) => !reached.transitions.has(transition)),
  )
  const pairs = [...alone.pairs].filter((pair) => !reached.pairs.has(pair))
  const ofThose = pairs.filter((pair) => {
    const [kind, both] = pair.split(': ')
    return both.split(', ').some((transition) => never.has(`${kind}: ${transition}`))
  })
  return {
    transitions: [...never].map((transition) => ({ transition, why: reasonOf(transition) })),
    pairsOfThose: ofThose.length,
    pairsNeverInOrder: pairs.length - ofThose.length,
  }
}
