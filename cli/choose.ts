import type { Catalogue, Choice, Settings } from './catalogue.ts'
import { CliError, notAmong } from './errors.ts'

/** What was asked for; what is left out stays as the catalogue has it. */
export interface Wanted {
  readonly scope?: readonly string[]
  readonly driver?: readonly string[]
  readonly set?: Settings
}

/**
 * The systems that a command line names: the defaults, or the scopes named with the drivers named.
 */
export function choose(catalogue: Catalogue, { scope, driver, set = {} }: Wanted): Choice[] {
  const { scopes, drivers, defaults } = catalogue
  for (const name of scope ?? [])
    if (!scopes.includes(name)) throw new CliError('CLI002', notAmong(name, scopes))
  for (const name of driver ?? [])
    if (!drivers.includes(name)) throw new CliError('CLI003', notAmong(name, drivers))
  const unique = (names: readonly string[]) => [...new Set(names)]
  const usual = (name: string) => {
    const known = defaults.filter((d) => d.scope === name).map((d) => d.driver)
    return known.length > 0 ? known : drivers.slice(0, 1)
  }
  return unique(scope ?? defaults.map((d) => d.scope)).flatMap((name) =>
    unique(driver ?? usual(name)).map((by) => ({
      scope: name,
      driver: by,
      settings: allowed(catalogue, name, set),
    })),
  )
}

/** The settings, where the scope has them all. */
export function allowed(catalogue: Catalogue, scope: string, set: Settings): Settings {
  const known = catalogue.settings(scope)
  for (const name of Object.keys(set))
    if (!(name in known))
      throw new CliError('CLI005', `${notAmong(name, Object.keys(known))} (scope ${scope})`)
  return set
}
