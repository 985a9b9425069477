import { stepProperty } from '../spec/model.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { kernel } from './sources.ts'

export const nestedAttachHasVdevice = stepProperty('nested-attach-has-vdevice', {
  says: "A group moves to a nested HWPT that translates, made through a vIOMMU, only if the vIOMMU knows all the group's devices.",
  source: [kernel('arm_smmu_attach_prepare_vmaster'), kernel('mock_domain_nop_attach')],
  on: [vfioAttach],
  whole: true,
  holds: ({ args: { dev, pt }, outcome, before }) => {
    if (outcome !== 'ok' || pt.kind !== 'hwptNested' || !pt.context.translate) return true
    const { viommu } = pt.context
    const { group } = dev.context
    if (viommu === null || before.igroup.of(group).context.hwpt === pt) return true
    return before.device.every((d) => d.context.group !== group || (d.context.vdev !== null && d.context.vdev.context.viommu === viommu))
  },
})
