import { refuse } from '../../../checker/index.ts'
import { assign, setup } from 'xstate'
import { expect, it } from 'vitest'
import { machines } from '../../../spec/machines.ts'
import { automaton } from './automaton.ts'
import { machineText } from '../observe/machine-text.ts'

const made = (machine: unknown) => automaton(machineText(machine as never))
const edges = (machine: unknown) => {
  const one = made(machine)
  return 'dot' in one
    ? [...one.dot.matchAll(/^\t"(\w+)" -> "(\w+)" \[ label = "([^"]*)" \];$/gm)].map(
        (m) => `${m[1]} ${m[2]} ${m[3]}`,
      )
    : []
}

it('a lifecycle whose next state depends on a count is none, and says where', () => {
  expect(made(machines.group)).toEqual({
    name: 'group',
    why: '`unuse` leads from `kernel` to `kernel` or `unowned`, by a count that an automaton does not have',
  })
})

it('all events between two states stand on one edge, as rvgen keeps the last of several', () => {
  const lamp = setup({}).createMachine({
    id: 'lamp',
    initial: 'off',
    states: {
      off: { on: { press: 'on', pull: 'on', smash: refuse('EPERM') } },
      on: { on: { press: 'off' } },
    },
  })
  expect(edges(lamp)).toEqual(['off on press\\npull', 'on off press'])
})

it('an event that is called like a state gets another name, and so does a word of C', () => {
  const entry = setup({}).createMachine({
    id: 'streamEntry',
    initial: 'default',
    on: { abort: { target: '.abort', actions: assign({}) } },
    states: { default: {}, abort: {} },
  })
  expect(edges(entry)).toEqual(['default_stream_entry abort to_abort', 'abort abort to_abort'])
})

it('names fit the kernel', () => {
  const long = setup({}).createMachine({
    id: 'aLifecycleWithANameThatIsFarTooLong',
    initial: 'a',
    states: { a: {} },
  })
  expect(made(long)).toMatchObject({ why: 'its name has 32 characters or more' })
})
