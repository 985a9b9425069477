import {
  callOf,
  request,
  type Arguments,
  type Binding,
  type Numbers,
  type Outside,
  type Request,
  type World,
} from '../../uapi/binding/index.ts'
import type { Op, Sequence } from '../../uapi/sequence.ts'
import type { System, TraceStep } from '../../checker/index.ts'

/**
 * A call with numbers for ids, as user space makes it: the same call again is the same numbers
 * again.
 */
export type Call =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  | { readonly kind: 'ioctl'; readonly request: Request }

/** The actions that are no ioctls. */
const descriptorActions = { open: 'open(/dev/iommu)', close: 'close(/dev/iommu)' } as const

/** What stands for an id that names nothing. */
const never = 0x80000000

/** A step of a trace as a call, at a moment when components have these ids. */
export function callFor(
  bindings: readonly Binding[],
  system: System,
  step: TraceStep,
  idOf: (component: string) => number | null,
): Call {
  const { action } = step
  if (action === descriptorActions.open) return { kind: 'open' }
  if (action === descriptorActions.close) return { kind: 'close' }
  const binding = bindings.find((b) => b.action.name === action)
  if (binding === undefined) throw new RangeError(`${action} is no ioctl of this driver`)
  const numbers: Numbers = {
    id: (component) => idOf(component) ?? never,
    number: (value) => Number(/\[(\d+)\]$/.exec(value)?.[1]),
  }
  return {
    kind: 'ioctl',
    request: request(binding, step.args as Record<string, string>, system, numbers),
  }
}

/**
 * The action of the model that a call is in a world, with its arguments; no binding where it is no
 * ioctl.
 */
export function actionOf(
  bindings: readonly Binding[],
  call: Call,
  world: World,
): Outside | { readonly action: string; readonly args: Arguments; readonly binding?: Binding } {
  if (call.kind !== 'ioctl') return { action: descriptorActions[call.kind], args: {} }
  const found = callOf(bindings, call.request, world)
  return 'outside' in found ? found : { ...found, action: found.binding.action.name }
}

/** A call with one of its ids in place of which stands one that names nothing, for each of them. */
export function withoutNames(call: Call, bindings: readonly Binding[]): Call[] {
  if (call.kind !== 'ioctl') return []
  const { request: made } = call
  const names = new Set(
    bindings
      .filter((b) => b.ioctl === made.ioctl && b.op === made.op)
      .flatMap((b) => Object.keys(b.ids)),
  )
  return [...names].map((name) => ({
    kind: 'ioctl',
    request: { ...made, in: { ...made.in, [name]: never } },
  }))
}

/**
 * Calls as operations for the runner, after `before`; the call with number `at` is made with a
 * failure injected into its `nth` step that can fail.
 */
export function operations(
  before: Sequence,
  calls: readonly Call[],
  at: number,
  nth: number,
): Op[] {
  const ops: Op[] = [...before]
  let fd = { from: 0 }
  calls.forEach((call, i) => {
    const failNth = i === at ? { failNth: nth } : {}
    if (call.kind === 'open') {
      fd = { from: ops.length }
      ops.push({ kind: 'open', ...failNth })
    } else if (call.kind === 'close') ops.push({ kind: 'close', fd, ...failNth })
    else {
      ops.push({ kind: 'ioctl', ...call.request, fd, ...failNth } as Op)
    }
  })
  return ops
}
