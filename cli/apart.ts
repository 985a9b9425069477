import { fork } from 'node:child_process'
import { CheckerError, errorCodes, type ErrorCode, type Progress } from '../checker/index.ts'
import type { Choice } from './catalogue.ts'
import type { Exploration } from './explore.ts'

/**
 * What a process of its own is asked for: a report of `check`, or what the documents need of one of
 * their runs.
 */
export type Job =
  | ({ readonly task: 'check'; readonly choice: Choice } & Exploration)
  | { readonly task: 'facts'; readonly run: string }

/** What it says in return. */
export type Said =
  | { readonly progress: Progress }
  | { readonly result: unknown }
  | { readonly refused: { readonly code: ErrorCode; readonly message: string } }

/** Does a job in a process of its own; an interrupt ends it with what it has found. */
export async function apart(
  worker: URL,
  job: Job,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<unknown> {
  const child = fork(worker, { serialization: 'advanced' })
  const interrupt = () => void child.send('interrupt')
  signal.addEventListener('abort', interrupt)
  try {
    child.send(job)
    return await new Promise<unknown>((resolve, reject) => {
      child.on('message', (said: Said) => {
        if ('progress' in said) onProgress(said.progress)
        else if ('result' in said) resolve(said.result)
        else reject(refusal(said.refused))
      })
      child.on('error', reject)
      child.on('exit', (code, by) =>
        reject(new Error(`a process that explored ended with ${by ?? code}`)),
      )
    })
  } finally {
    signal.removeEventListener('abort', interrupt)
    child.kill()
  }
}

/** The error of the other process, as it would be here. */
const refusal = ({
  code,
  message,
}: {
  readonly code: ErrorCode
  readonly message: string
}): CheckerError => new CheckerError(code, message.slice(`${code} ${errorCodes[code]}: `.length))
