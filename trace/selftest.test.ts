import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { LoggedCall } from './log-line.ts'
import { readLog } from './read-log.ts'
import { validate } from './validate.ts'

/**
 * Recorded on 21 November 2026 on Linux 7.3.4 with CONFIG_IOMMUFD_TEST; scripts/trace-excerpt.ts
 * says what was left out.
 */
const path = fileURLToPath(new URL('test/selftest-7.3.4.jsonl.gz', import.meta.url))
const log = readLog(gunzipSync(readFileSync(path)).toString())

describe("the kernel's own self-test of iommufd", () => {
  const { driver, verdicts } = validate(log)

  it('does nothing that the model forbids', () => {
    expect(driver).toBe('mock')
    expect(verdicts.filter(({ status }) => status === 'rejected')).toEqual([])
  })

  it('is predicted, or outside for a part that the model lacks; no context is given up', () => {
    expect(verdicts.filter(({ status }) => status === 'predicted').length).toBeGreaterThan(1800)
    const outside = new Set(
      verdicts.filter((v) => v.inModel && v.status === 'outside').map(({ reason }) => reason),
    )
    const lacks =
      /IOMMU_HWPT_|MOCK_FLAGS_|size is|could not be read|names a|is \d+: the model has only|data_len|uses it|PASID|mapped/
    expect([...outside].filter((reason) => !lacks.test(reason ?? ''))).toEqual([])
    expect(
      [...outside].filter((reason) => /given up|before the log begins/.test(reason ?? '')),
    ).toEqual([])
  })

  it('with one answer changed is rejected at that call', () => {
    const counts = new Map<number, number>()
    for (const { pid, status } of verdicts)
      if (status === 'predicted') counts.set(pid, (counts.get(pid) ?? 0) + 1)
    const [[pid]] = [...counts].sort(([, a], [, b]) => b - a)
    const lines = log.filter((line) => line.pid === pid)
    const good = validate(lines, 'mock').verdicts.filter(({ status }) => status === 'predicted')
    expect(good.length).toBeGreaterThan(10)
    for (const { line } of good.slice(0, 15)) {
      const changed = lines.map((one) =>
        one.line === line ? denied(one as LoggedCall & { line: number }) : one,
      )
      expect(validate(changed, 'mock').verdicts.find((v) => v.line === line)?.status).toBe(
        'rejected',
      )
    }
  })
})

/** An answer that the model never gives here: EPERM. */
const denied = <T extends LoggedCall>(call: T): T => ({ ...call, ret: -1, errno: 1, out: {} })
