import fc from 'fast-check'
import { createActor, type AnyStateMachine } from 'xstate'
import { expect, it } from 'vitest'
import { CheckerError } from './errors.ts'
import type { Json } from './json.ts'
import { Machine, type Local, type PlainEvent } from './machine.ts'
import { mostMicrosteps } from './machine-errors.ts'
import { events, kindSpec, machineOf } from './test/random-machine.ts'

/**
 * Machines are stepped purely, one event at a time from plain data; here that is held against a
 * running actor of XState, which keeps its state between events.
 */
const event: fc.Arbitrary<PlainEvent> = fc.record({
  type: fc.constantFrom(...events, 'inner', 'unknown'),
  to: fc.constantFrom('x[0]', 'x[1]'),
  value: fc.constantFrom('v[0]', 'v[1]'),
})
const seeds = [1, Date.now() % 2 ** 31]
/** `RANDOM_MACHINES=20000` tries as many for each seed, however long it takes. */
const many = Number(process.env['RANDOM_MACHINES'] ?? 0)
const numRuns = many > 0 ? many : 100
const timeout = many > 0 ? 86_400_000 : 120_000

/** What an actor comes to, event by event; ends where it fails. */
function* lived(machine: AnyStateMachine, input: object, sent: readonly PlainEvent[]) {
  const actor = createActor(machine, { input, logger: () => undefined } as never)
  actor.subscribe({ error: () => undefined })
  actor.start()
  const now = () => actor.getSnapshot() as { value: Json; context: object; status: string }
  yield now()
  for (const one of sent) {
    // What has stopped hears nothing, and says so at length.
    if (now().status === 'active') actor.send(one)
    yield now()
  }
}

const local = ({ value, context, status }: { value: Json; context: object; status: string }) => ({
  value,
  context,
  status,
})

it.each(seeds)('a machine steps as a running actor does, seed %i', { timeout }, (seed) => {
  fc.assert(
    fc.property(
      kindSpec,
      fc.record({ flag: fc.boolean(), to: fc.constantFrom(null, 'x[0]') }),
      fc.array(event, { maxLength: 8 }),
      (spec, input, sent) => {
        const machine = machineOf('m', spec, false, true)
        machine.options.maxIterations = mostMicrosteps
        const taken = new Machine('m', machine, { ignores: ['log', 'emit'] })
        let at: Local | null = null
        let i = 0
        for (const snapshot of lived(machine, input, sent)) {
          const step = (): Local => {
            if (at === null) return taken.initial(input)
            const stepped = taken.step(at, sent[i++])
            return stepped.kind === 'taken' ? stepped.next : at
          }
          if (snapshot.status === 'error') {
            expect(step).toThrow(CheckerError)
            return
          }
          at = step()
          expect(at).toEqual(local(snapshot))
        }
      },
    ),
    { seed, numRuns },
  )
})
