import type { Generated } from '../compare/sequences.ts'
import type { SequenceResult } from '../runner/result.ts'
import { answersOf, type Answer } from './answers.ts'

/** Random walks that are kept beside the sequences that cover. */
const walksKept = 15

/** Keeps the answers to what covers, and to the first walks. */
export class AnswerRecorder {
  readonly sequences: (readonly Answer[])[] = []
  #walks = 0

  take({ plan, covers }: Generated, result: SequenceResult): void {
    if (result.status !== 'done' || (!covers && this.#walks >= walksKept)) return
    if (!covers) this.#walks++
    this.sequences.push(answersOf(plan.sequence, result))
  }
}
