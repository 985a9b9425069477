import type { Call } from '../reference/engine.ts'
import { starts, type Start } from '../starts.ts'
import type { Instance } from './instances.ts'
import { blockedEnding, callOf } from './runner.ts'
import type { Search } from './search.ts'

/** How a stored state is come to. */
export interface Way {
  readonly start: Start
  readonly calls: readonly Call[]
}

/**
 * The calls that lead from an initial state to a stored state. Under symmetry stored states are
 * canonical forms; the calls are of a real run: from each real state one is chosen whose result has
 * the next canonical form.
 */
export function wayTo(search: Search, state: number): Way {
  const { store, walker } = search
  const chain: number[] = []
  let root = state
  for (; store.states.predecessor(root) >= 0; root = store.states.predecessor(root))
    chain.unshift(root)
  const wanted = new Int32Array(store.layout.words)
  store.states.load(root, wanted)
  const start = startedIn(search, wanted)
  const calls = chain.map((next) => {
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
  return { start, calls }
}

/** The first start that the packed state stands for; it is at hand then. */
function startedIn(search: Search, wanted: Int32Array): Start {
  for (const start of starts(search.system)) {
    search.walker.put(start.state)
    if (isAtHand(search, wanted)) return start
  }
  throw new Error('a stored state has lost the start that led to it')
}

/** Whether the packed state is the one at hand, or its canonical form. */
function isAtHand({ canon, store, walker }: Search, wanted: Int32Array): boolean {
  const locals = canon === null ? walker.now : canon.canonical(walker.now)
  const packed = new Int32Array(wanted.length)
  store.layout.pack(locals, packed)
  return packed.every((word, w) => word === wanted[w])
}

/**
 * Whether the call leads from the state at hand to the packed state; if so it has been done, else
 * nothing has.
 */
function leadsTo(search: Search, instance: Instance, wanted: Int32Array): boolean {
  const { walker, runner } = search
  const ending = runner.follow(instance)
  if (
    ending !== blockedEnding &&
    runner.endings[ending].broken === null &&
    walker.hasChanged() &&
    isAtHand(search, wanted)
  )
    return true
  walker.rollback(0)
  return false
}
