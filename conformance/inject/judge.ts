import type { Moment } from '../../checker/index.ts'
import type { OpResult, SequenceResult } from '../runner/result.ts'
import { splats } from '../runner/kmsg.ts'
import { withoutNames, type Call } from './call.ts'
import type { Case } from './cases.ts'
import { exclusions } from './exclusions.ts'
import { lookUp, pointOf, readingArguments } from './points.ts'
import type { Answer, Predicted, Predictor } from './predict.ts'
import { siteOf, type Site } from './site.ts'
import { revealing } from './tail.ts'

/**
 * What became of an injected failure, and of the calls after it. `agrees`: the model has it, with
 * the same errno and the same answers to all that follows; `tolerated`: the call ended as it does
 * without; `arguments`: it could not read its arguments and did nothing; `unnamed`: it ended as if
 * an id named nothing; `excluded`: the model leaves it out for a reason that is on record, and it
 * left no trace; `lacking`: the same without a reason; `differs`: it, or a call after it, ended
 * other than the model says; `warned`: the kernel complained.
 */
export type Verdict =
  'agrees' | 'tolerated' | 'arguments' | 'unnamed' | 'excluded' | 'lacking' | 'differs' | 'warned'

/** Verdicts that say that the kernel and the model are not at one. */
export const disagreements: readonly Verdict[] = ['lacking', 'differs', 'warned']

/** A failure that was injected into a call. */
export interface Injection {
  /** The step of the call that failed, from 1. */
  readonly nth: number
  readonly outcome: string
  readonly site: Site | null
  /** The point of failure of the model. */
  readonly point: string | null
  readonly verdict: Verdict
  /** What does not fit, in words. */
  readonly detail: string | null
}

const outcomeOf = (result: OpResult) => result.errno ?? 'ok'

/** A case as it is run: its calls, those that reveal a trace, and what the model says of them. */
export class Trial {
  readonly of: Case
  /** The case's calls, then those that reveal a trace. */
  readonly calls: readonly Call[]
  /** The place of the call into which failures are injected. */
  readonly at: number
  /** The points of failure that the model comes to in the call. */
  readonly points: ReadonlySet<string>
  readonly #predictor: Predictor
  readonly #prefix: readonly Predicted[]
  readonly #before: Moment
  /** How the call ends where one of its ids names nothing. */
  readonly #unnamed: ReadonlySet<string>
  readonly #known = new Map<string, readonly Answer[] | null>()

  constructor(of: Case, predictor: Predictor) {
    const call = of.calls[of.calls.length - 1]
    this.of = of
    this.#predictor = predictor
    this.#prefix = predictor.answers(predictor.start, of.calls.slice(0, -1))
    this.#before = this.#prefix.at(-1)?.next ?? predictor.start
    this.at = of.calls.length - 1
    this.calls = [...of.calls, ...revealing(predictor, this.#before, call)]
    this.points = new Set(
      predictor
        .points(of.action)
        .filter((point) => predictor.answer(this.#before, call, point) !== null),
    )
    const others = withoutNames(call, predictor.bindings).map(
      (other) => predictor.answer(this.#before, other, null)?.outcome,
    )
    this.#unnamed = new Set(others.filter((outcome) => outcome !== undefined))
  }

  /**
   * What becomes of the `nth` failure, from results of {@link calls}; null where the call has fewer
   * steps that can fail.
   */
  judge(nth: number, { status, results, messages }: SequenceResult): Injection | null {
    const result = results[this.at]
    const site = siteOf(messages)
    const told = (
      verdict: Verdict,
      point: string | null,
      detail: string | null = null,
    ): Injection => ({
      ...{
        nth,
        outcome: result === undefined ? status : outcomeOf(result),
        site,
        point,
        verdict,
        detail,
      },
    })
    const wrong = splats(messages)
    if (status !== 'done' || wrong.length > 0) return told('warned', null, wrong[0]?.text ?? status)
    const untouched = this.#misfit(this.#answers(null, outcomeOf(result)), results)
    if (!result.injected) return untouched === null ? null : told('differs', null, untouched)
    if (untouched === null) return told('tolerated', null)
    const point = site === null ? null : pointOf(site)
    const traceless = this.#misfit(this.#answers('', outcomeOf(result)), results)
    if (point === readingArguments)
      return told(traceless === null ? 'arguments' : 'differs', null, traceless)
    if (point === lookUp)
      return this.#unnamed.has(outcomeOf(result)) && traceless === null
        ? told('unnamed', null)
        : told('differs', point, traceless)
    const candidates =
      site === null ? [...this.points] : point !== null && this.points.has(point) ? [point] : []
    const misfits = candidates.map((one) =>
      this.#misfit(this.#answers(one, outcomeOf(result)), results),
    )
    const fits = misfits.indexOf(null)
    if (fits >= 0) return told('agrees', candidates[fits])
    const reason = exclusions.find((e) => e.point === point && e.outcome === outcomeOf(result))
    if (reason !== undefined && (traceless === null || reason.leaves !== undefined))
      return told('excluded', point, reason.why)
    const here = site !== null && misfits.length > 0
    return traceless === null && !here
      ? told('lacking', point)
      : told('differs', point, misfits[0] ?? traceless)
  }

  /**
   * Answers to the call that fails at a point, and to what follows; '' for a failure that the model
   * does not have, which changes nothing.
   */
  #answers(point: string | null, outcome: string): readonly Answer[] | null {
    const key = point === '' ? ` ${outcome}` : (point ?? '')
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const call = this.calls[this.at]
    const failed =
      point === ''
        ? { outcome, out: {}, next: this.#before }
        : this.#predictor.answer(this.#before, call, point)
    const answers =
      failed === null
        ? null
        : [
            ...this.#prefix,
            failed,
            ...this.#predictor.answers(failed.next, this.calls.slice(this.at + 1)),
          ]
    this.#known.set(key, answers)
    return answers
  }

  /** The first call whose result is not the model's answer, in words; null where all agree. */
  #misfit(answers: readonly Answer[] | null, results: readonly OpResult[]): string | null {
    if (answers === null) return 'the model does not come to this point of failure here'
    for (const [i, call] of this.calls.entries()) {
      const answer = answers[i]
      const result = results[i]
      const name = `call ${i + 1}, ${call.kind === 'ioctl' ? (call.request.op ?? call.request.ioctl) : call.kind}`
      if (answer === undefined) return `${name}: the model has too few slots`
      if (outcomeOf(result) !== answer.outcome)
        return `${name}: the kernel gives ${outcomeOf(result)}, the model ${answer.outcome}`
      for (const [field, id] of Object.entries(answer.out))
        if (result.out[field] !== id)
          return `${name}: ${field} is ${String(result.out[field])} in the kernel, ${id} in the model`
    }
    return null
  }
}
