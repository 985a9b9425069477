import { describe, expect, it } from 'vitest'
import { systemOf } from './index.ts'
import type { Bounds } from './index.ts'
import { outcomes, type Line } from './test/script.ts'

const open: Line = ['open(/dev/iommu)', {}]
const bind = (dev: string): Line => ['VFIO_DEVICE_BIND_IOMMUFD', { dev }]
const ioas: Line = ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }]
const paging = (as: string): Line => [
  'IOMMU_HWPT_ALLOC(PAGING)',
  { dev: 'device[0]', pt: 'ioas[0]', as },
]
const viommu: Line = [
  'IOMMU_VIOMMU_ALLOC',
  { dev: 'device[0]', hwpt: 'hwptPaging[0]', as: 'viommu[0]' },
]
const nested = (pt: string, as = 'hwptNested[0]', outcome?: string): Line =>
  outcome === undefined
    ? ['IOMMU_HWPT_ALLOC(NESTED)', { dev: 'device[0]', pt, as }]
    : ['IOMMU_HWPT_ALLOC(NESTED)', { dev: 'device[0]', pt, as }, outcome]
const vdevice = (dev: string, virtId: string, as: string, outcome?: string): Line =>
  outcome === undefined
    ? ['IOMMU_VDEVICE_ALLOC', { viommu: 'viommu[0]', dev, virtId, as }]
    : ['IOMMU_VDEVICE_ALLOC', { viommu: 'viommu[0]', dev, virtId, as }, outcome]
const attach = (dev: string, pt: string, outcome?: string): Line =>
  outcome === undefined
    ? ['VFIO_DEVICE_ATTACH_IOMMUFD_PT', { dev, pt }]
    : ['VFIO_DEVICE_ATTACH_IOMMUFD_PT', { dev, pt }, outcome]
const detach = (dev: string, outcome?: string): Line =>
  outcome === undefined
    ? ['VFIO_DEVICE_DETACH_IOMMUFD_PT', { dev }]
    : ['VFIO_DEVICE_DETACH_IOMMUFD_PT', { dev }, outcome]
const destroy = (obj: string, outcome?: string): Line =>
  outcome === undefined ? ['IOMMU_DESTROY', { obj }] : ['IOMMU_DESTROY', { obj }, outcome]
const closeDevice = (dev: string): Line => ['close(VFIO device)', { dev }]
const guest: Line[] = [open, bind('device[0]'), ioas, paging('hwptPaging[0]'), viommu]

interface Sequence {
  readonly says: string
  readonly set?: Partial<Bounds>
  readonly script: readonly Line[]
}

