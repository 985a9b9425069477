import type { Report, System } from '../checker/index.ts'
import { CliError, notAmong } from './errors.ts'

const builtIn = ['accepted', 'locks', 'dangling', 'deadlock', 'omitted']

/** Refused with CLI004 where none of the systems has such a property. */
export function assertProperties(wanted: readonly string[], systems: readonly System[]): void {
  const known = [...new Set([...builtIn, ...systems.flatMap((s) => s.properties.map((p) => p.id))])]
  for (const id of wanted)
    if (!known.includes(id)) throw new CliError('CLI004', notAmong(id, known))
}

/** The system with the properties named, and with its assumptions, which bound what is explored. */
export const withProperties = (system: System, wanted: readonly string[]): System => ({
  ...system,
  properties: system.properties.filter((p) => p.kind === 'assume' || wanted.includes(p.id)),
})

/** The report on the properties named alone. */
export const only = (report: Report, wanted: readonly string[]): Report => ({
  ...report,
  properties: report.properties.filter((p) => wanted.includes(p.id)),
})
