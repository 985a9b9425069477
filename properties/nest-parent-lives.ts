import { liveOrNull } from './live-or-null.ts'
import { always } from './property.ts'
import { kernel } from './sources.ts'

export const nestParentLives = always('nest-parent-lives', {
  says: 'A nest parent lives as long as a vIOMMU or a nested HWPT is built on it.',
  source: [kernel('iommufd_viommu_alloc_ioctl'), kernel('iommufd_hwpt_nested_alloc')],
  holds: ({ viommu, hwptNested }) =>
    viommu.every((v) => liveOrNull(v.context.hwpt)) &&
    hwptNested.every((n) => liveOrNull(n.context.parent)),
})
