import { liveOrNull } from './live-or-null.ts'
import { always } from './property.ts'
import { kernel } from './sources.ts'

export const vdeviceDeviceBound = always('vdevice-device-bound', {
  says: 'A device stays bound as long as it has a VDEVICE.',
  source: [kernel('iommufd_device_pre_destroy'), kernel('iommufd_object_dec_wait')],
  holds: ({ vdevice }) => vdevice.every((v) => liveOrNull(v.context.device)),
})
