import { describe, expect, it } from 'vitest'
import { play, start, type Moment } from './play.ts'
import { explore } from './reference/explore.ts'
import { StateGraph } from './state-graph.ts'
import type { System } from './system.ts'
import { leak } from './zoo/leak.ts'
import { philosophers } from './zoo/philosophers.ts'
import { twoPhaseCommit } from './zoo/two-phase-commit.ts'
import { useAfterFree } from './zoo/use-after-free.ts'

const systems: readonly (readonly [string, () => System])[] = [
  ['two-phase commit', () => twoPhaseCommit(3)],
  ['philosophers', () => philosophers(4)],
  ['a leak', () => leak(2, false)],
  ['a use after free', () => useAfterFree(2, 2, false, true)],
]

/** All states and edges. */
function whole(graph: StateGraph) {
  let transitions = 0
  let refusals = 0
  for (let state = 0; state < graph.size; state++)
    for (const { commits, step } of graph.successors(state)) {
      if (commits) transitions++
      else if (step.outcome !== 'unaccepted') refusals++
    }
  return { states: graph.size, transitions, refusals }
}

describe.each(systems)('the state graph of %s', (_, make) => {
  it('has the states, transitions and refusals that the reference engine finds', () => {
    const { states, transitions, refusals } = explore(make())
    expect(whole(new StateGraph(make()))).toEqual({ states, transitions, refusals })
  })

  it('has edges that plain XState takes to the same configurations, each machine by transitions that it has', () => {
    const system = make()
    const graph = new StateGraph(system)
    const moments = new Map<number, Moment>([[0, start(system)]])
    for (let state = 0; state < Math.min(graph.size, 60); state++)
      for (const { step, to } of graph.successors(state)) {
        const from = moments.get(state) as Moment
        const played = play(system, from, step.action, step.args)
        expect(played?.outcome).toBe(step.outcome)
        if (played === null || played.outcome === 'unaccepted') continue
        expect(played.next.state).toEqual(graph.configuration(to))
        for (const { component } of played.taken) expect(from.state.has(component)).toBe(true)
        if (played.changed) expect(played.taken.length).toBeGreaterThan(0)
        if (!moments.has(to)) moments.set(to, played.next)
      }
  })
})

it('an action that a system does not have is told', () => {
  const system = philosophers(2)
  expect(() => play(system, start(system), 'dine', {})).toThrow(/CHK016 .*dine is no action/)
})
