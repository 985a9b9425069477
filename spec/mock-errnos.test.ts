import { describe, expect, it } from 'vitest'
import { systemOf } from './index.ts'
import { outcomes, type Line } from './test/script.ts'

const line = (action: string, args: Record<string, string>, outcome?: string): Line =>
  outcome === undefined ? [action, args] : [action, args, outcome]
const open: Line = ['open(/dev/iommu)', {}]
const ioas: Line = ['IOMMU_IOAS_ALLOC', { as: 'ioas[0]' }]
const mock = (i: number, pt: string, outcome?: string): Line =>
  line('IOMMU_TEST_CMD(MOCK_DOMAIN)', { as: `device[${i}]`, pt }, outcome)
const replace = (i: number, pt: string, outcome?: string): Line =>
  line('IOMMU_TEST_CMD(MOCK_DOMAIN_REPLACE)', { stdev: `selftest[${i}]`, pt }, outcome)
const checkHwpt = (i: number, hwpt: string, outcome?: string): Line =>
  line('IOMMU_TEST_CMD(PASID_CHECK_HWPT)', { stdev: `selftest[${i}]`, hwpt }, outcome)
const paging = (as: string): Line => [
  'IOMMU_HWPT_ALLOC(PAGING)',
  { dev: 'device[0]', pt: 'ioas[0]', as },
]
const nested = (pt: string, as = 'hwptNested[0]', outcome?: string): Line =>
  line('IOMMU_HWPT_ALLOC(NESTED)', { dev: 'device[0]', pt, as }, outcome)
const viommu = (hwpt = 'hwptPaging[0]', outcome?: string): Line =>
  line('IOMMU_VIOMMU_ALLOC', { dev: 'device[0]', hwpt, as: 'viommu[0]' }, outcome)
const vdevice: Line = [
  'IOMMU_VDEVICE_ALLOC',
  { viommu: 'viommu[0]', dev: 'device[0]', virtId: 'virtId[0]', as: 'vdevice[0]' },
]
const destroy = (obj: string, outcome?: string): Line => line('IOMMU_DESTROY', { obj }, outcome)
const failing = ([action, args]: Line, fails: string, outcome: string): Line => [
  action,
  { ...args, fails },
  outcome,
]
const guest: Line[] = [open, ioas, mock(0, 'ioas[0]'), paging('hwptPaging[0]'), viommu()]

