import { says } from '../../checker/index.ts'
import type { H, Sys } from '../model.ts'

/**
 * Whether the vIOMMU knows every device of the group by a virtual id, where it must;
 * `iommufd_viommu_get_vdev_id` for each.
 */
export const hasVdevIds = (sys: Sys, group: H<'group'>, viommu: H<'viommu'>): boolean =>
  !sys.rule.nestedNeedsVdevice ||
  !sys.device.some(
    says(
      'of the group that the vIOMMU does not know',
      (d) =>
        d.context.group === group &&
        (d.context.vdev === null || d.context.vdev.context.viommu !== viommu),
    ),
  )
