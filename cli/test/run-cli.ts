import { run } from '../program.ts'
import type { Catalogue } from '../catalogue.ts'
import { zooCatalogue } from './zoo-catalogue.ts'

/** What a command line printed and returned. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The world of a command line, where it is not the usual one. */
interface World {
  readonly isTTY?: boolean
  readonly signal?: AbortSignal
  readonly catalogue?: Catalogue
}

/** Runs a command line on systems of the zoo. */
export async function cli(argv: readonly string[], world: World = {}): Promise<Ran> {
  const { isTTY = false, signal = new AbortController().signal, catalogue = zooCatalogue } = world
  let out = ''
  let err = ''
  const code = await run(argv, {
    catalogue,
    stdout: { write: (text) => (out += text) },
    stderr: { isTTY, write: (text) => (err += text) },
    signal,
    version: '1.2.3',
  })
  return { code, out, err }
}
