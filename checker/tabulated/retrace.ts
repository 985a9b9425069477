import type { Call } from '../reference/engine.ts'
import type { Instance } from './instances.ts'
import { blockedEnding, callOf } from './runner.ts'
import type { Search } from './search.ts'

/**
 * The calls that lead from the initial state to a stored state. Under symmetry stored states are
 * canonical forms; the calls are of a real run: from each real state one is chosen whose result has
 * the next canonical form.
 */
export function callsTo(search: Search, state: number): Call[] {
  const { store, walker, system } = search
  const chain: number[] = []
  for (let at = state; store.states.predecessor(at) >= 0; at = store.states.predecessor(at))
    chain.unshift(at)
  for (const kind of system.kinds)
    for (const [i, local] of kind.initial.entries())
      walker.now[kind.base + i] = walker.tables.locals[kind.index].intern(local)
  const wanted = new Int32Array(store.layout.words)
  return chain.map((next) => {
    store.states.load(next, wanted)
    walker.before.set(walker.now)
    walker.writes = 0
    search.slots.update()
    const instance = search.instances.find(
      (i) => search.slots.allow(i) && leadsTo(search, i, wanted),
    )
    if (instance === undefined) throw new Error('a stored state has lost the call that led to it')
    return callOf(walker, instance)
  })
}

/**
 * Whether the call leads from the state at hand to the packed state; if so it has been done, else
 * nothing has.
 */
function leadsTo(search: Search, instance: Instance, wanted: Int32Array): boolean {
  const { walker, runner, store } = search
  const ending = runner.follow(instance)
  if (ending !== blockedEnding && runner.endings[ending].broken === null && walker.hasChanged()) {
    const locals = search.canon === null ? walker.now : search.canon.canonical(walker.now)
    const packed = new Int32Array(wanted.length)
    store.layout.pack(locals, packed)
    if (packed.every((word, w) => word === wanted[w])) return true
  }
  walker.rollback(0)
  return false
}
