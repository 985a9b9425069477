import { play, start, type System } from '../../../checker/index.ts'
import { bindings, callOf, inOrder, worldAt } from '../../../uapi/binding/index.ts'
import { isFrom } from '../../runner/operands.ts'
import type { OpResult, SequenceResult } from '../../runner/result.ts'
import type { Op, Sequence } from '../../../uapi/sequence.ts'

const returned = (errno: string | null, out: Record<string, number> = {}): OpResult => ({
  ...{ ret: errno === null ? 0 : -1, errno, out, memory: {}, injected: false },
})

/** A kernel that is a model: executes operations as ioctls, ids and all. */
export function emulated(system: System): (sequence: Sequence) => SequenceResult {
  return (sequence) => {
    const results: OpResult[] = []
    const numbered = inOrder([])
    let moment = start(system)
    const value = (operand: unknown) =>
      typeof operand === 'object' && isFrom(operand as never)
        ? results[(operand as { from: number }).from].out[(operand as { field: string }).field]
        : operand
    const one = (op: Op): OpResult => {
      if (op.kind !== 'ioctl') {
        moment = play(system, moment, `${op.kind}(/dev/iommu)`, {})?.next ?? moment
        return returned(null)
      }
      const input = Object.fromEntries(
        Object.entries(op.in).map(([field, operand]) => [field, value(operand)]),
      )
      const logged = {
        ioctl: op.ioctl,
        in: input,
        ...(op.ioctl === 'IOMMU_TEST_CMD' ? { op: op.op } : {}),
      }
      const call = callOf(bindings.mock, logged, worldAt(moment, { value: numbered }))
      if ('outside' in call) return returned('EOPNOTSUPP')
      const played = play(system, moment, call.binding.action.name, call.args)
      if (played === null) return returned('EBADF')
      moment = played.next
      const ok = played.outcome === 'ok'
      const out = Object.entries(call.binding.out).map(([field, component]) => [
        field,
        ok ? (moment.ids.of(component(call.args)) ?? 0) : Number(input[field] ?? 0),
      ])
      return returned(ok ? null : played.outcome, Object.fromEntries(out) as Record<string, number>)
    }
    for (const op of sequence) results.push(one(op))
    return { status: 'done', results, messages: [] }
  }
}