const sequences: readonly { readonly says: string; readonly script: readonly Line[] }[] = [
  {
    says: 'a mock device is bound and attached from the first, and user space cannot destroy its DEVICE',
    script: [
      open,
      ioas,
      mock(0, 'ioas[0]', 'ok'),
      checkHwpt(0, 'hwptAuto[0]', 'ok'),
      line('IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)', { stdev: 'selftest[0]' }, 'EINVAL'),
      destroy('device[0]', 'EBUSY'),
      destroy('ioas[0]', 'EBUSY'),
    ],
  },
  {
    says: 'DESTROY of the test object takes all along: attachment, automatic HWPT, VDEVICE, device',
    script: [
      ...guest,
      vdevice,
      destroy('selftest[0]', 'ok'),
      destroy('selftest[0]', 'ENOENT'),
      destroy('device[0]', 'ENOENT'),
      destroy('hwptAuto[0]', 'ENOENT'),
      destroy('vdevice[0]', 'ENOENT'),
      destroy('viommu[0]', 'ok'),
      destroy('hwptPaging[0]', 'ok'),
      destroy('ioas[0]', 'ok'),
    ],
  },
  {
    says: 'mock devices share an automatic HWPT, which goes with the last that moves away',
    script: [
      open,
      ioas,
      mock(0, 'ioas[0]'),
      mock(1, 'ioas[0]'),
      paging('hwptPaging[2]'),
      replace(0, 'hwptPaging[2]', 'ok'),
      checkHwpt(0, 'hwptPaging[2]', 'ok'),
      checkHwpt(0, 'hwptAuto[0]', 'EINVAL'),
      checkHwpt(1, 'hwptAuto[0]', 'ok'),
      replace(1, 'hwptPaging[2]', 'ok'),
      checkHwpt(1, 'hwptAuto[0]', 'ENOENT'),
      destroy('selftest[0]'),
      destroy('hwptPaging[2]', 'EBUSY'),
      destroy('selftest[1]'),
      destroy('hwptPaging[2]', 'ok'),
    ],
  },
  {
    says: 'a nested HWPT through a vIOMMU needs a VDEVICE, which only a device that is attached already can have',
    script: [
      ...guest,
      nested('viommu[0]'),
      mock(1, 'hwptNested[0]', 'ENOENT'),
      replace(0, 'hwptNested[0]', 'ENOENT'),
      vdevice,
      replace(0, 'hwptNested[0]', 'ok'),
      destroy('vdevice[0]', 'ok'),
      checkHwpt(0, 'hwptNested[0]', 'ok'),
    ],
  },
  {
    says: 'one on its parent needs none',
    script: [...guest, nested('hwptPaging[0]'), mock(1, 'hwptNested[0]', 'ok')],
  },
  {
    says: 'a parent must be one',
    script: [...guest, paging('hwptPaging[2]'), nested('hwptPaging[2]', 'hwptNested[0]', 'EINVAL')],
  },
  {
    says: 'nothing can be built on an automatic HWPT',
    script: [
      open,
      ioas,
      mock(0, 'ioas[0]'),
      nested('hwptAuto[0]', 'hwptNested[0]', 'EINVAL'),
      viommu('hwptAuto[0]', 'EINVAL'),
    ],
  },
  {
    says: 'only an HWPT or an IOAS will do; the device of the call itself can be named already, its test object cannot',
    script: [
      ...guest,
      mock(1, 'viommu[0]', 'EINVAL'),
      mock(1, 'device[1]', 'EINVAL'),
      mock(1, 'selftest[1]', 'ENOENT'),
      mock(1, 'ioas[1]', 'ENOENT'),
      replace(0, 'selftest[0]', 'EINVAL'),
      replace(0, 'hwptPaging[2]', 'ENOENT'),
      replace(1, 'ioas[0]', 'ENOENT'),
    ],
  },
  {
    says: 'a MOCK_DOMAIN whose answer cannot be written leaves nothing',
    script: [
      open,
      ioas,
      failing(mock(0, 'ioas[0]'), 'copy_to_user', 'EFAULT'),
      destroy('selftest[0]', 'ENOENT'),
      destroy('ioas[0]', 'ok'),
    ],
  },
  {
    says: 'a context can be refused for want of memory; a mock device without a group cannot be bound; a stage 1 that cannot be read is none',
    script: [
      failing(open, 'kzalloc', 'ENOMEM'),
      open,
      ioas,
      failing(mock(0, 'ioas[0]'), 'iommu_probe_device', 'EINVAL'),
      mock(0, 'ioas[0]', 'ok'),
      paging('hwptPaging[0]'),
      failing(nested('hwptPaging[0]'), 'iommu_copy_struct_from_user', 'EFAULT'),
      destroy('hwptPaging[0]', 'ok'),
    ],
  },
  {
    says: 'a MOCK_DOMAIN_REPLACE whose answer cannot be written has moved the device',
    script: [
      ...guest,
      failing(replace(0, 'hwptPaging[0]'), 'copy_to_user', 'EFAULT'),
      checkHwpt(0, 'hwptPaging[0]', 'ok'),
      destroy('hwptAuto[0]', 'ENOENT'),
    ],
  },
  {
    says: 'mock_viommu_init fails for want of memory, and there is no vdevice_init that could',
    script: [
      open,
      ioas,
      mock(0, 'ioas[0]'),
      paging('hwptPaging[0]'),
      failing(viommu(), 'viommu_init', 'ENOMEM'),
      viommu(),
      failing(vdevice, 'vdevice_init', 'blocked'),
    ],
  },
  {
    says: 'the context can be closed over its mock devices',
    script: [
      ...guest,
      vdevice,
      nested('viommu[0]'),
      replace(0, 'hwptNested[0]'),
      ['close(/dev/iommu)', {}, 'ok'],
      open,
      ioas,
      mock(0, 'ioas[0]', 'ok'),
    ],
  },
]

describe('errnos on the mock driver', () => {
  it.each(sequences)('$says', ({ script }) => {
    expect(outcomes(systemOf({ scope: 'lifecycle', driver: 'mock' }), script)).toEqual(script)
  })
})
