import type { Profile } from './profile.ts'

/**
 * Arm SMMUv3: nested HWPTs through a vIOMMU only; one that translates needs a VDEVICE to attach.
 */
export const smmuv3: Profile = {
  name: 'smmuv3',
  ops: {
    nestedOnParent: false,
    needsVdevice: 'translating',
    nestedDataErrno: 'EIO',
    viommuInitErrno: null,
    attachErrno: 'ENOMEM',
    vdeviceInitErrno: 'EOPNOTSUPP',
    pinsFile: true,
  },
  devices: 'vfio',
  streamTable: true,
  bypass: true,
}
