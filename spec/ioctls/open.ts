import { action, blocked } from '../model.ts'

/** Opens /dev/iommu. */
export const open = action(
  'open(/dev/iommu)',
  {},
  (_, { ictx }) => {
    if (ictx.only.in('open')) return blocked()
    ictx.only.send({ type: 'open' })
  },
  { kernel: 'iommufd_fops_open', says: 'makes an empty context' },
)
