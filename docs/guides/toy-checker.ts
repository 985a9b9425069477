/**
 * The technique of the checker, without what makes it fast and exact. It takes systems that look at
 * states (`in`) and send events, nothing else.
 */
import type { System } from '../../checker/index.ts'

type Kind = System['kinds'][number]
type Local = Kind['initial'][number]

/** What a call does, told once: it looks or sends, and goes on; or it has ended. */
type Tree =
  | {
      readonly does: 'look'
      readonly component: number
      readonly state: string
      readonly then: Map<boolean, Tree>
    }
  | {
      readonly does: 'send'
      readonly component: number
      readonly event: { readonly type: string }
      readonly then: Map<boolean, Tree>
    }
  | { readonly does: 'end'; readonly outcome: string | null }

/** A call with all its arguments chosen, and its decision tree as far as it has grown. */
interface Call {
  readonly run: (view: object, handle: (component: number) => object) => string | null
  tree: Tree | undefined
}

/** What an exploration came to. */
export interface Explored {
  readonly states: number
  readonly transitions: number
  /** How often the code of an action ran. */
  readonly runs: number
  /** How often XState computed a step. */
  readonly steps: number
}

/** A function of two numbers and a text that computes each value once: a table. */
function table<T>(compute: (kind: number, local: number, text: string) => T) {
  const known = new Map<string, T>()
  return (kind: number, local: number, text: string): T => {
    const key = `${kind} ${local} ${text}`
    if (!known.has(key)) known.set(key, compute(kind, local, text))
    return known.get(key) as T
  }
}

/** Visits every reachable state of a system. */
export function explore(system: System): Explored {
  let runs = 0
  let steps = 0
  // Every component by its kind; every local state of a kind by a small number.
  const kindOf = system.kinds.flatMap((kind) =>
    Array.from({ length: kind.count }, () => kind.index),
  )
  const locals = system.kinds.map((): Local[] => [])
  const numbers = system.kinds.map(() => new Map<string, number>())
  const intern = (kind: number, local: Local): number => {
    const text = JSON.stringify(local)
    if (!numbers[kind].has(text)) numbers[kind].set(text, locals[kind].push(local) - 1)
    return numbers[kind].get(text) as number
  }
  // XState is asked once for each local state and event, and once for each local state and
  // question.
  const machine = (kind: number) => system.kinds[kind].machine as NonNullable<Kind['machine']>
  const isIn = table((kind, local, state) => machine(kind).matches(locals[kind][local], state))
  const after = table((kind, local, event) => {
    steps++
    const stepped = machine(kind).step(locals[kind][local], JSON.parse(event) as { type: string })
    if (stepped.kind !== 'taken') throw new Error(`the toy knows no refusals: ${event}`)
    return intern(kind, stepped.next)
  })
  const send = (now: number[], component: number, event: object) =>
    void (now[component] = after(kindOf[component], now[component], JSON.stringify(event)))

  /**
   * Runs the action's code where its tree has not grown to, and lets the tree grow there. Changes
   * `now`.
   */
  function learn(call: Call, now: number[]): string | null {
    let here = call.tree
    let hang = (tree: Tree) => void (call.tree = tree)
    const next = (made: Tree, answer: boolean) => {
      if (here === undefined) hang((here = made))
      const { then } = here as Exclude<Tree, { does: 'end' }>
      here = then.get(answer)
      hang = (tree) => void then.set(answer, tree)
    }
    const handles = kindOf.map((kind, component) => ({
      in: (state: string) => {
        const answer = isIn(kind, now[component], state)
        next({ does: 'look', component, state, then: new Map() }, answer)
        return answer
      },
      send: (event: { readonly type: string }) => {
        next({ does: 'send', component, event, then: new Map() }, true)
        send(now, component, event)
      },
    }))
    const view = system.kinds.map(({ name, base, count }) => {
      const all = handles.slice(base, base + count)
      const of = (owner: object) =>
        all[handles.indexOf(owner as never) - system.kind(name).per[0].base]
      return [
        name,
        { only: all[0], of, every: (f: never) => all.every(f), some: (f: never) => all.some(f) },
      ]
    })
    runs++
    const outcome = call.run(Object.fromEntries(view) as object, (component) => handles[component])
    hang({ does: 'end', outcome })
    return outcome
  }

  /** Makes a call by its tree alone, where the tree has grown that far. Changes `now`. */
  function make(call: Call, now: number[]): string | null {
    const before = [...now]
    let at = call.tree
    while (at !== undefined && at.does !== 'end') {
      if (at.does === 'send') send(now, at.component, at.event)
      at = at.then.get(
        at.does === 'send' || isIn(kindOf[at.component], now[at.component], at.state),
      )
    }
    return at === undefined ? learn(call, Object.assign(now, before)) : at.outcome
  }

  const calls = system.operations.flatMap(({ params, run }): Call[] => {
    let chosen: [string, number][][] = [[]]
    for (const { name, param } of params) {
      if (!('each' in param)) throw new Error(`the toy knows no parameters but each: ${name}`)
      const among = param.each.flatMap((kind) =>
        Array.from({ length: system.kind(kind).count }, (_, i) => system.kind(kind).base + i),
      )
      chosen = chosen.flatMap((args) =>
        among.map((one): [string, number][] => [...args, [name, one]]),
      )
    }
    return chosen.map((args) => ({
      run: (view, handle) =>
        run(
          Object.fromEntries(args.map(([name, one]) => [name, handle(one)])),
          view,
          undefined as never,
        ),
      tree: undefined,
    }))
  })
  const first = system.kinds.flatMap((kind) =>
    kind.initial.map((local) => intern(kind.index, local)),
  )
  const seen = new Set([first.join()])
  const queue = [first]
  let transitions = 0
  for (const state of queue)
    for (const call of calls) {
      const now = [...state]
      if (make(call, now) === null) continue
      transitions++
      if (!seen.has(now.join())) queue.push(now)
      seen.add(now.join())
    }
  return { states: queue.length, transitions, runs, steps }
}
