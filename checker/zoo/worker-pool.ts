import { assign, createMachine, setup } from 'xstate'
import { refuse, type Ref } from '../lifecycle.ts'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const job = createMachine({
  id: 'job',
  initial: 'queued',
  states: {
    queued: { on: { claim: { target: 'running', description: 'a worker has it' } } },
    running: {
      on: {
        claim: refuse('taken', 'a worker has it'),
        finish: { target: 'done', description: 'its worker is through' },
        release: { target: 'queued', description: 'its worker is gone' },
      },
    },
    done: { on: { claim: refuse('done', 'there is nothing left to do') } },
  },
})

const worker = setup({
  types: {
    context: {} as { job: Ref<'job'> | null },
    events: {} as { type: 'begin'; job: Ref<'job'> } | { type: 'end' },
  },
}).createMachine({
  id: 'worker',
  context: { job: null },
  on: {
    begin: { actions: assign({ job: ({ event }) => event.job }), description: 'takes a job' },
    end: { actions: assign({ job: null }), description: 'has no job any more' },
  },
})

interface Kinds {
  readonly job: typeof job
  readonly worker: typeof worker
}
const { action, always, blocked, cover, each } = model<Kinds>()
const who = { worker: each('worker') }

/**
 * Workers that take jobs, finish them or drop them; both kinds are interchangeable. Each of the
 * workers that are busy is told from the others by nothing but its job, and the job by nothing but
 * its worker: k! orders that all come to the same.
 *
 * With n of each, orbits are the pairs of k running and d done jobs, k + d ≤ n: (n + 2)(n + 1) / 2.
 * A state has (n - k - d)(n - k) claims that succeed and 2k ends, and its other claims are
 * refused, where the worker is free: (k + d)(n - k). Without symmetry there are
 * Σ C(n, k)² k! 2^(n - k) states.
 */
export const workerPool = (n: number): System =>
  system<Kinds>({
    kinds: {
      job: { machine: job, count: n, symmetric: true },
      worker: { machine: worker, count: n, symmetric: true },
    },
    actions: [
      action('claim', { ...who, job: each('job') }, ({ worker, job }) => {
        if (worker.context.job !== null) return blocked()
        job.send({ type: 'claim' })
        worker.send({ type: 'begin', job })
      }),
      action('finish', who, ({ worker }) => {
        if (worker.context.job === null) return blocked()
        worker.context.job.send({ type: 'finish' })
        worker.send({ type: 'end' })
      }),
      action('crash', who, ({ worker }) => {
        if (worker.context.job === null) return blocked()
        worker.context.job.send({ type: 'release' })
        worker.send({ type: 'end' })
      }),
    ],
    properties: [
      always('no-orphans', {
        says: 'A job that runs has a worker.',
        holds: ({ job, worker }) =>
          job.every((j) => !j.in('running') || worker.some((w) => w.context.job === j)),
      }),
      cover('all-done', {
        says: 'All jobs can be done.',
        holds: ({ job }) => job.every((j) => j.in('done')),
      }),
    ],
    deadlock: { terminal: ({ job }) => job.every((j) => j.in('done')) },
  })
