/**
 * The uAPI of iommufd, of its mock driver and of VFIO's device nodes: every ioctl with its request
 * number, fields and offsets.
 */
export { constants } from './constants.ts'
export { decode, encode, fieldOf } from './codec.ts'
export { dataStructs } from './data.ts'
export { iommufdIoctls } from './iommufd.ts'
export type { Field, Struct } from './layout.ts'
export { testCmdRequest, testOps } from './test-cmd.ts'
export { vfioIoctls } from './vfio.ts'
