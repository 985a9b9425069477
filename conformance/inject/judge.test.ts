import { describe, expect, it } from 'vitest'
import { systemOf } from '../../spec/index.ts'
import { bindings } from '../../uapi/binding/index.ts'
import type { OpResult, SequenceResult } from '../runner/result.ts'
import type { Call } from './call.ts'
import { Trial } from './judge.ts'
import { Predictor } from './predict.ts'

const set = {
  callers: 0,
  owners: 0,
  failures: 1,
  devices: 3,
  ioas: 4,
  groups: 3,
  nestParents: 2,
  bypasses: 0,
}
const predictor = new Predictor(
  systemOf({ scope: 'lifecycle', driver: 'mock', set }),
  bindings.mock,
)
const ioctl = (name: string, fields: Record<string, number>, op?: string): Call =>
  ({
    kind: 'ioctl',
    request: { ioctl: name, ...(op === undefined ? {} : { op }), in: fields },
  }) as Call
const mockDomain = ioctl('IOMMU_TEST_CMD', { id: 1 }, 'MOCK_DOMAIN')
const trial = new Trial(
  {
    action: 'IOMMU_TEST_CMD(MOCK_DOMAIN)',
    outcome: 'ok',
    args: {},
    calls: [{ kind: 'open' }, ioctl('IOMMU_IOAS_ALLOC', {}), mockDomain],
  },
  predictor,
)

/** Where the kernel says that it was. */
const at = (fault: string, ...stack: string[]) => [
  { level: 5, text: `FAULT_INJECTION: forcing a failure. name ${fault}, interval 1` },
  ...stack.map((frame) => ({ level: 4, text: ` ? ${frame}+0x1e/0x82` })),
]

/**
 * What a kernel gives that is like the model, with the call failing at a point; null for one that
 * does not fail.
 */
function kernel(
  point: string | null,
  errno: string | null,
  messages: SequenceResult['messages'] = [],
): SequenceResult & { results: OpResult[] } {
  let moment = predictor.start
  const results = trial.calls.map((call, i): OpResult => {
    const here = i === trial.at && errno !== null
    const answer = predictor.answer(moment, call, here ? point : null)
    if (answer === null) throw new Error(`call ${i}`)
    if (!here || point !== null) moment = answer.next
    const outcome = here ? errno : answer.outcome
    const errnoOf = outcome === 'ok' ? null : outcome
    return {
      ret: errnoOf === null ? 0 : -1,
      errno: errnoOf,
      out: answer.out,
      memory: {},
      injected: here,
    }
  })
  return { status: 'done', results, messages }
}
const get = {
  iommufd: at('failslab', 'iommufd_device_bind', 'iommufd_test'),
  resv: at('fail_iommufd', 'iommufd_get_object', 'iommufd_test'),
}

describe('an injected failure', () => {
  it('ends the sweep of a call when it does not take place and all is as the model says', () => {
    expect(trial.judge(9, kernel(null, null))).toBeNull()
  })
  it('agrees where errno and aftermath are those of the point of failure that the kernel was at', () => {
    expect(trial.judge(3, kernel('iommufd_get_group', 'ENOMEM', get.iommufd))).toMatchObject({
      verdict: 'agrees',
      point: 'iommufd_get_group',
    })
  })
  it('of an object that is not found ends like an id that names nothing', () => {
    expect(trial.judge(3, kernel(null, 'ENOENT', get.resv))).toMatchObject({ verdict: 'unnamed' })
    expect(trial.judge(3, kernel(null, 'EBUSY', get.resv))).toMatchObject({ verdict: 'differs' })
  })
  it('with another errno than the model has there differs', () => {
    expect(trial.judge(3, kernel(null, 'EPERM', get.iommufd))).toMatchObject({
      verdict: 'differs',
      detail: expect.stringContaining('EPERM') as string,
    })
  })
  it('at a place where the model has none is missing in the model', () => {
    const elsewhere = kernel(null, 'ENOSPC', at('failslab', 'fault_in_readable'))
    expect(trial.judge(3, elsewhere)).toMatchObject({ verdict: 'lacking', point: null })
  })
  it('that the call survives is tolerated', () => {
    const result = kernel(null, null, get.iommufd)
    result.results[trial.at] = { ...result.results[trial.at], injected: true }
    expect(trial.judge(3, result)).toMatchObject({ verdict: 'tolerated', outcome: 'ok' })
  })
  it.each([
    [
      'an id that was not given back',
      (results: OpResult[]) => results[trial.at + 2],
      (r: OpResult) => ({ ...r, out: { out_ioas_id: 7 } }),
    ],
    [
      'a reference that was kept',
      (results: OpResult[]) => results.findLast((r) => r.errno === null && r.ret === 0),
      (r: OpResult) => ({ ...r, ret: -1, errno: 'EBUSY' }),
    ],
  ])('that leaves %s differs', (_, find, tamper) => {
    const result = kernel('iommufd_get_group', 'ENOMEM', get.iommufd)
    const found = find(result.results) as OpResult
    result.results[result.results.indexOf(found)] = tamper(found)
    expect(trial.judge(3, result)).toMatchObject({
      verdict: 'differs',
      detail: expect.stringMatching(/the kernel|in the kernel/) as string,
    })
  })
  it('that makes the kernel warn is told of before anything else', () => {
    const messages = [
      ...get.iommufd,
      { level: 4, text: 'WARNING: drivers/iommu/iommufd/main.c:1 at iommufd_object_remove+0x1' },
    ]
    expect(trial.judge(3, kernel('iommufd_get_group', 'ENOMEM', messages))).toMatchObject({
      verdict: 'warned',
    })
  })
})
