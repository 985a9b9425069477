import type { H } from '../spec/model.ts'
import { always, ofStreamTables } from './property.ts'
import { kernel } from './sources.ts'

/** Whether the entry is what the driver makes of the domain that the core has for the group. */
function agrees(ste: H<'ste'>, domain: H<'group'>['context']['domain']): boolean {
  if (domain === 'default') return ste.in('default')
  if (domain === 'blocking') return ste.in('abort')
  if (domain.kind !== 'hwptNested')
    return ste.context.viommu === null && ste.in(domain.context.nestParent ? 's2' : 's1')
  return (
    ste.context.viommu === domain.context.viommu &&
    ste.in(domain.context.translate ? 'nested' : 's2')
  )
}

export const steAgrees = always('ste-agrees', {
  says: "The stream table entry of every device is made from the domain that the core has for the device's group.",
  source: [kernel('__iommu_group_set_domain'), kernel('arm_smmu_install_ste_for_dev')],
  where: ofStreamTables,
  holds: ({ ste, device }) =>
    !ste.exists || device.every((d) => agrees(ste.of(d), d.context.group.context.domain)),
})
