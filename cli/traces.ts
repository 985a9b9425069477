import { join } from 'node:path'
import { CheckerError, fromItf, retrace, toItf, type ReadItf } from '../checker/index.ts'
import type { Catalogue, Choice, Settings } from './catalogue.ts'
import { allowed, choose } from './choose.ts'
import { writeWhole } from './files.ts'
import type { Result } from './result.ts'

/**
 * Writes a trace file for each counterexample and witness of a run:
 * `<scope>-<driver>-<property>.itf.json`.
 */
export function writeTraces({ choice, system, properties }: Result, folder: string): void {
  for (const p of properties) {
    if (!('trace' in p)) continue
    const meta: Record<string, string> = {
      source: 'iommufd-spec check',
      description: `${p.verdict}: ${p.id} (${p.says})`,
      scope: choice.scope,
      driver: choice.driver,
      settings: JSON.stringify(choice.settings),
      property: p.id,
    }
    if (choice.proposal !== undefined) meta['proposal'] = choice.proposal
    if (p.id === 'locks') meta['locks'] = system.lockOrder.known().join('\n')
    const itf = toItf(retrace(system, p.trace, p.id), meta)
    writeWhole(
      join(folder, `${choice.scope}-${choice.driver}-${p.id}.itf.json`),
      `${JSON.stringify(itf, null, 1)}\n`,
    )
  }
}

/** A trace file with the system that it was made from. */
export interface TraceFile extends ReadItf {
  readonly choice: Choice
  readonly property: string | null
}

/** Reads a trace file that {@link writeTraces} wrote. */
export function readTrace(text: string, catalogue: Catalogue): TraceFile {
  const itf = fromItf(text)
  const { scope, driver, settings = '{}', property = null, proposal } = itf.meta
  if (scope === undefined || driver === undefined)
    throw new CheckerError(
      'CHK016',
      "'#meta' does not say of which scope and driver it is; use a file that `check` wrote",
    )
  const [choice] = choose(catalogue, { scope: [scope], driver: [driver] })
  return {
    ...itf,
    property,
    choice: {
      ...choice,
      settings: allowed(catalogue, scope, settingsOf(settings)),
      ...(proposal === undefined ? {} : { proposal }),
    },
  }
}

function settingsOf(text: string): Settings {
  try {
    const settings: unknown = JSON.parse(text)
    if (
      typeof settings === 'object' &&
      settings !== null &&
      Object.values(settings).every(Number.isInteger)
    )
      return settings as Settings
  } catch {
    // Told below, as everything else that is no object.
  }
  throw new CheckerError('CHK016', `'settings' in '#meta' is ${text}; use an object of numbers`)
}
