import { fork } from 'node:child_process'
import { CheckerError, errorCodes, type ErrorCode, type Progress, type Report } from '../checker/index.ts'
import type { Choice } from './catalogue.ts'
import type { Exploration } from './explore.ts'
import { title } from './report-text.ts'

/** What a process of its own is asked to explore. */
export interface Job extends Exploration {
  readonly choice: Choice
}
/** What it says in return. */
export type Said =
  | { readonly progress: Progress }
  | { readonly report: Report }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }

/** Explores a system in a process of its own; an interrupt ends it with what it has found. */
export async function exploreApart(job: Job, worker: URL, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Report> {
  const child = fork(worker, { serialization: 'advanced' })
  const interrupt = () => void child.send('interrupt')
  signal.addEventListener('abort', interrupt)
  try {
    child.send(job)
    return await new Promise<Report>((resolve, reject) => {
      child.on('message', (said: Said) => {
        if ('progress' in said) onProgress(said.progress)
        else if ('report' in said) resolve(said.report)
        else reject(refusal(said.refused))
      })
      child.on('error', reject)
      child.on('exit', (code, by) => reject(new Error(`the process that explored ${title(job)} ended with ${by ?? code}`)))
    })
  } finally {
    signal.removeEventListener('abort', interrupt)
    child.kill()
  }
}

/** The error of the other process, as it would be here. */
const refusal = ({ code, message }: { readonly code: ErrorCode; readonly message: string }): CheckerError =>
  new CheckerError(code, message.slice(`${code} ${errorCodes[code]}: `.length))
