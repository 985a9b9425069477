/**
 * Every code a {@link CheckerError} can carry, with what it means and what to do. Codes are stable;
 * new ones are added, none is reused.
 */
export const errorCodes = {
  /**
   * Keep plain JSON in the context: null, booleans, finite numbers, strings, arrays, plain objects.
   */
  CHK001: 'context is not plain JSON',
  /**
   * History states and spawned actors: make them states, or events that an action sends. `after`
   * and `invoke`: name what comes of them by the words of {@link Model} of that name.
   */
  CHK002: 'machine uses a feature that cannot be checked exactly',
  /**
   * Machines may `assign` and `raise`, also in `enqueueActions`; effects belong in an action of the
   * system. `log` and `emit` can be ignored, see {@link MachineScope.ignores}.
   */
  CHK003: 'action that cannot be checked exactly',
  /** In parallel regions: a refusal must be the only transition enabled. */
  CHK004: 'refusal enabled together with a transition',
  /** Do not catch what `send` throws; use `try`, which hands the refusal back. */
  CHK005: 'user code swallowed a refusal',
  /**
   * A function came to something else when it was run again: it keeps state, or reads something but
   * its view.
   */
  CHK006: 'function is not deterministic',
  /** Actions and properties are synchronous. */
  CHK007: 'function returned a promise',
  /** The message names the machine and the event. */
  CHK008: 'assign threw',
  /** Bound the field that the message names, or raise `maxLocalStates`. */
  CHK009: 'local state space too large',
  /** Code tells apart components that are declared interchangeable, or depends on their order. */
  CHK010: 'not symmetric',
  /** The message lists the names that are there. */
  CHK011: 'name that is not there',
  /** A handle was used after its call, or for what it cannot do. */
  CHK012: 'view misused',
  /** Counts, names or parameters of a scope make no system; the message says which. */
  CHK013: 'malformed system',
  /** A guard or a function of the model threw. */
  CHK014: 'function threw',
  /** A machine that returns to its initial state must have its initial context again. */
  CHK015: 'freed slot is not as new',
  /** Use a file that `check` wrote. */
  CHK016: 'malformed trace',
  /** The model is not the one that the trace was made by. */
  CHK017: 'trace does not replay',
  /** A refusal is a whole transition: see {@link refuse}. */
  CHK018: 'refusal with a target or an action',
  /** Allow more memory. */
  CHK019: 'memory limit too small',
  /** Texts that read like a reference (`cell[0]`) would be taken for one; write them otherwise. */
  CHK020: 'text reads like a reference',
  /** A function of the checker takes something else there; the message says what. */
  CHK021: 'wrong argument',
  /** The name means something to the checker, or stands for something else already; choose another. */
  CHK022: 'reserved name',
  /** A property that no call and no state could break says nothing; give it what it is to look at. */
  CHK023: 'property that speaks of nothing',
  /**
   * Eventless transitions, or raised events, go round for ever. A cycle of them needs a guard that
   * ends it.
   */
  CHK024: 'machine never comes to rest',
  /** Take fewer parameters, or smaller kinds; the message says which action has how many. */
  CHK025: 'too many calls',
  /** Test the reference, or find out why it is null: the model says that it is not. */
  CHK026: 'reference is null',
  /** Leave it out, or say what is to be otherwise. */
  CHK027: 'changes nothing',
} as const

/** One of the stable codes of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes

/**
 * The input is at fault: a model that the checker cannot treat exactly, a name that is not there, a
 * malformed trace.
 *
 * @example
 * ```ts
 * import { CheckerError, model, system } from 'iommufd-spec/checker'
 *
 * const { action, free } = model<Record<never, never>>()
 * try {
 *   system({ kinds: {}, actions: [action('make', { as: free('lamp' as never) }, () => {})] })
 * } catch (error) {
 *   if (error instanceof CheckerError) console.log(error.code) // → CHK011
 * }
 * ```
 */
export class CheckerError extends Error {
  /** What is wrong, by its stable code. */
  readonly code: ErrorCode
  /**
   * An error with its code.
   *
   * @param code - what is wrong, one of {@link errorCodes}
   * @param message - what is wrong, where, and what to do
   * @param options - the error of user code that is behind it, as `cause`
   */
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(`${code} ${errorCodes[code]}: ${message}`, options)
    this.name = 'CheckerError'
    this.code = code
  }
}
