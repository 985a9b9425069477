import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { errorCodes } from '../checker/index.ts'
import { cliErrorCodes } from '../cli/errors.ts'
import { conformanceErrorCodes } from '../host/errors.ts'
import { traceErrorCodes } from '../trace/errors.ts'

const page = readFileSync(new URL('errors.md', import.meta.url), 'utf8')

/** The entries of the page's lists: code, meaning, where, what to do. */
const rows = [
  ...page
    .replace(/\n {2}/g, ' ')
    .matchAll(/^- (`\w+`) (.*?)\. Where: (.*?)\. What to do: (.*)\.$/gm),
].map((match) => [...match])

describe.each([
  ['CHK', errorCodes],
  ['CLI', cliErrorCodes],
  ['TRC', traceErrorCodes],
  ['CNF', conformanceErrorCodes],
] as const)('the page of error codes: %s', (prefix, catalogue) => {
  it('has each code once and in order, and no other, with its meaning', () => {
    const own = rows.filter(([, code]) => code.startsWith(`\`${prefix}`))
    expect(own.map(([, code, meaning]) => [code.replaceAll('`', ''), meaning])).toEqual(
      Object.entries(catalogue).sort(([a], [b]) => (a < b ? -1 : 1)),
    )
  })
})

it('says of each code where it arises and what to do', () => {
  for (const [, code, , where, instead] of rows) {
    expect(where, code).not.toBe('')
    expect(instead, code).not.toBe('')
  }
})