const sequences: readonly Sequence[] = [
  {
    says: 'a second VDEVICE for a device is EEXIST, whatever its virtual id',
    script: [
      ...guest,
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      vdevice('device[0]', 'virtId[1]', 'vdevice[1]', 'EEXIST'),
    ],
  },
  {
    says: 'a second VDEVICE by the same virtual id is EEXIST, and leaves nothing',
    script: [
      ...guest,
      bind('device[1]'),
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      vdevice('device[1]', 'virtId[0]', 'vdevice[1]', 'EEXIST'),
      destroy('vdevice[0]'),
      destroy('viommu[0]', 'ok'),
    ],
  },
  {
    says: 'an automatic HWPT that is refused is followed by the allocation of another, which can be short of memory',
    set: { devices: 3, groups: 2 },
    script: [
      ...guest,
      bind('device[1]'),
      bind('device[2]'),
      attach('device[1]', 'ioas[0]'),
      attach('device[0]', 'hwptPaging[0]'),
      attach('device[2]', 'ioas[0]', 'EINVAL'),
      [
        'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
        { dev: 'device[2]', pt: 'ioas[0]', fails: 'domain_alloc_paging_flags' },
        'ENOMEM',
      ],
      destroy('hwptAuto[0]', 'EBUSY'),
    ],
  },
  {
    says: 'what the context keeps of a group is allocated for its first device alone',
    set: { groups: 1 },
    script: [
      open,
      ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[0]', fails: 'iommufd_get_group' }, 'ENOMEM'],
      bind('device[0]'),
      ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[1]', fails: 'iommufd_get_group' }, 'blocked'],
      bind('device[1]'),
    ],
  },
  {
    says: 'SMMUv3 attaches to a translating nested HWPT only with a VDEVICE',
    script: [
      ...guest,
      nested('viommu[0]'),
      attach('device[0]', 'hwptNested[0]', 'ENOENT'),
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      attach('device[0]', 'hwptNested[0]', 'ok'),
    ],
  },
  {
    says: 'SMMUv3 attaches to a bypassing nested HWPT without one',
    script: [
      ...guest,
      nested('viommu[0]', 'hwptNested[2]'),
      attach('device[0]', 'hwptNested[2]', 'ok'),
    ],
  },
  {
    says: 'SMMUv3 has no nested HWPTs on a parent',
    script: [...guest, nested('hwptPaging[0]', 'hwptNested[0]', 'EOPNOTSUPP')],
  },
  {
    says: 'an attached HWPT is EBUSY to DESTROY, a detached one is destroyed once',
    script: [
      ...guest,
      attach('device[0]', 'hwptPaging[0]'),
      destroy('viommu[0]'),
      destroy('hwptPaging[0]', 'EBUSY'),
      detach('device[0]'),
      destroy('hwptPaging[0]', 'ok'),
      destroy('hwptPaging[0]', 'ENOENT'),
    ],
  },
  {
    says: 'each object is EBUSY while the next is built on it',
    script: [
      ...guest,
      nested('viommu[0]'),
      destroy('ioas[0]', 'EBUSY'),
      destroy('hwptPaging[0]', 'EBUSY'),
      destroy('viommu[0]', 'EBUSY'),
      destroy('device[0]', 'EBUSY'),
      destroy('hwptNested[0]', 'ok'),
      destroy('viommu[0]', 'ok'),
    ],
  },
  {
    says: 'a VDEVICE can be destroyed under its attachment; coming back to a translating HWPT is ENOENT',
    script: [
      ...guest,
      nested('viommu[0]'),
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      attach('device[0]', 'hwptNested[0]'),
      destroy('vdevice[0]', 'ok'),
      attach('device[0]', 'hwptNested[0]', 'ok'),
      attach('device[0]', 'hwptPaging[0]', 'ok'),
      attach('device[0]', 'hwptNested[0]', 'ENOENT'),
    ],
  },
  {
    says: 'closing a device takes its VDEVICE along',
    script: [
      ...guest,
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      closeDevice('device[0]'),
      destroy('vdevice[0]', 'ENOENT'),
      destroy('viommu[0]', 'ok'),
    ],
  },
  {
    says: 'an attach to an IOAS makes an HWPT, shared by others and gone with the last',
    script: [
      open,
      bind('device[0]'),
      bind('device[1]'),
      ioas,
      attach('device[0]', 'ioas[0]', 'ok'),
      attach('device[1]', 'ioas[0]', 'ok'),
      destroy('hwptAuto[0]', 'EBUSY'),
      destroy('ioas[0]', 'EBUSY'),
      detach('device[0]'),
      destroy('hwptAuto[0]', 'EBUSY'),
      detach('device[1]'),
      destroy('hwptAuto[0]', 'ENOENT'),
      destroy('ioas[0]', 'ok'),
    ],
  },
  {
    says: 'the devices of a group share one HWPT, and move together',
    set: { groups: 1 },
    script: [
      open,
      bind('device[0]'),
      bind('device[1]'),
      ioas,
      paging('hwptPaging[0]'),
      paging('hwptPaging[2]'),
      attach('device[0]', 'hwptPaging[0]', 'ok'),
      attach('device[1]', 'hwptPaging[2]', 'EINVAL'),
      attach('device[1]', 'ioas[0]', 'EINVAL'),
      attach('device[1]', 'hwptPaging[0]', 'ok'),
      attach('device[1]', 'hwptPaging[2]', 'ok'),
      destroy('hwptPaging[0]', 'ok'),
      detach('device[0]', 'ok'),
      destroy('hwptPaging[2]', 'EBUSY'),
      detach('device[1]', 'ok'),
      destroy('hwptPaging[2]', 'ok'),
    ],
  },
  {
    says: 'a translating attach needs a VDEVICE for every device of the group',
    set: { groups: 1 },
    script: [
      ...guest,
      bind('device[1]'),
      nested('viommu[0]'),
      vdevice('device[0]', 'virtId[0]', 'vdevice[0]'),
      attach('device[0]', 'hwptNested[0]', 'ENOENT'),
      vdevice('device[1]', 'virtId[1]', 'vdevice[1]'),
      attach('device[0]', 'hwptNested[0]', 'ok'),
    ],
  },
  {
    says: 'a vIOMMU cannot be built on an automatic HWPT',
    script: [
      open,
      bind('device[0]'),
      ioas,
      attach('device[0]', 'ioas[0]'),
      ['IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt: 'hwptAuto[0]', as: 'viommu[0]' }, 'EINVAL'],
    ],
  },
  {
    says: 'HWPT_ALLOC on an id that names nothing is EINVAL, for a device that is not there ENOENT',
    script: [
      open,
      bind('device[0]'),
      [
        'IOMMU_HWPT_ALLOC(PAGING)',
        { dev: 'device[0]', pt: 'ioas[0]', as: 'hwptPaging[0]' },
        'EINVAL',
      ],
      ioas,
      [
        'IOMMU_HWPT_ALLOC(PAGING)',
        { dev: 'device[1]', pt: 'ioas[0]', as: 'hwptPaging[0]' },
        'ENOENT',
      ],
    ],
  },
  {
    says: 'a group has one owner',
    script: [
      open,
      ['kernel driver bind', { group: 'group[0]' }],
      ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[0]' }, 'EPERM'],
      ['other owner claim', { group: 'group[0]' }, 'EPERM'],
      ['kernel driver unbind', { group: 'group[0]' }],
      bind('device[0]'),
      ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[0]' }, 'EINVAL'],
      ['kernel driver bind', { group: 'group[0]' }, 'EBUSY'],
      ['other owner claim', { group: 'group[0]' }, 'EPERM'],
      closeDevice('device[0]'),
      ['other owner claim', { group: 'group[0]' }, 'ok'],
      ['VFIO_DEVICE_BIND_IOMMUFD', { dev: 'device[0]' }, 'EPERM'],
    ],
  },
  {
    says: 'ATTACH knows HWPTs and IOASs only',
    script: [
      ...guest,
      attach('device[0]', 'viommu[0]', 'EINVAL'),
      attach('device[0]', 'device[0]', 'EINVAL'),
      attach('device[0]', 'ioas[1]', 'ENOENT'),
    ],
  },
  {
    says: 'an ATTACH whose answer cannot be written detaches what was attached before',
    script: [
      ...guest,
      attach('device[0]', 'hwptPaging[0]'),
      [
        'VFIO_DEVICE_ATTACH_IOMMUFD_PT',
        { dev: 'device[0]', pt: 'ioas[0]', fails: 'copy_to_user' },
        'EFAULT',
      ],
      destroy('viommu[0]'),
      destroy('hwptPaging[0]', 'ok'),
      destroy('ioas[0]', 'ok'),
    ],
  },
  {
    says: 'the context stays open as long as a device is bound to it',
    script: [
      open,
      bind('device[0]'),
      ['close(/dev/iommu)', {}, 'blocked'],
      closeDevice('device[0]'),
      ['close(/dev/iommu)', {}, 'ok'],
    ],
  },
]

describe('errnos', () => {
  it.each(sequences)('$says', ({ set, script }) => {
    const system = systemOf({
      scope: 'lifecycle',
      driver: 'smmuv3',
      ...(set === undefined ? {} : { set }),
    })
    expect(outcomes(system, script)).toEqual(script)
  })
})
