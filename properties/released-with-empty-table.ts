import { always } from './property.ts'
import { kernel, refactoringSvaBind } from './sources.ts'

export const releasedWithEmptyTable = always('released-with-empty-table', {
  says: 'Ownership is released only with an empty handle table: a group that the context does not own has no handle.',
  source: [refactoringSvaBind, kernel('__iommu_release_dma_ownership')],
  holds: ({ group }) => group.every((g) => g.in('iommufd') || !g.context.handle),
})
