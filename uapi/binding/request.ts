import type { System } from '../../checker/index.ts'
import type { DataName, IoctlName, Operand, TestOpName } from '../sequence.ts'
import type { Arguments, Binding, IdField } from './binding.ts'

/** Where the numbers of a call come from. */
export interface Numbers {
  /** The id of a component, or what stands for an id that names nothing. */
  id(component: string, field: IdField): Operand
  /** The number of a value (`virtId[0]`). */
  number(value: string): number | bigint
}

/** An ioctl of /dev/iommu with the fields that it takes, except for its descriptor. */
export interface Request {
  readonly ioctl: IoctlName | 'IOMMU_TEST_CMD'
  readonly op?: TestOpName
  readonly in: Readonly<Record<string, Operand>>
}

/** What the scope fixes of a slot: the context that it starts with. */
export const sortOf = (system: System, component: string): Readonly<Record<string, unknown>> => {
  const at = component.indexOf('[')
  return system.kind(component.slice(0, at)).initial[Number(component.slice(at + 1, -1))].context
}

/** The ioctl that a call of the model is. Calls on a device's own node have none. */
export function request(
  binding: Binding,
  args: Arguments,
  system: System,
  numbers: Numbers,
): Request {
  const fields: Record<string, Operand> = { ...binding.fixed }
  for (const [field, id] of Object.entries(binding.ids))
    fields[field] = numbers.id(args[id.param], id)
  for (const [field, param] of Object.entries(binding.numbers))
    fields[field] = numbers.number(args[param])
  for (const [field, bits] of Object.entries(binding.sorts)) {
    const sort = sortOf(system, args.as)
    fields[field] = Object.entries(bits).reduce(
      (sum, [name, bit]) => (sort[name] === true ? sum | bit : sum),
      0,
    )
  }
  for (const [field, { struct, in: values }] of Object.entries(binding.memory))
    fields[field] = { structs: [{ struct: struct as DataName, in: values }] }
  return {
    ioctl: binding.ioctl as Request['ioctl'],
    ...(binding.op === undefined ? {} : { op: binding.op }),
    in: fields,
  }
}
