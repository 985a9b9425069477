import { object } from './object.ts'

/** What is mapped where; `struct iommufd_ioas`. */
export const ioas = object('ioas', {
  is: 'An I/O address space: what is mapped where. Its maps are no part of its lifecycle.',
  kernel: 'struct iommufd_ioas',
  uapi: 'IOMMUFD_OBJ_IOAS',
  keeps: {},
  alloc: { kernel: 'iommufd_ioas_alloc', says: 'gets an id' },
})
