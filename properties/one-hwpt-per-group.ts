import { always } from './property.ts'
import { kernel } from './sources.ts'

export const oneHwptPerGroup = always('one-hwpt-per-group', {
  says: 'A group is attached exactly while a device of it is, and then to one HWPT.',
  source: [kernel('iommufd_hw_pagetable_attach'), kernel('iommufd_hw_pagetable_detach')],
  holds: ({ group, igroup, device }) =>
    group.every(
      (g) =>
        igroup.of(g).in('attached') ===
        device.some((d) => d.context.group === g && d.context.attached),
    ),
})
