import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './measure.ts'
import type { Model } from './models.ts'

/** What a run says of the graph that it explored. */
export interface Counts {
  readonly states: number
  readonly transitions: number
}

/** A checker set up for one model of one size. */
export interface Prepared {
  readonly command: readonly string[]
  readonly counts: (stdout: string) => Counts
}

/** A checker. */
export interface Contender {
  readonly id: string
  readonly title: string
  /** The programs that it needs. */
  readonly needs: readonly string[]
  /**
   * Generates and compiles, which is not measured. `states` is about how many there will be, for
   * tables that are sized beforehand.
   */
  readonly prepare: (name: string, model: Model, n: number, states: number, dir: string) => Prepared
}

const number = (text: string, pattern: RegExp): number => {
  const match = pattern.exec(text)
  if (match === null) throw new Error(`no ${pattern} in\n${text}`)
  return Number(match[1])
}

const ours: Contender = {
  id: 'ours',
  title: 'this checker',
  needs: [],
  prepare: (name, _model, n) => ({
    command: [
      process.execPath,
      fileURLToPath(new URL('run-ours.js', import.meta.url)),
      name,
      String(n),
      '--no-symmetry',
    ],
    counts: (stdout) => JSON.parse(stdout) as Counts,
  }),
}

/**
 * Spin stores exactly without reductions; `-E`, since a deadlock would end its search and ours goes
 * on.
 */
function spin(id: string, title: string, flags: readonly string[]): Contender {
  return {
    id,
    title,
    needs: ['spin', 'gcc'],
    prepare: (_name, model, n, states, dir) => {
      mkdirSync(dir, { recursive: true })
      writeFileSync(join(dir, 'model.pml'), model.twin.promela(n))
      run(['spin', '-a', 'model.pml'], dir)
      run(['gcc', '-O2', '-w', '-DSAFETY', '-DNOREDUCE', ...flags, '-o', 'pan', 'pan.c'], dir)
      const table = `-w${Math.max(10, Math.ceil(Math.log2(states)))}`
      // The stack is taken at once and in whole: a first run finds how deep it has to be.
      const depth = number(run(['./pan', '-E', table, '-m10000000'], dir), /depth reached (\d+)/)
      return {
        command: ['./pan', '-E', table, `-m${depth + 100}`],
        counts: (stdout) => {
          if (!/errors: 0$/m.test(stdout) || /max search depth too small/.test(stdout))
            throw new Error(`Spin's search is not whole:\n${stdout}`)
          return {
            states: number(stdout, /(\d+) states, stored/),
            // Spin counts the way into the initial state.
            transitions: number(stdout, /(\d+) transitions \(/) - 1,
          }
        },
      }
    },
  }
}

const rumur: Contender = {
  id: 'rumur',
  title: 'Rumur, 1 thread',
  needs: ['rumur', 'gcc'],
  prepare: (_name, model, n, _states, dir) => {
    mkdirSync(dir, { recursive: true })
    writeFileSync(join(dir, 'model.m'), model.twin.murphi(n))
    const options = ['--threads', '1', '--deadlock-detection', 'off', '--symmetry-reduction', 'off']
    run(['rumur', ...options, '--output', 'model.c', 'model.m'], dir)
    const cx16 = process.arch === 'x64' ? ['-mcx16'] : []
    run(['gcc', '-std=c11', '-O3', '-w', ...cx16, '-o', 'model', 'model.c', '-lpthread'], dir)
    return {
      command: ['./model'],
      counts: (stdout) => {
        if (!/No error found/.test(stdout)) throw new Error(`Rumur found an error:\n${stdout}`)
        return {
          states: number(stdout, /(\d+) states,/),
          transitions: number(stdout, /states, (\d+) rules fired/),
        }
      },
    }
  },
}

/** Who is measured; the first is what the others are compared with. */
export const contenders: readonly Contender[] = [
  ours,
  spin('spin-dfs', 'Spin, depth-first', []),
  spin('spin-bfs', 'Spin, breadth-first', ['-DBFS']),
  rumur,
]
