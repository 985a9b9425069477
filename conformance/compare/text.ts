import type { From, Op } from '../../uapi/sequence.ts'
import { expectedText, resultText } from './difference.ts'
import type { Shown } from './shrink.ts'

const operand = (value: unknown): string => {
  if (typeof value !== 'object' || value === null) return String(value)
  const { from, field } = value as From
  return from === undefined ? '…' : `${field} of call ${from + 1}`
}

/** A call with its fields, as an ioctl. */
function callText(op: Op): string {
  if (op.kind !== 'ioctl') return `${op.kind}(/dev/iommu)`
  const name = op.ioctl === 'IOMMU_TEST_CMD' ? `${op.ioctl}(${op.op})` : op.ioctl
  return [
    name,
    ...Object.entries(op.in).map(([field, value]) => `${field}=${operand(value)}`),
  ].join(' ')
}

/**
 * A difference as the shortest sequence that shows it: each call, and at the last what the model
 * and the kernel say.
 */
export function differenceText({ plan, result, difference }: Shown): string {
  const lines = plan.sequence.slice(0, difference.call + 1).map((op, i) => {
    const given = result.results[i]
    const answer =
      i < difference.call && given !== undefined ? ` → ${resultText(given, plan.expected[i])}` : ''
    return `  ${i + 1}. ${callText(op)}${answer}`
  })
  const said = result.messages.filter(({ level }) => level <= 4).map(({ text }) => `     | ${text}`)
  const expected = plan.expected[difference.call]
  const model =
    expected === undefined
      ? difference.model
      : `${difference.model === expectedText(expected) ? '' : `${difference.model}; `}${expectedText(expected)}`
  return [
    ...lines,
    `     model:  ${model}`,
    `     kernel: ${difference.kernel}`,
    ...said.slice(0, 20),
  ].join('\n')
}
