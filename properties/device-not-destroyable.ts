import { destroy } from '../spec/ioctls/destroy.ts'
import { stepProperty } from './property.ts'
import { kernel } from './sources.ts'

export const deviceNotDestroyable = stepProperty('device-not-destroyable', {
  says: 'User space cannot destroy a bound device: its driver holds it.',
  source: [kernel('iommufd_device_bind')],
  on: [destroy],
  holds: ({ args: { obj }, outcome }) =>
    obj === undefined || obj.kind !== 'device' || outcome === 'ENOENT' || outcome === 'EBUSY',
})
