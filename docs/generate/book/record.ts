import type { TraceStep } from '../../../checker/index.ts'
import type { PropertyFact, RunFacts } from '../observe/facts.ts'

type Line = readonly [action: string, args: TraceStep['args'], outcome: string]
type Written = Omit<RunFacts, 'properties'> & {
  readonly properties: readonly (Omit<PropertyFact, 'trace'> & {
    readonly trace?: readonly Line[]
  })[]
}

/**
 * Keeps each trace once: a shortest, of whole calls where there is one, of the first run that has
 * it.
 */
export function shortest(runs: readonly RunFacts[]): RunFacts[] {
  const best = new Map<string, { readonly run: RunFacts; readonly rank: number }>()
  for (const run of runs)
    for (const { id, trace } of run.properties) {
      if (trace === undefined) continue
      const rank = trace.length + (run.callers > 0 ? 1_000_000 : 0)
      const known = best.get(id)
      if (known === undefined || rank < known.rank) best.set(id, { run, rank })
    }
  return runs.map((run) => ({
    ...run,
    properties: run.properties.map(({ id, verdict, trace }) => ({
      id,
      verdict,
      ...(best.get(id)?.run === run ? { trace } : {}),
    })),
  }))
}

/** Writes runs as JSON, a line for each property, call and check. */
export function writeRuns(runs: readonly RunFacts[]): string {
  const written = runs.map((run): Written => ({
    ...run,
    properties: run.properties.map(({ id, verdict, trace }) => ({
      id,
      verdict,
      ...(trace === undefined
        ? {}
        : { trace: trace.map(({ action, args, outcome }): Line => [action, args, outcome]) }),
    })),
  }))
  const lines = (key: string, items: readonly unknown[]) =>
    `  ${JSON.stringify(key)}: [\n${items.map((i) => `    ${JSON.stringify(i)}`).join(',\n')}\n  ]`
  const one = (run: Written) =>
    `{\n${Object.entries(run)
      .map(([key, value]) =>
        Array.isArray(value)
          ? lines(key, value)
          : `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
      )
      .join(',\n')}\n}`
  return `[\n${written.map(one).join(',\n')}\n]\n`
}

/** Reads what {@link writeRuns} wrote. */
export function readRuns(text: string): RunFacts[] {
  return (JSON.parse(text) as Written[]).map((run) => ({
    ...run,
    properties: run.properties.map(({ id, verdict, trace }) => ({
      id,
      verdict,
      ...(trace === undefined
        ? {}
        : {
            trace: trace.map(([action, args, outcome]): TraceStep => ({ action, args, outcome })),
          }),
    })),
  }))
}
