import { run } from '../program.ts'
import type { Catalogue } from '../catalogue.ts'
import { zooCatalogue } from './zoo-catalogue.ts'

/** What a command line printed and returned. */
export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a command line on systems of the zoo. */
export async function cli(
  argv: readonly string[],
  { isTTY = false, signal = new AbortController().signal, catalogue = zooCatalogue as Catalogue } = {},
): Promise<Ran> {
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
