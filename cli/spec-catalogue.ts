import { propertiesFor } from '../properties/index.ts'
import { profiles, scopes, systemOf, type ProfileName, type ScopeName } from '../spec/index.ts'
import type { Catalogue } from './catalogue.ts'

/**
 * The scopes and drivers of the specification, with the properties meant for them, on the kernel as
 * merged.
 */
export const catalogue: Catalogue = {
  scopes: Object.keys(scopes),
  drivers: Object.keys(profiles),
  defaults: [
    { scope: 'smoke', driver: 'smmuv3' },
    { scope: 'smoke', driver: 'mock' },
    { scope: 'lifecycle', driver: 'smmuv3' },
    { scope: 'lifecycle', driver: 'mock' },
    { scope: 'race', driver: 'smmuv3' },
    { scope: 'race', driver: 'mock' },
  ],
  settings: (scope) => ({ ...scopes[scope as ScopeName] }),
  build: (choice) => {
    const {
      scope,
      driver,
      settings: set,
    } = choice as { scope: ScopeName; driver: ProfileName; settings: typeof choice.settings }
    return systemOf({ scope, driver, set, properties: propertiesFor(scope, driver, set) })
  },
  findings: () => [],
}
