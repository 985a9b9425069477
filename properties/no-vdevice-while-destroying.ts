import { stepProperty } from './property.ts'
import { kernel } from './sources.ts'

export const noVdeviceWhileDestroying = stepProperty('no-vdevice-while-destroying', {
  says: 'A device that is being unbound gets no VDEVICE any more.',
  source: [kernel('iommufd_device_remove_vdev')],
  holds: ({ before, after, changed }) =>
    !changed ||
    before.device.every(
      (d) => !d.context.destroying || d.context.vdev !== null || after.at(d).context.vdev === null,
    ),
})
