import { stepProperty } from '../spec/model.ts'
import { kernel, refactoringSvaBind } from './sources.ts'

export const releasedWithEmptyTable = stepProperty('released-with-empty-table', {
  says: 'Ownership is released only when the handle table of the group is empty.',
  source: [refactoringSvaBind, kernel('__iommu_release_dma_ownership')],
  holds: ({ before, after }) =>
    after.group.every((g) => !g.in('unowned') || (!g.context.handle && (!before.at(g).in('other') || !before.at(g).context.handle))),
})
