/**
 * Makes the excerpt of the kernel's self-test that is kept for the tests: `node --import tsx
 * scripts/trace-excerpt.ts LOG.jsonl.gz OUT.jsonl.gz`. Of the calls that leave nothing which the
 * model's answers depend on, it keeps the first of each ioctl and answer in each process.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { LoggedCall, LoggedEvent } from '../trace/log-line.ts'
import { outsideIoctls, outsideOps } from '../trace/outside-ioctls.ts'

type Line = (LoggedCall | LoggedEvent) & { tid?: number }
const [from, to] = process.argv.slice(2)
const lines = gunzipSync(readFileSync(from))
  .toString()
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Line)

const seen = new Set<string>()
function kept(line: Line): boolean {
  if ('event' in line) return true
  const { ioctl, op, pid, fd, ret, errno, in: given } = line
  const outside = op === undefined ? outsideIoctls[ioctl] : outsideOps[op]
  if (
    outside === undefined ||
    outside.makes !== undefined ||
    op?.startsWith('PASID_') === true ||
    op === 'ACCESS_REPLACE_IOAS'
  )
    return true
  const filled = outside.fills === undefined ? '' : String(given?.[outside.fills])
  const key = [pid, fd, ioctl, op, ret, errno, filled].join()
  return !seen.has(key) && seen.add(key) !== null
}

const times = [
  ...new Set(lines.filter(kept).flatMap(({ begin = 0, end = 0 }) => [begin, end])),
].sort((a, b) => a - b)
const rank = new Map(times.map((time, i) => [time, i]))
seen.clear()
const excerpt = lines.filter(kept).map((line) => {
  const { tid: _, begin = 0, end = 0, ...rest } = line
  if ('memory' in rest && rest.ioctl !== 'IOMMU_VIOMMU_ALLOC') delete rest.memory
  return JSON.stringify({ ...rest, begin: rank.get(begin), end: rank.get(end) })
})
writeFileSync(to, gzipSync(`${excerpt.join('\n')}\n`, { level: 9 }))
