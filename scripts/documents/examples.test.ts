import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as checker from '../../checker/index.ts'
import * as machines from '../../spec/machines.ts'
import * as properties from '../../properties/index.ts'
import * as spec from '../../spec/index.ts'
import { Checkout } from './checkout.ts'
import { examples } from './examples.ts'

const all = examples().map((example, i) => ({ ...example, file: `example-${i}.ts` }))
let checkout: Checkout
let printed: string[]

beforeAll(() => {
  checkout = new Checkout()
  for (const { file, code } of all) checkout.write(file, code)
  checkout.write(
    'all.ts',
    all.map(({ file }) => `console.log('\\f')\nawait import('./${file}')\n`).join(''),
  )
  const { status, out } = checkout.run('npx tsx all.ts')
  expect(status, out).toBe(0)
  printed = out.split('\f\n').slice(1)
})
afterAll(() => rmSync(checkout.folder, { recursive: true, force: true }))

describe('the examples of doc comments', () => {
  it.each(all.map((example, i) => ({ ...example, i })))(
    '$at: $of prints what it says',
    ({ i, prints }) => {
      const lines = printed[i].split('\n').map((line) => line.trim())
      expect(lines.filter((line) => line !== '')).toEqual(prints)
    },
  )

  it('are typed', () => {
    expect(checkout.types(all.map(({ file }) => file))).toEqual({ status: 0, out: '' })
  })

  it('are there for every function and class that the package exports, and print something', () => {
    const exported = Object.entries({ ...checker, ...spec, ...properties, ...machines })
    const functions = exported
      .filter(([, value]) => typeof value === 'function')
      .map(([name]) => name)
    expect(functions.length).toBeGreaterThan(20)
    const shown = new Set(all.filter(({ prints }) => prints.length > 0).map(({ of }) => of))
    expect(functions.filter((name) => !shown.has(name))).toEqual([])
  })
})
