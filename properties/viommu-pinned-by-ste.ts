import { liveOrNull } from './live-or-null.ts'
import { always, ofStreamTables } from './property.ts'
import { kernel, vdevIdLifecycle } from './sources.ts'

export const viommuPinnedBySte = always('viommu-pinned-by-ste', {
  says: 'A vIOMMU lives while any stream table entry refers to it.',
  source: [vdevIdLifecycle, kernel('arm_smmu_attach_dev_nested')],
  where: ofStreamTables,
  holds: ({ ste }) => ste.every((s) => liveOrNull(s.context.viommu)),
})
