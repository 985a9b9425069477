import { describe, expect, it } from 'vitest'
import { CheckerError, errorCodes } from './errors.ts'
import { actions } from './test/wrong-uses/actions.ts'
import type { WrongUse } from './test/wrong-uses/fixtures.ts'
import { files } from './test/wrong-uses/files.ts'
import { graphs } from './test/wrong-uses/graphs.ts'
import { handles } from './test/wrong-uses/handles.ts'
import { kinds } from './test/wrong-uses/kinds.ts'
import { machines } from './test/wrong-uses/machines.ts'
import { options } from './test/wrong-uses/options.ts'
import { properties } from './test/wrong-uses/properties.ts'
import { parameters } from './test/wrong-uses/parameters.ts'
import { quantifiers } from './test/wrong-uses/quantifiers.ts'
import { scopes } from './test/wrong-uses/scopes.ts'
import { traces } from './test/wrong-uses/traces.ts'

const topics: Readonly<Record<string, readonly WrongUse[]>> = {
  scopes,
  kinds,
  actions,
  parameters,
  properties,
  options,
  handles,
  quantifiers,
  machines,
  traces,
  files,
  graphs,
}

/** What a use comes to; anything but an error of the checker is none. */
async function refusal(use: () => unknown): Promise<{ code: string; message: string }> {
  try {
    await use()
  } catch (error) {
    if (error instanceof CheckerError) return { code: error.code, message: error.message }
    return { code: 'raw', message: String(error) }
  }
  return { code: 'taken', message: '' }
}

describe.each(Object.entries(topics))('wrong uses: %s', (_, rows) => {
  it.each(rows)('%s: %s', async (_name, code, message, use) => {
    const refused = await refusal(use)
    expect(refused.code, refused.message).toBe(code)
    expect(refused.message).toMatch(message)
    expect(refused.message).toMatch(new RegExp(`^${code} ${errorCodes[code]}: .`))
  })

  it('names differ', () => {
    expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length)
  })
})

it('every code is provoked by some row', () => {
  const provoked = new Set(Object.values(topics).flatMap((rows) => rows.map(([, code]) => code)))
  // What changes nothing is a proposal of the specification.
  const elsewhere = ['CHK027']
  expect(Object.keys(errorCodes).filter((code) => !provoked.has(code as never))).toEqual(elsewhere)
})
