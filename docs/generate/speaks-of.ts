import type { Property, System } from '../../checker/index.ts'
import { ReferenceView } from '../../checker/reference/view.ts'
import { Notes } from './recorder.ts'
import type { Sequence } from './sequence.ts'

/** The kinds of object that a property looks at, in any state of the sequences. */
export function speaksOf(system: System, property: Property<never>, sequences: Iterable<Sequence>): Set<string> {
  const kinds = new Set<string>()
  for (const sequence of sequences) for (const kind of inOne(system, property, sequence)) kinds.add(kind)
  return kinds
}

function* inOne(system: System, property: Property<never>, { steps }: Sequence): Generator<string> {
  for (const { step, before, after } of steps) {
    const notes = new Notes()
    const [was, is] = [new ReferenceView(system, before), new ReferenceView(system, after)]
    const operation = system.operations.find((op) => op.name === step.action)
    if (operation === undefined) continue
    if (property.kind === 'always' || property.kind === 'assume' || (property.kind === 'cover' && property.holds !== undefined)) {
      ;(property.holds as (view: unknown) => boolean)(notes.view(is.collections()))
    } else {
      if (property.on !== undefined && !property.on.includes(operation.action)) continue
      if (property.outcome !== undefined && property.outcome !== step.outcome) continue
      const isObject = (name: string) => operation.params.some((p) => p.name === name && !('oneOf' in p.param))
      const args = Object.fromEntries(
        Object.entries(step.args).map(([name, value]) => [name, isObject(name) ? notes.shown(was.handle(value as string), name) : value]),
      )
      const call = {
        action: step.action,
        args,
        outcome: step.outcome,
        changed: before !== after,
        before: notes.view(was.collections([is])),
        after: notes.view(is.collections([was])),
      }
      const holds = property.kind === 'step' ? property.holds : property.happens
      ;(holds as (call: unknown) => boolean)(call)
      if (property.on !== undefined && property.kind === 'step')
        for (const { param } of operation.params) if ('each' in param) for (const kind of param.each) notes.kinds.add(kind)
    }
    yield* notes.kinds
  }
}
