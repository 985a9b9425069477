import type { Profile } from './profile.ts'

/** The driver of the kernel's own tests: nested HWPTs both ways, no stream table; a bound device does not keep the context open. */
export const mock: Profile = {
  name: 'mock',
  ops: { nestedOnParent: true, needsVdevice: 'all', pinsFile: false },
  streamTable: false,
  bypass: false,
}
