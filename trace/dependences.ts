import { kindOf } from '../checker/inspect.ts'
import type { ProfileName } from '../spec/index.ts'
import { sibling, type Arguments, type ModelCall } from '../uapi/binding/index.ts'
import { has, holders, type Trait, type World } from './world.ts'

/** Something outside the model on which a call's answer depends. */
export interface Dependence {
  /** What it is. */
  readonly why: string
  /** The errnos that it can lead to. */
  readonly errnos: readonly string[]
  /** It decides the answer: the model's own is none, unless it is one of these errnos as well. */
  readonly decides: boolean
  /** What is not known of the context any more if the call succeeds all the same. */
  readonly loses?: string
}

const hwpts = ['hwptPaging', 'hwptAuto', 'hwptNested']
/** What a page table meets in an address space: maps that do not fit it, memory that is gone. */
const fillErrnos = ['EADDRINUSE', 'EFAULT', 'EINVAL', 'ENOMEM', 'EIO', 'EOPNOTSUPP', 'ENODEV']

const idText = (world: World, name: string): string => {
  const id = world.moment.ids.of(name)
  return id === null ? '' : ` (id ${id})`
}

/** The address space under an IOAS, an HWPT or a vIOMMU. */
export function ioasUnder(world: World, name: string): string | null {
  if (kindOf(name) === 'ioas') return name
  const context = world.moment.state.get(name)?.context
  for (const field of ['ioas', 'parent', 'hwpt'])
    if (typeof context?.[field] === 'string') return ioasUnder(world, context[field])
  return null
}

/** DESTROY: who uses the object, outside the model. */
function destroying(world: World, obj: string): Dependence[] {
  const used = holders(world, obj).map((object): Dependence => ({
    why: `${object.what}${idText(world, object.name)} of line ${object.madeAt} uses it`,
    errnos: ['EBUSY'],
    decides: true,
  }))
  if (has(world, obj, 'mappable') && ![...world.pages.values()].includes(obj))
    used.push({
      why: "a map of the vIOMMU's page, which the log does not have, may use it",
      errnos: ['EBUSY'],
      decides: false,
    })
  if (kindOf(obj) !== 'selftest') return used
  const device = world.moment.state.get(obj)?.context['device']
  const attached = typeof device === 'string' ? holders(world, device) : []
  const why = 'its device has a PASID attached, and the kernel then fails to unbind it'
  return [
    ...used,
    ...attached.map((): Dependence => ({ why, errnos: [], decides: true, loses: why })),
  ]
}

/** An attach or a replacement: traits of the device and of what it is attached to. */
function attaching(
  world: World,
  device: string,
  traitsOfDevice: readonly Trait[],
  pt: string,
): Dependence[] {
  const dependences: Dependence[] = []
  const noDirty =
    has(world, device, 'MOCK_FLAGS_DEVICE_NO_DIRTY') ||
    traitsOfDevice.includes('MOCK_FLAGS_DEVICE_NO_DIRTY')
  if (noDirty && has(world, pt, 'IOMMU_HWPT_ALLOC_DIRTY_TRACKING'))
    dependences.push({
      why: 'the HWPT tracks dirty pages and the device cannot',
      errnos: ['EINVAL'],
      decides: true,
    })
  if (has(world, pt, 'IOMMU_HWPT_FAULT_ID_VALID'))
    dependences.push({
      why: 'the HWPT has a fault queue, for which the device must report faults',
      errnos: ['ENODEV', 'EINVAL', 'EBUSY', 'ENOMEM'],
      decides: false,
    })
  const pasid = holders(world, device)
  if (pasid.length > 0 && !has(world, pt, 'IOMMU_HWPT_ALLOC_PASID'))
    dependences.push({
      why: `${pasid[0].what} is attached, which the HWPT must be compatible with`,
      errnos: ['EINVAL'],
      decides: true,
    })
  return dependences
}

/** A page table that is made or attached over an address space that is not empty. */
function filling(world: World, pt: string): Dependence[] {
  const ioas = [...hwpts, 'ioas'].includes(kindOf(pt)) ? ioasUnder(world, pt) : null
  if (ioas === null || !has(world, ioas, 'filled')) return []
  return [
    {
      why: `what is mapped and allowed in the address space${idText(world, ioas)}`,
      errnos: fillErrnos,
      decides: false,
    },
  ]
}

/** What real devices, and the machine that they are in, can refuse; a log tells nothing of them. */
const hardware: Readonly<Record<string, Omit<Dependence, 'decides'>>> = {
  VFIO_DEVICE_BIND_IOMMUFD: {
    why: 'who owns the group of the device, and whether its interrupts are isolated',
    errnos: ['EPERM', 'EBUSY', 'EINVAL', 'ENODEV', 'EBADFD', 'EBADF'],
  },
  VFIO_DEVICE_ATTACH_IOMMUFD_PT: {
    why: 'which devices share a group, and an IOMMU',
    errnos: ['EINVAL', 'EBUSY'],
  },
  'IOMMU_HWPT_ALLOC(PAGING)': {
    why: 'what the IOMMU can do',
    errnos: ['EOPNOTSUPP', 'EINVAL', 'ENODEV'],
  },
  IOMMU_VIOMMU_ALLOC: { why: 'what the IOMMU can do', errnos: ['EOPNOTSUPP', 'EINVAL'] },
  IOMMU_VDEVICE_ALLOC: { why: 'which devices share an IOMMU', errnos: ['EINVAL'] },
}

/** What, outside the model, the answer to a call depends on. */
export function dependencesOf(
  world: World,
  { binding, args }: ModelCall,
  traits: readonly Trait[],
  driver: ProfileName,
): Dependence[] {
  const { name } = binding.action
  const real = driver === 'mock' ? undefined : hardware[name]
  return [
    ...(real === undefined ? [] : [{ ...real, decides: false }]),
    ...contextual(world, name, args, traits),
  ]
}

/** The same, as far as the context has it. */
function contextual(
  world: World,
  action: string,
  args: Arguments,
  traits: readonly Trait[],
): Dependence[] {
  switch (action) {
    case 'IOMMU_DESTROY':
      return destroying(world, args['obj'])
    case 'IOMMU_HWPT_ALLOC(PAGING)':
      return filling(world, args['pt'])
    case 'IOMMU_TEST_CMD(MOCK_DOMAIN)':
      return [...attaching(world, args['as'], traits, args['pt']), ...filling(world, args['pt'])]
    case 'IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)':
      // A replacement by what is attached already changes nothing and asks nothing.
      if (world.moment.state.get(sibling('igroup', args['stdev']))?.context['hwpt'] === args['pt'])
        return []
      return [
        ...attaching(world, sibling('device', args['stdev']), [], args['pt']),
        ...filling(world, args['pt']),
      ]
    case 'VFIO_DEVICE_ATTACH_IOMMUFD_PT':
      return [...attaching(world, args['dev'], [], args['pt']), ...filling(world, args['pt'])]
  }
  return []
}
