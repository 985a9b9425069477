import { splats } from '../runner/kmsg.ts'
import type { OpResult, SequenceResult } from '../runner/result.ts'
import type { Expected, Plan } from './plan.ts'

/** Where a kernel does otherwise than the model. */
export interface Difference {
  /**
   * The index of the call in its sequence; of the last one that returned for what belongs to no
   * call.
   */
  readonly call: number
  readonly model: string
  readonly kernel: string
}

const answer = (errno: string | null, out: Readonly<Record<string, unknown>>) =>
  [errno ?? 'ok', ...Object.entries(out).map(([field, value]) => `${field}=${String(value)}`)].join(
    ' ',
  )

/** What the model expects of a call, in words. */
export const expectedText = ({ errno, out }: Expected): string => answer(errno, out)
/** What the kernel gave, in the same words. */
export const resultText = ({ errno, out }: OpResult, expected: Expected): string =>
  answer(errno, Object.fromEntries(Object.keys(expected.out).map((field) => [field, out[field]])))

function agrees(result: OpResult, { errno, out }: Expected): boolean {
  if (result.errno !== errno || (errno === null ? result.ret < 0 : result.ret !== -1)) return false
  for (const field in out) if (result.out[field] !== out[field]) return false
  return true
}

/**
 * The first difference between what was expected and what came, or null. Anything that the kernel
 * says against itself is one.
 */
export function differenceOf(
  { expected, sequence }: Plan,
  { status, results, messages }: SequenceResult,
): Difference | null {
  for (let i = 0; i < results.length; i++) {
    const result = results[i]
    const isIoctl = sequence[i].kind === 'ioctl'
    if (!agrees(result, expected[i]) || (isIoctl && expected[i].errno === null && result.ret !== 0))
      return {
        call: i,
        model: expectedText(expected[i]),
        kernel: `${resultText(result, expected[i])} (returned ${result.ret})`,
      }
  }
  const call = Math.max(0, results.length - 1)
  const [said] = splats(messages)
  if (said !== undefined) return { call, model: 'no warning', kernel: said.text }
  if (status !== 'done')
    return { call: results.length, model: 'every call returns', kernel: `the sequence ${status}` }
  return null
}
