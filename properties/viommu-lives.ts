import { liveOrNull } from './live-or-null.ts'
import { always } from './property.ts'
import { kernel } from './sources.ts'

export const viommuLives = always('viommu-lives', {
  says: 'A vIOMMU lives as long as a VDEVICE or a nested HWPT that was made through it.',
  source: [kernel('iommufd_vdevice_alloc_ioctl'), kernel('iommufd_viommu_alloc_hwpt_nested')],
  holds: ({ vdevice, hwptNested }) =>
    vdevice.every((v) => liveOrNull(v.context.viommu)) &&
    hwptNested.every((n) => liveOrNull(n.context.viommu)),
})
