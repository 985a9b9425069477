import { assertSameStates, retrace, traceText } from '../checker/index.ts'
import { readText } from './files.ts'
import type { Io } from './io.ts'
import { plural } from './numbers.ts'
import { title } from './report-text.ts'
import { exit } from './result.ts'
import { readTrace } from './traces.ts'

/**
 * Performs a trace file step by step through plain XState and shows each step. Returns the exit
 * code.
 */
export async function replayCommand(path: string, io: Io): Promise<number> {
  const { choice, property, trace, states, meta } = readTrace(readText(path), io.catalogue)
  const { proposal } = choice
  const known = proposal === undefined ? io.catalogue : await io.catalogue.proposing(proposal)
  const system = known.build(choice)
  // What is wrong with the locks of a call may be told by calls that the trace does not have.
  if (meta['locks'] !== undefined) system.lockOrder.learn(meta['locks'].split('\n'))
  const retraced = retrace(system, trace, property)
  assertSameStates(retraced, states)
  const what = meta['description'] ?? property
  const lines = [
    title({ choice }),
    ...(what === null ? [] : [what]),
    '',
    traceText(retraced),
    '',
    `replayed ${plural(trace.length, 'step')} through plain XState`,
  ]
  io.stdout.write(`${lines.join('\n')}\n`)
  return exit.expected
}
