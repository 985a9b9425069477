import {
  aspectText,
  everything,
  quotient,
  type Aspect,
  type Quotient,
  type System,
} from '../checker/index.ts'
import { choose, type Wanted } from './choose.ts'
import { CliError } from './errors.ts'
import { assertWritable, writeWhole } from './files.ts'
import { graphDot } from './graph-dot.ts'
import { graphJson } from './graph-json.ts'
import { graphSvg } from './graph-svg.ts'
import { graphSuggestion } from './graph-suggestion.ts'
import type { Io } from './io.ts'
import { plural } from './numbers.ts'
import { progressLine } from './progress.ts'
import { title } from './report-text.ts'
import { exit } from './result.ts'

/** The options of `graph`, parsed. */
export interface GraphCommand extends Wanted {
  /** What is told apart; everything where nothing is named. */
  readonly by?: readonly Aspect[]
  readonly format: 'dot' | 'svg' | 'json'
  /** More nodes are refused; a picture of more than some dozen says little. */
  readonly maxNodes?: number
  readonly maxMemory?: number
  readonly out?: string
}

/**
 * Nodes that are shown where nothing else is asked for: what can be looked at, and what a program
 * can read.
 */
const usualMost = { dot: 40, svg: 40, json: 10_000 }

/** Writes the state graph of one system, or its quotient. Returns the exit code. */
export async function graphCommand(command: GraphCommand, io: Io): Promise<number> {
  const { by, format, maxMemory, out, maxNodes = usualMost[format] } = command
  const { scopes } = io.catalogue
  const choices = choose(io.catalogue, { ...command, scope: command.scope ?? [scopes[0]] })
  const [choice] = choices
  const several =
    new Set(choices.map((c) => c.scope)).size > 1 ||
    (command.driver !== undefined && choices.length > 1)
  if (several)
    throw new CliError(
      'CLI001',
      `${choices.length} systems are named; a graph is of one scope on one driver`,
    )
  if (out !== undefined) assertWritable(out)
  const system = bare(io.catalogue.build(choice))
  const line = progressLine(io.stderr, title({ choice }))
  const graph = await quotient(system, by ?? everything(system), {
    maxMemory,
    // The graph itself has a node for each state, so that nobody waits for more of them than can be
    // shown.
    ...(by === undefined ? { maxStates: maxNodes + 1 } : {}),
    signal: io.signal,
    onProgress: line.show,
  }).finally(line.end)
  if (graph.nodes.length > maxNodes) throw await tooLarge(system, graph, by ?? null, maxNodes)
  const text = await { dot: graphDot, svg: graphSvg, json: graphJson }[format](graph, {
    choice,
    whole: by === undefined,
    version: io.version,
  })
  if (out === undefined) io.stdout.write(text)
  else {
    writeWhole(out, text)
    io.stdout.write(
      `${plural(graph.nodes.length, 'node')}, ${plural(graph.edges.length, 'edge')} in ${out}\n`,
    )
  }
  if (graph.cut !== null)
    io.stderr.write(`incomplete: stopped by ${graph.cut}; nodes and edges may be missing\n`)
  return graph.cut === null ? exit.expected : exit.incomplete
}

/** A graph shows states, whatever holds of them; assumptions bound it. */
const bare = (system: System): System => ({
  ...system,
  properties: system.properties.filter((p) => p.kind === 'assume'),
})

async function tooLarge(
  system: System,
  graph: Quotient,
  by: readonly Aspect[] | null,
  most: number,
): Promise<CliError> {
  const size = `${graph.cut === null ? '' : 'at least '}${plural(graph.nodes.length, 'node')}, and ${most} can be shown`
  const suggestion = await graphSuggestion(system, by, most)
  const instead = suggestion === null ? '' : `; tell less apart: ${suggestion}`
  return new CliError(
    'CLI009',
    `${by === null ? 'the whole' : `by ${by.map(aspectText).join()}`} has ${size}${instead}`,
  )
}
