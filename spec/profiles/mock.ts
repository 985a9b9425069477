import type { Profile } from './profile.ts'

/**
 * The driver of the kernel's own tests: nested HWPTs both ways, no stream table; its devices are
 * made by test calls and do not keep the file open.
 */
export const mock: Profile = {
  name: 'mock',
  ops: {
    nestedOnParent: true,
    needsVdevice: 'all',
    nestedDataErrno: null,
    viommuInitErrno: 'ENOMEM',
    attachErrno: null,
    vdeviceInitErrno: null,
    pinsFile: false,
  },
  devices: 'mock',
  streamTable: false,
  bypass: false,
}
