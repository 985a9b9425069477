import { check, CheckerError } from '../checker/index.ts'
import type { Job, Said } from './apart.ts'
import { withProperties } from './select.ts'
import { catalogue } from './spec-catalogue.ts'

/** Does the one job that it is told of, for the process that started it; see apart.ts. */
const interrupt = new AbortController()
// Nobody listens any more where the process that started this one is gone.
const say = (said: Said) =>
  void process.send?.(said, undefined, undefined, (error) => error !== null && process.exit())

// The terminal tells all its processes; the first one of them decides.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
process.on(
  'message',
  (message: Job | 'interrupt') =>
    void (message === 'interrupt' ? interrupt.abort() : work(message)),
)

async function work(job: Job): Promise<void> {
  try {
    say({ result: await resultOf(job) })
  } catch (error) {
    if (!(error instanceof CheckerError)) throw error
    say({ refused: { code: error.code, message: error.message } })
  }
}

async function resultOf(job: Job): Promise<unknown> {
  const { signal } = interrupt
  if (job.task === 'facts')
    return (await import('../docs/generate/index.ts')).exploreRun(job.run, signal)
  const { choice, wanted, limits } = job
  const { proposal } = choice
  const known = proposal === undefined ? catalogue : await catalogue.proposing(proposal)
  const system = known.build(choice)
  const chosen = wanted === null ? system : withProperties(system, wanted)
  return check(chosen, { ...limits, signal, onProgress: (progress) => say({ progress }) })
}
