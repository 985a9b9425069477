import { failing } from '../errnos.ts'
import { blocked, errno } from '../model.ts'
import { action } from '../path.ts'

/** Opens /dev/iommu. */
export const open = action(
  'open(/dev/iommu)',
  {},
  {
    fails: ['kzalloc'],
    run: ({ sys: { ictx }, call }) => {
      if (ictx.only.in('open')) return blocked()
      if (call.fails('kzalloc')) return errno('ENOMEM')
      ictx.only.send({ type: 'open' })
    },
  },
  { kernel: 'iommufd_fops_open', says: 'makes an empty context', errnos: { ENOMEM: failing } },
)
