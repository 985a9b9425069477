import { check, CheckerError } from '../checker/index.ts'
import type { Job, Said } from './explore-apart.ts'
import { withProperties } from './select.ts'
import { catalogue } from './spec-catalogue.ts'

/** Explores the one system that it is told of, for the process that started it; see explore-apart.ts. */
const interrupt = new AbortController()
const say = (said: Said) => void process.send?.(said)

// The terminal tells all its processes; the first one of them decides.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())
process.on('message', (message: Job | 'interrupt') => void (message === 'interrupt' ? interrupt.abort() : explore(message)))

async function explore({ choice, wanted, limits }: Job): Promise<void> {
  const onProgress = (progress: Extract<Said, { progress: unknown }>['progress']) => say({ progress })
  try {
    const system = catalogue.build(choice)
    const chosen = wanted === null ? system : withProperties(system, wanted)
    say({ report: await check(chosen, { ...limits, signal: interrupt.signal, onProgress }) })
  } catch (error) {
    if (!(error instanceof CheckerError)) throw error
    say({ refused: { code: error.code, message: error.message } })
  }
}
