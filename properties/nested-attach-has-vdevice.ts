import type { Action } from '../checker/index.ts'
import { mockDomain } from '../spec/ioctls/test-cmd/mock-domain.ts'
import { mockDomainReplace } from '../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import type { H } from '../spec/model.ts'
import { betweenCalls, stepProperty } from './property.ts'
import { kernel } from './sources.ts'

const known = (d: H<'device'>, viommu: H<'viommu'>): boolean =>
  d.context.vdev !== null && d.context.vdev.context.viommu === viommu

export const nestedAttachHasVdevice = stepProperty('nested-attach-has-vdevice', {
  says: "A group moves to a nested HWPT that translates, made through a vIOMMU, only if the vIOMMU knows all the group's devices.",
  source: [kernel('arm_smmu_attach_prepare_vmaster'), kernel('mock_domain_nop_attach')],
  where: betweenCalls,
  on: [vfioAttach, mockDomain, mockDomainReplace] as readonly Action[],
  whole: true,
  holds: ({ changed, before, after }) =>
    !changed ||
    before.group.every((g) => {
      const was = before.igroup.of(g).context.hwpt
      const now = after.at(g)
      const { hwpt } = after.igroup.of(now).context
      if (hwpt === null || hwpt.kind !== 'hwptNested' || !hwpt.context.translate) return true
      const { viommu } = hwpt.context
      if (viommu === null || (was !== null && after.at(was) === hwpt)) return true
      return after.device.every((d) => d.context.group !== now || known(d, viommu))
    }),
})
