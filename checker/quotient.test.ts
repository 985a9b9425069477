import { describe, expect, it } from 'vitest'
import { everything } from './aspect.ts'
import { quotient, type Quotient } from './quotient.ts'
import { StateGraph } from './state-graph.ts'
import { philosophers } from './zoo/philosophers.ts'
import { relation } from './zoo/matrix.ts'
import { twoPhaseCommit } from './zoo/two-phase-commit.ts'

const aspect = (kind: string, field: string | null = null, instance: number | null = null) => ({
  kind,
  instance,
  field,
})
const total = ({ nodes }: Quotient) => nodes.reduce((n, node) => n + node.states, 0)

describe('the quotient', () => {
  it('by everything is the state graph', async () => {
    const system = twoPhaseCommit(3)
    const graph = new StateGraph(system)
    const edges = new Set<string>()
    for (let from = 0; from < graph.size; from++)
      for (const { to, step } of graph.successors(from))
        if (to !== from) edges.add([from, to, step.action, step.outcome].join())
    const found = await quotient(system, everything(system))
    expect(found).toMatchObject({ states: 288, symmetry: false, cut: null })
    expect(found.nodes).toHaveLength(288)
    expect(found.edges).toHaveLength(edges.size)
  })

  it('by one machine is what that machine goes through', async () => {
    const { nodes, edges } = await quotient(twoPhaseCommit(3), [aspect('coordinator')])
    expect(nodes.map((n) => n.values)).toEqual([
      { coordinator: ['init'] },
      { coordinator: ['aborted'] },
      { coordinator: ['committed'] },
    ])
    expect(edges.map(({ from, to, action }) => [from, to, action])).toEqual([
      [0, 1, 'TMAbort'],
      [0, 2, 'TMCommit'],
    ])
  })

  it('under symmetry has multisets for nodes, and states for each orbit', async () => {
    const all = await quotient(twoPhaseCommit(3), [aspect('manager')])
    expect(all).toMatchObject({ symmetry: true, states: 80 })
    expect(total(all)).toBe(80)
    const one = await quotient(twoPhaseCommit(3), [aspect('manager', null, 0)])
    expect(one).toMatchObject({ symmetry: false, states: 288 })
    expect(one.nodes.map((n) => n.values['manager[0]'][0]).sort()).toEqual([
      'aborted',
      'committed',
      'prepared',
      'working',
    ])
  })

  it('tells apart as many multisets of components declared per others as there are', async () => {
    // Cells of a relation on 2 nodes: 0 to 4 of them are one.
    expect((await quotient(relation(2), [aspect('cell')])).nodes).toHaveLength(5)
  })

  it('says what cut it short', async () => {
    const system = philosophers(5)
    const cut = await quotient(system, everything(system), { maxStates: 10 })
    expect(cut.cut).toBe('states')
    expect(cut.states).toBeGreaterThanOrEqual(10)
  })

  it.each([
    [aspect('unicorn'), /'unicorn' here; there are manager, vote, coordinator/],
    [aspect('manager', null, 3), /no manager\[3\]; there are 3/],
    [aspect('manager', 'users'), /manager has no field 'users'; it has none/],
  ])('refuses what is not there: %o', async (wrong, message) => {
    await expect(quotient(twoPhaseCommit(3), [wrong])).rejects.toThrow(message)
  })
})
