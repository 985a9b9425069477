/**
 * The uAPI of iommufd, of its mock driver and of VFIO's device nodes: every ioctl with its request
 * number, fields and offsets.
 */
export { constants } from './constants.ts'
export { decode, encode, fieldOf, type Value } from './codec.ts'
export { dataStructs } from './data.ts'
export { iommufdIoctls, type Ioctl } from './iommufd.ts'
export type { Direction, Extent, Field, Struct } from './layout.ts'
export { testCmdRequest, testOps, type TestOp } from './test-cmd.ts'
export { vfioIoctls } from './vfio.ts'
