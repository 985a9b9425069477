import { play, type Moment, type Taken } from '../checker/index.ts'
import type { ModelCall } from '../uapi/binding/index.ts'
import { errnoName } from '../uapi/errno.ts'
import { number } from './fields.ts'
import type { Call } from './history.ts'
import type { LogValue } from './log-line.ts'
import type { World } from './world.ts'

/** One answer that the model allows. */
export interface Answer {
  /** `ok`, or an errno. */
  readonly outcome: string
  /** The ids that a successful call tells, by field. */
  readonly out: Readonly<Record<string, number | null>>
  /** The point of failure that gives this answer; null for none. */
  readonly fails: string | null
  readonly next: Moment
  readonly taken: readonly Taken[]
}

/** The answer that was logged: `ok`, or the errno's name. */
export const answerOf = ({ ret, errno }: Call): string =>
  ret >= 0 ? 'ok' : (errnoName(errno) ?? `errno ${errno}`)

/**
 * The answer to a call without a failure, and then one for each failure that the call can come to.
 */
export function* answers(
  { binding, args }: ModelCall,
  { system, moment }: World,
): Generator<Answer> {
  const { action, out } = binding
  for (const fails of [null, ...action.fails]) {
    const played = play(
      system,
      moment,
      action.name,
      action.fails.length === 0 ? args : { ...args, fails },
    )
    if (played === null) continue
    const { outcome, next, taken } = played
    const told =
      outcome === 'ok'
        ? Object.entries(out).map(([field, of]) => [field, next.ids.of(of(args))] as const)
        : []
    yield { outcome, out: Object.fromEntries(told), fails, next, taken }
  }
}

/** Whether a logged answer is this one, ids included as far as they were logged. */
export const isAnswer = (
  answer: Answer,
  logged: string,
  out: Readonly<Record<string, LogValue>>,
): boolean =>
  answer.outcome === logged &&
  Object.entries(answer.out).every(([field, id]) => !(field in out) || number(out, field) === id)

/** The ids of an answer that were not logged. */
export const unlogged = (answer: Answer, out: Readonly<Record<string, LogValue>>): string[] =>
  Object.keys(answer.out).filter((field) => !(field in out))

/** An answer in words: `ok, out_hwpt_id 5`. */
export const answerText = ({ outcome, out }: Pick<Answer, 'outcome' | 'out'>): string =>
  [outcome, ...Object.entries(out).map(([field, id]) => `${field} ${id}`)].join(', ')
