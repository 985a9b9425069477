import { constants } from 'node:os'
import { structOfTarget } from '../../uapi/binding/index.ts'
import type { Logged, LoggedCall, LoggedEvent } from '../log-line.ts'

type Values = Readonly<Record<string, number>>
type Line = LoggedCall | LoggedEvent

/**
 * A call as a recorder logs it: its output where it succeeded, else the errno's name.
 * `IOMMU_TEST_CMD` calls go by their operation.
 */
export function call(
  name: string,
  given: Values,
  answer: Values | string,
  more: Partial<LoggedCall> = {},
): LoggedCall {
  const test = name === name.toUpperCase() && !/^(IOMMU|VFIO)_/.test(name)
  const target = test ? { ioctl: 'IOMMU_TEST_CMD', op: name } : { ioctl: name }
  const struct = structOfTarget(target)
  const failed = typeof answer === 'string'
  return {
    ...{ pid: 1, fd: 3, ...target },
    in: {
      ...(struct?.fields[0].name === 'argsz'
        ? { argsz: struct.size }
        : { size: struct?.size ?? 0 }),
      ...given,
    },
    out: failed ? {} : answer,
    ret: failed ? -1 : 0,
    errno: failed ? (constants.errno as Record<string, number>)[answer] : 0,
    ...more,
  }
}

/** `/dev/iommu` is opened, as descriptor 3 of process 1. */
export const opening: LoggedEvent = { event: 'open', pid: 1, fd: 3 }
export const numbered = (lines: readonly Line[]): Logged[] =>
  lines.map((line, i) => ({ ...line, line: i + 1 }))

/** IOAS 1, test object 2, device 3 and automatic HWPT 4. */
export const device: readonly Line[] = [
  opening,
  call('IOMMU_IOAS_ALLOC', {}, { out_ioas_id: 1 }),
  call(
    'MOCK_DOMAIN',
    { id: 1 },
    { 'mock_domain.out_stdev_id': 2, 'mock_domain.out_idev_id': 3, 'mock_domain.out_hwpt_id': 4 },
  ),
]
/** The same, with nest parent 5 and vIOMMU 6. */
export const viommu: readonly Line[] = [
  ...device,
  call('IOMMU_HWPT_ALLOC', { flags: 1, dev_id: 3, pt_id: 1 }, { out_hwpt_id: 5 }),
  call('IOMMU_VIOMMU_ALLOC', { type: 0xdeadbeef, dev_id: 3, hwpt_id: 5 }, { out_viommu_id: 6 }),
]
