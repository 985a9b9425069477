import { play, start, type Moment, type System } from '../../checker/index.ts'
import { worldAt, type Binding, type World } from '../../uapi/binding/index.ts'
import { actionOf, type Call } from './call.ts'

/** What a call is to give. */
export interface Answer {
  /** `ok` or an errno. */
  readonly outcome: string
  /** Ids that it gives, by the fields that carry them. */
  readonly out: Readonly<Record<string, number>>
}

/** Scripts name values by their numbers. */
const asNumbered: World['value'] = (kind, number) => `${kind}[${number}]`

/** A call of the model with what it comes to. */
export interface Predicted extends Answer {
  readonly action: string
  readonly next: Moment
}

/** Answers the calls of a script by the model, through plain XState. */
export class Predictor {
  readonly system: System
  readonly bindings: readonly Binding[]
  readonly start: Moment

  /** @param system - a system with failures, and with more slots than calls will need */
  constructor(system: System, bindings: readonly Binding[]) {
    this.system = system
    this.bindings = bindings
    this.start = start(system)
  }

  /**
   * What a call gives at a moment when it fails at `point` (null: nowhere); null where it does not
   * come to that point, or the model does not have the call: a script that asks for more slots than
   * there are.
   */
  answer(moment: Moment, call: Call, point: string | null): Predicted | null {
    // Another open makes another context, and a mock device is of one context alone.
    const now = call.kind === 'open' ? this.start : moment
    const found = actionOf(this.bindings, call, worldAt(now, { value: asNumbered }))
    if ('outside' in found) return null
    const { action, args, binding } = found
    const canFail = this.system.operations.some(
      (op) => op.name === action && op.params.some((p) => p.name === 'fails'),
    )
    if (point !== null && !canFail) return null
    const played = play(this.system, now, action, canFail ? { ...args, fails: point } : args)
    if (played === null) return null
    const { outcome, next } = played
    const out: Record<string, number> = {}
    if (outcome === 'ok')
      for (const [field, component] of Object.entries(binding?.out ?? {}))
        out[field] = next.ids.of(component(args)) ?? 0
    return { action, outcome, out, next }
  }

  /**
   * The answers to calls made one after the other; those after one that the model does not have are
   * left out.
   */
  answers(from: Moment, calls: readonly Call[]): Predicted[] {
    const answers: Predicted[] = []
    for (const call of calls) {
      const answer = this.answer(answers.at(-1)?.next ?? from, call, null)
      if (answer === null) break
      answers.push(answer)
    }
    return answers
  }

  /** The points of failure of an action. */
  points(action: string): readonly string[] {
    return this.system.operations.find((op) => op.name === action)?.action.fails ?? []
  }
}
