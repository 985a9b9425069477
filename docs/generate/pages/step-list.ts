import type { RootContent } from 'mdast'
import type { ActionEntry, Book } from '../book/book.ts'
import type { Path } from '../observe/call-paths.ts'
import { various } from '../observe/covers.ts'
import { heading, list, names, paragraph } from '../formats/doc.ts'

interface Told {
  readonly steps: readonly Step[]
  readonly given: readonly string[]
}

interface Step {
  readonly name: string
  /** Only calls that fail go through it. */
  readonly failing: boolean
}

/** Where other threads are let in; by the argument where paths differ. */
export function stepList(book: Book, { action }: ActionEntry): RootContent[] {
  if (action.steps.length < 2) return []
  const order = action.steps.map(({ name }) => name)
  const [first] = various(action)
  const own = book.runs.flatMap(({ paths }) => paths.filter((path) => path.action === action.name))
  const kinds = first === undefined ? [] : [...new Set(own.map((path) => path.kinds[first.param]))]
  const listed = (paths: readonly Path[]): Step[] => {
    const met = new Set(paths.flatMap((path) => path.steps))
    const good = new Set(
      paths.flatMap((path) => path.steps.filter((step) => !path.failing.includes(step))),
    )
    return order
      .filter((name) => met.size === 0 || met.has(name))
      .map((name) => ({ name, failing: met.size > 0 && !good.has(name) }))
  }
  const paths = new Map<string, Told>()
  for (const kind of kinds) {
    const through = listed(own.filter((path) => path.kinds[first.param] === kind))
    const text = JSON.stringify(through)
    paths.set(text, {
      steps: through,
      given: [...(paths.get(text)?.given ?? []), `${first.param}=${kind}`],
    })
  }
  const told = paths.size > 1 ? [...paths.values()] : [{ steps: listed(own), given: [] }]
  return [
    heading(2, 'Steps'),
    paragraph(
      'Where calls interleave, another thread is let in between these steps, as met with one of everything.',
    ),
    ...told.flatMap(({ steps, given }) => {
      const fails = steps.every(({ failing }) => failing)
      return [
        ...(given.length === 0
          ? []
          : [paragraph(['With ', ...names(given), fails ? ', which fails:' : ':'])]),
        list(
          steps.map(({ name, failing }) => (failing && !fails ? `${name}, where it fails` : name)),
          true,
        ),
      ]
    }),
  ]
}
