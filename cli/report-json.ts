import type { Judged, Result } from './result.ts'
import { verdictOf } from './result.ts'

/** The proposal that is checked where none is named. */
const asMerged = 'as-merged'

/** The report of all runs as `--format json` writes it. */
export function reportJson(results: readonly Result[], version: string, stats: boolean): object {
  return { version, runs: results.map((result) => runJson(result, stats)) }
}

function runJson({ choice, report, properties }: Result, stats: boolean): object {
  const {
    symmetry,
    states,
    transitions,
    refusals,
    depth,
    complete,
    seconds,
    modelCalls,
    peakBytes,
    statistics,
  } = report
  return {
    scope: choice.scope,
    proposal: choice.proposal ?? asMerged,
    driver: choice.driver,
    ...(Object.keys(choice.settings).length === 0 ? {} : { settings: choice.settings }),
    symmetry,
    states,
    transitions,
    refusals,
    depth,
    complete,
    seconds,
    modelCalls,
    peakBytes,
    properties: properties.map(propertyJson),
    ...(stats ? { statistics } : {}),
  }
}

const propertyJson = (p: Judged): object => ({
  id: p.id,
  kind: p.kind,
  verdict: verdictOf(p),
  ...('by' in p ? { by: p.by } : {}),
  ...(p.verdict === 'vacuous' ? { note: p.note } : {}),
  ...('trace' in p ? { trace: p.trace } : {}),
})
