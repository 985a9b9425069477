import { before } from '../hooks.ts'
import { destroy } from '../ioctls/destroy.ts'
import { proposal } from '../proposal.ts'

/** What is asked for by those who would keep the number of a device as long as DMA uses it. */
export const vdevicePinnedByAttach = proposal({
  says: 'DESTROY of a VDEVICE is EBUSY while its device is attached to a nested HWPT of its vIOMMU',
  hooks: [
    before(destroy, ({ args: { obj }, sys }) => {
      if (obj.kind !== 'vdevice' || !obj.in('live')) return null
      const { device, viommu } = obj.context
      if (device === null || !device.context.attached) return null
      const { hwpt } = sys.igroup.of(device.context.group).context
      return hwpt?.kind === 'hwptNested' && hwpt.context.viommu === viommu ? 'EBUSY' : null
    }),
  ],
})
