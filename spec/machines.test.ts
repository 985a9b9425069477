import { describe, expect, it } from 'vitest'
import type { AnyStateNode, AnyTransitionDefinition } from 'xstate'
import { wordsOf } from '../checker/lifecycle.ts'
import { machines } from './machines.ts'

function* nodes(node: AnyStateNode): Generator<AnyStateNode> {
  yield node
  for (const child of Object.values(node.states) as AnyStateNode[]) yield* nodes(child)
}

function* transitions(root: AnyStateNode): Generator<readonly [string, AnyTransitionDefinition]> {
  for (const node of nodes(root))
    for (const [event, list] of node.transitions)
      for (const [i, t] of list.entries()) yield [`${[...node.path, event].join('.')}[${i}]`, t]
}

describe.each(Object.entries(machines))('%s', (_, machine) => {
  const all = [...transitions(machine.root as AnyStateNode)]

  it('describes every transition and names its kernel function', () => {
    const silent = all.filter(
      ([, t]) =>
        !t.description || typeof (t.meta as { kernel?: string } | undefined)?.kernel !== 'string',
    )
    expect(silent.map(([name]) => name)).toEqual([])
  })

  it('has no guard without a name', () => {
    expect(
      all
        .filter(([, t]) => t.guard !== undefined && typeof t.guard !== 'string')
        .map(([name]) => name),
    ).toEqual([])
  })

  it('has words for every guard', () => {
    const guards = machine.implementations.guards as Record<string, { [wordsOf]?: string }>
    expect(Object.keys(guards).filter((name) => !guards[name][wordsOf])).toEqual([])
  })

  it('uses every guard or leaves it to all objects', () => {
    const used = new Set(all.map(([, t]) => t.guard))
    const unused = Object.keys(machine.implementations.guards).filter((name) => !used.has(name))
    expect(unused).toEqual([])
  })
})
