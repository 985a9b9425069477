import type { Omission } from '../checker/index.ts'
import { hwptAllocNested, hwptAllocPaging } from '../spec/ioctls/hwpt-alloc.ts'
import { ioasAlloc } from '../spec/ioctls/ioas-alloc.ts'
import { mockDomain } from '../spec/ioctls/test-cmd/mock-domain.ts'
import { mockDomainReplace } from '../spec/ioctls/test-cmd/mock-domain-replace.ts'
import { vdeviceAlloc } from '../spec/ioctls/vdevice-alloc.ts'
import { vfioAttach } from '../spec/ioctls/vfio-attach.ts'
import { vfioBind } from '../spec/ioctls/vfio-bind.ts'
import { viommuAlloc } from '../spec/ioctls/viommu-alloc.ts'
import { sends } from '../spec/sends.ts'

/** Sends by which a call takes back what it has done. */
export const unwinds: readonly Omission[] = [
  sends(ioasAlloc, 'ioas', 'abort'),
  sends(hwptAllocPaging, 'hwptPaging', 'abort'),
  sends(hwptAllocPaging, 'ioas', 'dec'),
  sends(hwptAllocPaging, 'device', 'dec'),
  sends(hwptAllocNested, 'hwptNested', 'abort'),
  sends(hwptAllocNested, 'viommu', 'dec'),
  sends(hwptAllocNested, 'device', 'wake'),
  sends(viommuAlloc, 'viommu', 'abort'),
  sends(viommuAlloc, 'hwptPaging', 'dec'),
  sends(viommuAlloc, 'device', 'dec'),
  sends(vdeviceAlloc, 'vdevice', 'abort'),
  sends(vdeviceAlloc, 'device', 'clearVdev'),
  sends(vdeviceAlloc, 'device', 'dec'),
  sends(vdeviceAlloc, 'device', 'wake'),
  sends(vdeviceAlloc, 'viommu', 'dec'),
  sends(vfioBind, 'device', 'abort'),
  sends(vfioBind, 'device', 'unlink'),
  sends(vfioBind, 'device', 'kfree'),
  sends(vfioBind, 'group', 'release'),
  sends(vfioBind, 'ste', 'default'),
  sends(vfioAttach, 'hwptAuto', 'abort'),
  sends(vfioAttach, 'hwptAuto', 'dec'),
  sends(vfioAttach, 'ioas', 'dec'),
  sends(vfioAttach, 'group', 'detach'),
  sends(vfioAttach, 'igroup', 'detach'),
  sends(vfioAttach, 'device', 'detach'),
  sends(vfioAttach, 'device', 'dec'),
  sends(vfioAttach, 'ste', 'abort'),
]

/** The same of mock devices. */
export const mockUnwinds: readonly Omission[] = [
  sends(mockDomain, 'selftest', 'abort'),
  sends(mockDomain, 'device', 'abort'),
  sends(mockDomain, 'device', 'dec'),
  sends(mockDomain, 'device', 'unlink'),
  sends(mockDomain, 'device', 'kfree'),
  sends(mockDomain, 'group', 'detach'),
  sends(mockDomain, 'group', 'release'),
  sends(mockDomain, 'igroup', 'detach'),
  sends(mockDomain, 'hwptAuto', 'abort'),
  sends(mockDomain, 'hwptAuto', 'dec'),
  sends(mockDomain, 'ioas', 'dec'),
  sends(mockDomainReplace, 'hwptAuto', 'abort'),
  sends(mockDomainReplace, 'selftest', 'wake'),
]
