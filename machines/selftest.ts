import { ref } from './fields.ts'
import { object } from './object.ts'

/** The kernel's test object behind a mock device; `struct selftest_obj`. */
export const selftest = object('selftest', {
  is: "The kernel's test object behind a mock device, which lives and dies with it.",
  kernel: 'struct selftest_obj',
  uapi: 'IOMMUFD_OBJ_SELFTEST',
  keeps: { device: ref('device', 'the mock device that it has made and bound') },
  alloc: {
    kernel: 'iommufd_test_mock_domain',
    says: 'gets an id and names the mock device that it is going to make',
  },
})
