import type { Property, RetracedStep, System } from '../../../checker/index.ts'
import { ReferenceView } from '../../../checker/inspect.ts'
import { Notes } from '../observe/notes.ts'
import type { Sequence } from './sequence.ts'

/** The calls of sequences, each once: those that begin alike share their first calls. */
export function distinctSteps(sequences: Iterable<Sequence>): RetracedStep[] {
  const found = new Map<string, RetracedStep>()
  for (const { steps } of sequences) {
    let way = ''
    for (const one of steps) {
      way += JSON.stringify(one.step)
      if (!found.has(way)) found.set(way, one)
    }
  }
  return [...found.values()]
}

/** The kinds of object that a property looks at, in the states and calls given. */
export function speaksOf(
  system: System,
  property: Property<never>,
  steps: readonly RetracedStep[],
): Set<string> {
  const kinds = new Set<string>()
  for (const step of steps) for (const kind of inOne(system, property, step)) kinds.add(kind)
  return kinds
}

function inOne(
  system: System,
  property: Property<never>,
  { step, before, after }: RetracedStep,
): Iterable<string> {
  const notes = new Notes(system)
  const is = new ReferenceView(system, after)
  if (
    property.kind === 'always' ||
    property.kind === 'assume' ||
    (property.kind === 'cover' && property.holds !== undefined)
  ) {
    ;(property.holds as (view: unknown) => boolean)(notes.view(is.collections()))
    return notes.kinds
  }
  const operation = system.operations.find((op) => op.name === step.action)
  if (operation === undefined) return []
  if (property.on !== undefined && !property.on.includes(operation.action)) return []
  if (property.outcome !== undefined && property.outcome !== step.outcome) return []
  const was = new ReferenceView(system, before)
  const isObject = (name: string) =>
    operation.params.some((p) => p.name === name && !('oneOf' in p.param))
  const args = Object.fromEntries(
    Object.entries(step.args).map(([name, value]) => [
      name,
      isObject(name) ? notes.shown(was.handle(value as string), name) : value,
    ]),
  )
  const call = {
    action: step.action,
    args,
    outcome: step.outcome,
    changed: before !== after,
    before: notes.view(was.collections([is])),
    after: notes.view(is.collections([was])),
  }
  ;((property.kind === 'step' ? property.holds : property.happens) as (call: unknown) => boolean)(
    call,
  )
  if (property.on !== undefined && property.kind === 'step')
    for (const { param } of operation.params)
      if ('each' in param) for (const kind of param.each) notes.kinds.add(kind)
  return notes.kinds
}
