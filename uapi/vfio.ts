import type { Ioctl } from './iommufd.ts'
import { pointer, s32, struct, u32, type Struct } from './layout.ts'

const vfioType = 0x3b
const vfioBase = 100
const ioctl = <N extends string>(nr: number, s: Struct<N>): Ioctl<N> => ({
  request: (vfioType << 8) | (vfioBase + nr),
  struct: s,
})

/**
 * The ioctls of a VFIO device's own node (cdev) that bind it to an iommufd and attach it, from
 * include/uapi/linux/vfio.h.
 */
export const vfioIoctls = {
  VFIO_DEVICE_BIND_IOMMUFD: ioctl(
    18,
    struct('vfio_device_bind_iommufd', [
      u32('argsz'),
      u32('flags'),
      s32('iommufd'),
      u32('out_devid'),
      pointer('token_uuid_ptr', { each: 16, direction: 'in' }),
    ]),
  ),
  VFIO_DEVICE_ATTACH_IOMMUFD_PT: ioctl(
    19,
    struct('vfio_device_attach_iommufd_pt', [
      u32('argsz'),
      u32('flags'),
      u32('pt_id', 'both'),
      u32('pasid'),
    ]),
  ),
  VFIO_DEVICE_DETACH_IOMMUFD_PT: ioctl(
    20,
    struct('vfio_device_detach_iommufd_pt', [u32('argsz'), u32('flags'), u32('pasid')]),
  ),
} as const
