import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { CheckerError } from '../checker/index.ts'
import { propertiesFor } from '../properties/index.ts'
import {
  profiles,
  proposal,
  proposals,
  scopes,
  systemOf,
  type Proposal,
  type ProposalText,
  type ProfileName,
  type ScopeName,
} from '../spec/index.ts'
import type { Catalogue } from './catalogue.ts'
import { CliError, notAmong } from './errors.ts'
import { because, readText } from './files.ts'

/**
 * The scopes and drivers of the specification, with the properties meant for them: of the kernel as
 * merged, or as a proposal would have it.
 */
const catalogueOf = (proposed?: Proposal): Catalogue => ({
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
  proposals: Object.keys(proposals),
  proposing: async (name) => catalogueOf(proposals[name] ?? (await fromFile(name))),
  settings: (scope) => ({ ...scopes[scope as ScopeName] }),
  build: (choice) => {
    const {
      scope,
      driver,
      settings: set,
    } = choice as { scope: ScopeName; driver: ProfileName; settings: typeof choice.settings }
    const properties = propertiesFor(scope, driver, set)
    return systemOf({ scope, driver, set, properties, proposal: proposed })
  },
  findings: () => [],
})

/** What the command line knows of the specification. */
export const catalogue: Catalogue = catalogueOf()

/** The proposal that a file exports by default: made by `proposal`, or the text for it. */
async function fromFile(name: string): Promise<Proposal> {
  if (!/[./]/.test(name))
    throw new CliError('CLI011', `${notAmong(name, Object.keys(proposals))}, and no file`)
  readText(name)
  const text = await exported(name)
  if (
    typeof text !== 'object' ||
    text === null ||
    !('says' in text) ||
    typeof text.says !== 'string'
  )
    throw new CliError(
      'CLI011',
      `${name} exports no proposal; export default proposal({ says, … })`,
    )
  return proposal(text as ProposalText)
}

async function exported(name: string): Promise<unknown> {
  try {
    const file = (await import(pathToFileURL(resolve(name)).href)) as { readonly default?: unknown }
    return file.default
  } catch (error) {
    if (error instanceof CheckerError) throw error
    throw new CliError('CLI011', `${name}: ${because(error)}`)
  }
}
