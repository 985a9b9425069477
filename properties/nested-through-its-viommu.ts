import { always } from './property.ts'
import { kernel } from './sources.ts'

export const nestedThroughItsViommu = always('nested-through-its-viommu', {
  says: 'A nested HWPT that was made through a vIOMMU has the nest parent of that vIOMMU for its stage 2.',
  source: [kernel('iommufd_viommu_alloc_hwpt_nested')],
  holds: ({ hwptNested }) =>
    hwptNested.every(
      (n) => n.context.viommu === null || n.context.viommu.context.hwpt === n.context.parent,
    ),
})
