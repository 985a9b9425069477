import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { check } from '../check.ts'
import { explore } from '../reference/explore.ts'
import type { Report } from '../report.ts'
import { lengthOf } from '../test/agreement.ts'
import { zoo } from './index.ts'
import { orbits } from './orbits.ts'

/** One line of the manifest. */
interface Golden {
  readonly model: string
  readonly parameters: readonly (number | boolean)[]
  readonly symmetry: boolean
  readonly states: number
  readonly transitions: number
  readonly refusals: number
  readonly depth: number
  /**
   * The verdict of each property; for what was seen, the length of the shortest trace too:
   * `violated 3`.
   */
  readonly properties: { readonly [id: string]: string }
  readonly source: string
}

const manifest = JSON.parse(
  readFileSync(new URL('manifest.json', import.meta.url), 'utf8'),
) as readonly Golden[]
const systemOf = ({ model, parameters }: Golden) => zoo[model](...(parameters as never[]))
const verdicts = (report: Report) =>
  Object.fromEntries(
    report.properties.map((p) => [
      p.id,
      'trace' in p ? `${p.verdict} ${lengthOf(p.trace)}` : p.verdict,
    ]),
  )
/** How many renumberings its interchangeable entities have. */
const renumberings = (golden: Golden) =>
  systemOf(golden)
    .kinds.filter((k) => k.symmetric)
    .reduce(
      (n, { count }) => Array.from({ length: count }, (_, i) => i + 1).reduce((m, i) => m * i, n),
      1,
    )
const word = (verdict: string) => verdict.split(' ')[0]

describe.each(manifest)('$model $parameters, symmetry $symmetry', (golden) => {
  const { symmetry, states, transitions, refusals, depth, properties } = golden

  test('breadth-first', async () => {
    const report = await check(systemOf(golden), { symmetry })
    expect({ ...report, properties: verdicts(report) }).toMatchObject({
      complete: true,
      states,
      transitions,
      refusals,
      depth,
      properties,
    })
  })

  // Once is enough of what takes seconds.
  if (states <= 100_000)
    test('depth-first', async () => {
      const report = await check(systemOf(golden), { symmetry, order: 'depth' })
      expect(report).toMatchObject({ complete: true, states, transitions, refusals })
      for (const [id, verdict] of Object.entries(verdicts(report))) {
        expect(word(verdict)).toBe(word(properties[id]))
        expect(Number(verdict.split(' ')[1] ?? 0)).toBeGreaterThanOrEqual(
          Number(properties[id].split(' ')[1] ?? 0),
        )
      }
    })

  if (symmetry && renumberings(golden) * states <= 20_000)
    test('every renumbering tried', () => {
      expect(orbits(systemOf(golden))).toEqual({ states, transitions, refusals, depth })
    })

  if (!symmetry && states <= 1000)
    test('reference engine', () => {
      const found = explore(systemOf(golden))
      expect(found).toMatchObject({ states, transitions, refusals, depth })
      const lengths = Object.entries(properties).flatMap(([id, verdict]) =>
        verdict.includes(' ') ? [[id, Number(verdict.split(' ')[1])]] : [],
      )
      expect(Object.fromEntries(found.seen)).toEqual(Object.fromEntries(lengths))
    })

  const unreduced = manifest.find(
    (g) =>
      g.model === golden.model && String(g.parameters) === String(golden.parameters) && !g.symmetry,
  )
  if (symmetry && unreduced !== undefined)
    test('symmetry changes no verdict', () => {
      expect(properties).toEqual(unreduced?.properties)
    })
})
