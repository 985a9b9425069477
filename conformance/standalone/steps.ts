import { kindOf } from '../../checker/inspect.ts'
import { request, sortOf, type Arguments, type Binding } from '../../uapi/binding/index.ts'
import type { Operand } from '../../uapi/sequence.ts'
import { fieldOf, iommufdIoctls, vfioIoctls, type Struct } from '../../uapi/index.ts'
import { braces, listed, literal } from './c-text.ts'
import { deviceOf, type Planned, type PlannedSequence } from './sequences.ts'
import { smmuv3Bindings, type Ste } from './smmuv3.ts'

/** The name of a component as an object of the program. */
export const objectName = (component: string): string =>
  `OBJ_${component.replace('[', '_').replace(']', '')}`

interface Ioctl {
  readonly name: string
  readonly struct: Struct
}

const requests = { ...iommufdIoctls, ...vfioIoctls } as Readonly<
  Record<string, { readonly struct: Struct }>
>
const offsets = (struct: Struct, name: string): [number, number] => {
  const field = fieldOf(struct, name)
  if (field === undefined) throw new RangeError(`${struct.name} has no field ${name}`)
  return [field.offset, field.width]
}

/** A step of the program on a descriptor. */
export interface StepText {
  readonly says: string
  readonly device: number | null
  readonly ioctl: Ioctl
  /** An errno's name, or `ok`. */
  readonly outcome: string
  readonly fields: readonly string[]
  readonly outputs: readonly string[]
}

/** The initialiser of a step. */
export const stepText = ({ says, device, ioctl, outcome, fields, outputs }: StepText): string =>
  braces([
    literal(says),
    device === null ? 'ON_IOMMUFD' : 'ON_DEVICE',
    device ?? -1,
    ioctl.name,
    ioctl.struct.size,
    outcome === 'ok' ? 0 : outcome,
    listed('IN', fields),
    listed('OUT', outputs),
  ])

/** An ioctl by name. */
export function ioctlOf(name: string): Ioctl {
  const found = requests[name]
  if (found === undefined) throw new RangeError(`there is no ioctl ${name}`)
  return { name, struct: found.struct }
}

/** A field with a number. */
export const numberField = ({ struct }: Ioctl, name: string, value: number | bigint): string =>
  braces([...offsets(struct, name), 'NUMBER', value])
/** A field with the id of an object that an earlier step gave. */
export const objectField = ({ struct }: Ioctl, name: string, object: string): string =>
  braces([...offsets(struct, name), 'OBJECT', object])
/** A field with the descriptor of the context. */
export const iommufdField = ({ struct }: Ioctl, name: string): string =>
  braces([...offsets(struct, name), 'IOMMUFD', 0])
/** A field with the address of a nested HWPT's STE. */
const steField = ({ struct }: Ioctl, name: string, ste: Ste): string =>
  braces([...offsets(struct, name), 'MEMORY', `STE_${ste}`])
/**
 * An output field with the value that it must have, kept for later steps as the id of an object.
 */
export const output = ({ struct }: Ioctl, name: string, object: string, value: number): string =>
  braces([literal(name), offsets(struct, name)[0], object, value])

const argsText = (args: Arguments) =>
  Object.entries(args).map(([name, value]) => ` ${name}=${value}`)

/** The STE of a nested HWPT: one that does not translate is bypassed or aborted. */
const steOf = ({ system }: PlannedSequence, component: string, other: Ste): Ste =>
  sortOf(system, component).translate === true ? 'translate' : other

/**
 * A call of a planned sequence as a step; `other` is the STE of nested HWPTs that do not translate.
 */
export function plannedStep(sequence: PlannedSequence, call: Planned, other: Ste): string {
  const { action, args, outcome, before, after } = call
  const binding: Binding | undefined = smmuv3Bindings.find((b) => b.action.name === action)
  const nested =
    kindOf(args.as ?? '[') === 'hwptNested' ? [` ste=${steOf(sequence, args.as, other)}`] : []
  const says = `${[action, ...argsText(args), ...nested].join('')} → ${outcome}`
  if (action === 'open(/dev/iommu)')
    return braces([literal(says), 'OPEN', -1, 0, 0, 0, 'NONE', 'NONE'])
  if (action === 'close(/dev/iommu)')
    return braces([literal(says), 'CLOSE', -1, 0, 0, 0, 'NONE', 'NONE'])
  if (action === 'close(VFIO device)')
    return braces([literal(says), 'CLOSE_DEVICE', deviceOf(args), 0, 0, 0, 'NONE', 'NONE'])
  if (binding === undefined) throw new RangeError(`${action} is no call of user space`)
  const ioctl = ioctlOf(binding.ioctl)
  const objects = new Map<string, string>()
  for (const [field, { param }] of Object.entries(binding.ids))
    objects.set(field, before.of(args[param]) === null ? 'NOTHING' : objectName(args[param]))
  // The numbers of objects are filled in when the program runs.
  const made = request(binding, args, sequence.system, {
    id: () => 1,
    number: (value) => Number(/\[(\d+)\]$/.exec(value)?.[1]),
  })
  const fields = Object.entries(made.in).flatMap(([name, value]: [string, Operand]) => {
    const object = objects.get(name)
    if (object !== undefined) return [objectField(ioctl, name, object)]
    if (typeof value === 'object')
      throw new RangeError(`${action}: ${name} is memory that is not known`)
    return BigInt(value) === 0n ? [] : [numberField(ioctl, name, value)]
  })
  if (binding.ioctl === 'VFIO_DEVICE_BIND_IOMMUFD') fields.push(iommufdField(ioctl, 'iommufd'))
  if (nested.length > 0) fields.push(steField(ioctl, 'data_uptr', steOf(sequence, args.as, other)))
  const outputs = Object.entries(outcome === 'ok' ? binding.out : {}).map(([name, component]) => {
    const object = component(args)
    return output(ioctl, name, objectName(object), after.of(object) ?? 0)
  })
  return stepText({
    says,
    device: binding.descriptor === undefined ? null : deviceOf(args),
    ioctl,
    outcome,
    fields,
    outputs,
  })
}
