import type { Param } from '../../checker/index.ts'
import { kindOf } from '../../checker/inspect.ts'
import { iommufdIoctls, testOps, vfioIoctls, type Struct } from '../index.ts'
import { type Arguments, type Binding, type IdField } from './binding.ts'

/** An ioctl as it was made. */
export interface Logged {
  readonly ioctl: string
  /** Of `IOMMU_TEST_CMD`. */
  readonly op?: string
  /** Its input fields by their uAPI names; those left out are 0. */
  readonly in: Readonly<Record<string, unknown>>
}

/** The moment at which an ioctl was made. */
export interface World {
  /**
   * The component that has this id; what the object is, where the model has no such objects; null
   * where the id names nothing.
   */
  named(id: number): string | { readonly outside: string } | null
  /**
   * A slot that nothing uses, whose context has these values; null where the scope has none left.
   */
  free(kind: string, sort: Readonly<Record<string, unknown>>): string | null
  /** Any object of a kind that can be looked up. */
  live(kind: string): string | null
  /**
   * The value of a kind without a machine that this number stands for; null where the scope has too
   * few.
   */
  value(kind: string, number: bigint): string | null
  /** The device whose node the descriptor is. */
  descriptor(): string | null
  /** The lowest ids that are free, from 0. */
  unused(n: number): number
}

/** The call of the model that an ioctl is. */
export interface ModelCall {
  readonly binding: Binding
  readonly args: Arguments
}

/** An ioctl, or a part of it, that the model does not have. */
export interface Outside {
  readonly outside: string
}

/** The struct of an ioctl by its name; undefined where there is no such ioctl. */
export function structOfTarget({
  ioctl,
  op,
}: {
  readonly ioctl: string
  readonly op?: string
}): Struct | undefined {
  if (ioctl === 'IOMMU_TEST_CMD')
    return op === undefined
      ? undefined
      : (testOps as Readonly<Record<string, { struct: Struct }>>)[op]?.struct
  return ({ ...iommufdIoctls, ...vfioIoctls } as Readonly<Record<string, { struct: Struct }>>)[
    ioctl
  ]?.struct
}

class NotThisOne extends Error {}
const not = (why: string): never => {
  throw new NotThisOne(why)
}

const integer = (value: unknown): bigint =>
  typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : 0n

/** The kinds that a parameter is for. */
const kinds = (param: Param): readonly string[] =>
  'each' in param ? param.each : 'free' in param ? [param.free] : []

/** A free slot stands for an id that names nothing. */
function unnamed(param: Param, world: World): string {
  const [kind] = kinds(param)
  return (
    world.free(kind, {}) ?? not(`no free ${kind} is left to stand for an id that names nothing`)
  )
}

function idArgument(
  name: string,
  id: number,
  { others }: IdField,
  param: Param,
  world: World,
): string {
  const found = world.named(id)
  if (found === null) return unnamed(param, world)
  if (typeof found === 'string' && kinds(param).includes(kindOf(found))) return found
  const what = typeof found === 'string' ? kindOf(found) : found.outside
  if (others === 'unnamed') return unnamed(param, world)
  if (others !== undefined)
    return (
      world.live(others) ?? not(`${name} names a ${what}; no ${others} is there to stand for it`)
    )
  return not(`${name} names a ${what}`)
}

/** The call that the ioctl is by this binding. Throws NotThisOne. */
function read(binding: Binding, logged: Logged, struct: Struct, world: World): ModelCall {
  const { params } = binding.action
  const args: Record<string, string> = {}
  const value = (field: string) => integer(logged.in[field])
  const sort: Record<string, unknown> = {}
  const guessed: string[] = []
  for (const { name, direction } of struct.fields) {
    if (
      direction === 'out' ||
      ['size', 'argsz', 'op', 'last', ...binding.any].includes(name) ||
      name in binding.memory
    )
      continue
    const id = binding.ids[name]
    const number = binding.numbers[name]
    const bits = binding.sorts[name]
    if (id !== undefined) {
      if (binding.nonzero.includes(name) && value(name) === 0n) not(`${name} is 0`)
      if (id.itself !== undefined && world.unused(id.itself) === Number(value(name)))
        guessed.push(id.param)
      args[id.param] = idArgument(name, Number(value(name)), id, params[id.param], world)
    } else if (number !== undefined)
      args[number] =
        world.value(kinds(params[number])[0], value(name)) ??
        not(`${name} ${value(name)} is one value more than the scope has`)
    else if (bits !== undefined) {
      const known = Object.values(bits).reduce((sum, bit) => sum | bit, 0)
      if ((value(name) & ~BigInt(known)) !== 0n)
        not(`${name} ${value(name)}: the model has no more than ${known}`)
      for (const [key, bit] of Object.entries(bits)) sort[key] = (value(name) & BigInt(bit)) !== 0n
    } else if (value(name) !== BigInt(binding.fixed[name] ?? 0))
      not(`${name} is ${value(name)}: the model has only ${binding.fixed[name] ?? 0}`)
  }
  if (binding.descriptor !== undefined)
    args[binding.descriptor] = world.descriptor() ?? not('the descriptor is of no known device')
  for (const [name, param] of Object.entries(params))
    if ('free' in param) {
      args[name] = world.free(param.free, sort) ?? not(`no free ${param.free} is left in the scope`)
      for (const other of guessed) args[other] = args[name]
    }
  return { binding, args }
}

/** The call of the model that an ioctl is, or why the model does not have it. */
export function callOf(
  bindings: readonly Binding[],
  logged: Logged,
  world: World,
): ModelCall | Outside {
  const named = logged.op === undefined ? logged.ioctl : `${logged.ioctl}(${logged.op})`
  const struct = structOfTarget(logged)
  const candidates = bindings.filter((b) => b.ioctl === logged.ioctl && b.op === logged.op)
  if (struct === undefined || candidates.length === 0)
    return { outside: `${named} is not in the model` }
  const reasons: string[] = []
  for (const binding of candidates) {
    try {
      return read(binding, logged, struct, world)
    } catch (error) {
      if (!(error instanceof NotThisOne)) throw error
      reasons.push(error.message)
    }
  }
  return { outside: `${named}: ${[...new Set(reasons)].join('; or: ')}` }
}
