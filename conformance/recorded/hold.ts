import { play, start, type Moment, type System } from '../../checker/index.ts'
import { systemOf, type Bounds, type Chosen } from '../../spec/index.ts'
import { bindings, callOf, inOrder, worldAt, type World } from '../../uapi/binding/index.ts'
import type { Answer, Recorded } from './answers.ts'

/**
 * Bounds in which every recorded sequence has room, and a slot of each kind stays free to stand for
 * what is not there.
 */
export const recordedBounds: Partial<Bounds> = {
  failures: 0,
  owners: 0,
  devices: 3,
  groups: 3,
  ioas: 3,
  nestParents: 3,
  pagings: 1,
  nested: 2,
  bypasses: 0,
  viommus: 3,
  vdevices: 3,
  virtIds: 2,
}

/** The system that recorded answers are held against; `changed` breaks it on purpose. */
export const recordedSystem = (changed: Partial<Chosen> = {}): System =>
  systemOf({ scope: 'smoke', driver: 'mock', set: recordedBounds, ...changed })

/** Where the model says otherwise than a kernel did. */
export interface Contradiction {
  readonly sequence: number
  readonly call: number
  readonly answer: Answer
  /** What the model says. */
  readonly model: string
}

/** What became of recorded answers. */
export interface Held {
  readonly calls: number
  readonly contradictions: readonly Contradiction[]
  /**
   * Transitions of machines that calls took or were refused by, in sequences without a
   * contradiction.
   */
  readonly taken: ReadonlySet<string>
}

const actions: Readonly<Record<string, string>> = {
  open: 'open(/dev/iommu)',
  close: 'close(/dev/iommu)',
}
const number = (value: number | string) => (typeof value === 'string' ? BigInt(value) : value)

/**
 * Holds recorded answers against the model, call by call through plain XState: what was called is
 * read back from the ioctls alone, so that the numbering of slots is the model's own. Of each
 * sequence the first contradiction is told, of at most `most`.
 */
export function hold({ sequences }: Recorded, system: System, most = Infinity): Held {
  const contradictions: Contradiction[] = []
  const taken = new Set<string>()
  let calls = 0
  for (const [index, answers] of sequences.entries()) {
    if (contradictions.length >= most) break
    const seen: string[] = []
    const value = inOrder([])
    let moment = start(system)
    for (const [call, answer] of answers.entries()) {
      calls++
      const next = held(system, moment, answer, value, seen)
      if (typeof next === 'string') {
        contradictions.push({ sequence: index, call, answer, model: next })
        break
      }
      moment = next
    }
    if (contradictions.at(-1)?.sequence !== index)
      for (const transition of seen) taken.add(transition)
  }
  return { calls, contradictions, taken }
}

/** The moment after a call, or what the model says that the kernel did not. */
function held(
  system: System,
  moment: Moment,
  [call, input, errno, output]: Answer,
  value: World['value'],
  seen: string[],
): Moment | string {
  const [, ioctl, op] = /^(\w+)(?:\((\w+)\))?$/.exec(call) as unknown as [
    string,
    string,
    string | undefined,
  ]
  const fields = Object.fromEntries(
    Object.entries(input).map(([field, value]) => [field, number(value)]),
  )
  const read =
    call in actions
      ? null
      : callOf(bindings.mock, { ioctl, op, in: fields }, worldAt(moment, { value }))
  if (read !== null && 'outside' in read) return `outside: ${read.outside}`
  const played = play(system, moment, read?.binding.action.name ?? actions[call], read?.args ?? {})
  if (played === null) return 'not possible'
  const { outcome, next } = played
  if (outcome !== (errno ?? 'ok')) return outcome
  for (const [field, component] of Object.entries(read?.binding.out ?? {})) {
    const expected = outcome === 'ok' ? next.ids.of(component(read!.args)) : (input[field] ?? 0)
    if ((output[field] ?? 0) !== expected) return `${field}=${expected}`
  }
  seen.push(...played.taken.map(({ transition }) => transition))
  return next
}
