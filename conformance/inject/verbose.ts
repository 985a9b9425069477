import type { Op, Sequence } from '../../uapi/sequence.ts'

const bytes = (text: string) => ({ bytes: new TextEncoder().encode(text) })
const faults = ['failslab', 'fail_page_alloc', 'fail_usercopy', 'fail_iommufd']

/**
 * Operations that make the kernel tell the stack of each injected failure, in its log and not on
 * the console.
 */
export const tellSites: Sequence = [
  ['/proc/sys/kernel/printk', '1'] as const,
  ...faults.map((fault) => [`/sys/kernel/debug/${fault}/verbose`, '2'] as const),
].flatMap(([path, text], i): Op[] => [
  { kind: 'open', path },
  { kind: 'write', fd: { from: 3 * i }, data: bytes(text) },
  { kind: 'close', fd: { from: 3 * i } },
])
