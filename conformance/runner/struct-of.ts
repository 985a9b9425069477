import { iommufdIoctls, testCmdRequest, testOps, type Struct } from '../../uapi/index.ts'
import type { IoctlOp, TestCmdOp } from '../../uapi/sequence.ts'

/** The request number and the struct of a call. */
export function structOf(op: IoctlOp | TestCmdOp): {
  readonly request: number
  readonly struct: Struct
} {
  return op.ioctl === 'IOMMU_TEST_CMD'
    ? { request: testCmdRequest, struct: testOps[op.op].struct }
    : iommufdIoctls[op.ioctl]
}
