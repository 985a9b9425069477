import { constants } from 'node:os'
import { play, start, type Moment, type System } from '../../checker/index.ts'
import { systemOf } from '../../spec/index.ts'
import {
  bindings,
  request,
  structOfTarget,
  type Arguments,
  type Binding,
} from '../../uapi/binding/index.ts'
import type { LoggedCall } from '../log-line.ts'

const bounds = {
  ioas: 2,
  nestParents: 2,
  pagings: 1,
  nested: 2,
  viommus: 1,
  vdevices: 2,
  devices: 2,
  groups: 2,
  virtIds: 2,
}
/** A small system with failures, from which logs are made. */
const walked: System = systemOf({
  scope: 'lifecycle',
  driver: 'mock',
  set: { ...bounds, bypasses: 0, failures: 1 },
})
/** An id that names nothing. */
const nothing = 0x7fff0000

const components = (kind: string) =>
  Array.from({ length: walked.kind(kind).count }, (_, i) => `${kind}[${i}]`)

/**
 * Arguments picked by numbers, mostly objects that are there; a `free` parameter takes a free slot.
 */
function argumentsFor(
  { action }: Binding,
  moment: Moment,
  pick: (of: number) => number,
): Arguments | null {
  const args: Record<string, string> = {}
  for (const [name, param] of Object.entries(action.params)) {
    const all = 'each' in param ? param.each.flatMap(components) : []
    const live = all.filter((c) => moment.ids.of(c) !== null)
    const from =
      'each' in param
        ? live.length > 0 && pick(8) > 0
          ? live
          : all
        : 'free' in param
          ? components(param.free).filter((c) => moment.state.get(c)?.value === 'free')
          : []
    if (from.length === 0) return null
    args[name] = from[pick(from.length)]
  }
  return args
}

/** The line that a call of the model leaves in a log. */
function lineOf(
  binding: Binding,
  args: Arguments,
  outcome: string,
  before: Moment,
  after: Moment,
): LoggedCall {
  const numbers = {
    id: (component: string) => before.ids.of(component) ?? nothing,
    number: (value: string) => 100 + Number(/\d+/.exec(value)?.[0]),
  }
  const { ioctl, op, in: given } = request(binding, args, walked, numbers)
  const struct = structOfTarget({ ioctl, op })
  const plain = Object.entries(given).filter(([, value]) => typeof value === 'number')
  const ok = outcome === 'ok'
  return {
    ...{ pid: 1, fd: 3, ioctl, op },
    in: { ...(Object.fromEntries(plain) as Record<string, number>), size: struct?.size ?? 0 },
    out: ok
      ? Object.fromEntries(
          Object.entries(binding.out).map(([field, of]) => [field, after.ids.of(of(args)) ?? 0]),
        )
      : {},
    ret: ok ? 0 : -1,
    errno: ok ? 0 : (constants.errno as Record<string, number>)[outcome],
  }
}

/**
 * A log of calls that the model makes, picked by the numbers one after another, with failures now
 * and then.
 */
export function modelLog(choices: readonly number[]): LoggedCall[] {
  const lines: LoggedCall[] = []
  let moment = play(walked, start(walked), 'open(/dev/iommu)', {})?.next as Moment
  let rest = 0
  const pick = (of: number) => {
    const picked = Math.floor(rest) % of
    rest = Math.floor(rest / of)
    return picked
  }
  for (const choice of choices) {
    rest = choice
    const binding = bindings.mock[pick(bindings.mock.length)]
    const { fails } = binding.action
    const failing = fails.length > 0 && pick(12) === 0 ? fails[pick(fails.length)] : null
    const args = argumentsFor(binding, moment, pick)
    if (args === null) continue
    const played = play(
      walked,
      moment,
      binding.action.name,
      fails.length === 0 ? args : { ...args, fails: failing },
    )
    if (played === null) continue
    lines.push(lineOf(binding, args, played.outcome, moment, played.next))
    moment = played.next
  }
  return lines
}
