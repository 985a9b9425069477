import { acting, words, type Loose, type WrongUse } from './fixtures.ts'

/** An object that holds itself. */
const ring: { self?: unknown } = {}
ring.self = ring

const one = (use: Loose) => acting(({ lamp }: { lamp: object }) => void use(lamp))

/** What bodies and properties do with views, handles, quantifiers and events. */
export const handles: readonly WrongUse[] = [
  [
    'a member that is not there',
    'CHK012',
    /act asks a handle of lamp for 'n'.*context\.n/,
    () => one((l) => l.n),
  ],
  [
    'a state asked as a member',
    'CHK012',
    /act asks a handle of lamp for 'on'; ask|ask in\('on'\)/,
    () => one((l) => l.on),
  ],
  [
    'matches, as of XState',
    'CHK012',
    /asks a handle of lamp for 'matches'/,
    () => one((l) => l.matches('on')),
  ],
  ['value, as of XState', 'CHK012', /asks a handle of lamp for 'value'/, () => one((l) => l.value)],
  ['a state that is not there', 'CHK011', /lamp has no state 'onn'/, () => one((l) => l.in('onn'))],
  [
    'a state that every object has',
    'CHK011',
    /lamp has no state 'toString'/,
    () => one((l) => l.in('toString')),
  ],
  [
    'a state that every object has, further in',
    'CHK011',
    /lamp has no state 'on.constructor'/,
    () => one((l) => l.in('on.constructor')),
  ],
  [
    'a state as an object',
    'CHK012',
    /act gives in\(\) of lamp an object; use a dotted path/,
    () => one((l) => l.in({ r: 'b' })),
  ],
  ['no state', 'CHK012', /act gives in\(\) of lamp undefined/, () => one((l) => l.in())],
  ['an empty state', 'CHK011', /lamp has no state ''/, () => one((l) => l.in(''))],
  [
    'a field that is not there',
    'CHK011',
    /lamp has no context field 'm'/,
    () => one((l) => l.context.m),
  ],
  [
    'a field that every object has',
    'CHK011',
    /lamp has no context field 'toString'/,
    () => one((l) => l.context.toString()),
  ],
  ['a handle as text', 'CHK012', /turns a handle into text/, () => one((l) => `${l}`)],
  ['a handle as a number', 'CHK012', /turns a handle into text or a number/, () => one((l) => +l)],
  ['a handle as JSON', 'CHK012', /turns a handle into text/, () => one((l) => JSON.stringify(l))],
  [
    'a write to a handle',
    'CHK012',
    /act writes to a handle of lamp; send an event/,
    () => one((l) => void (l.busy = true)),
  ],
  [
    'a write to a context',
    'CHK012',
    /writes to a context of lamp; send an event/,
    () => one((l) => void (l.context.n = 1)),
  ],
  ['no event', 'CHK012', /sends lamp something that is no event/, () => one((l) => l.send())],
  [
    'an event that is a text',
    'CHK012',
    /sends lamp something that is no event/,
    () => one((l) => l.send('press')),
  ],
  [
    'an event without a type',
    'CHK012',
    /something that is no event/,
    () => one((l) => l.send({ kind: 'press' })),
  ],
  [
    'an event with a number for a type',
    'CHK012',
    /something that is no event/,
    () => one((l) => l.try({ type: 1 })),
  ],
  ['an event null', 'CHK012', /something that is no event/, () => one((l) => l.send(null))],
  [
    'an event with a Map',
    'CHK001',
    /at holds Map/,
    () => one((l) => l.send({ type: 'press', at: new Map() })),
  ],
  [
    'an event with a function',
    'CHK001',
    /f holds function/,
    () => one((l) => l.send({ type: 'press', f: () => 1 })),
  ],
  [
    'an event with NaN',
    'CHK001',
    /n holds number NaN/,
    () => one((l) => l.send({ type: 'press', n: NaN })),
  ],
  [
    'an event that holds itself',
    'CHK001',
    /sends lamp an event that holds itself/,
    () => one((l) => l.send({ type: 'press', ring })),
  ],
  [
    'an event with a context',
    'CHK012',
    /context of lamp/,
    () => one((l) => l.send({ type: 'aim', to: l.context })),
  ],
  [
    'an event with a reference made up',
    'CHK020',
    /the text "lamp\[0\]"/,
    () => one((l) => l.send({ type: 'aim', to: 'lamp[0]' })),
  ],
  [
    'a kind that is not there',
    'CHK011',
    /act looks at kind 'door', which this scope does not have/,
    () => acting((_, view) => void view.door),
  ],
  [
    'of, of what is per nothing',
    'CHK012',
    /declared per nothing/,
    () => acting(({ lamp }, view) => void view.lamp.of(lamp)),
  ],
  [
    'ids of a text',
    'CHK012',
    /hands over something that is no handle/,
    () => acting((_, _view, { ids }) => ids.take('lamp[0]')),
  ],
  [
    'ids of nothing',
    'CHK012',
    /hands over something that is no handle/,
    () => acting((_, _view, { ids }) => ids.give()),
  ],
  [
    'a weak reference to a text',
    'CHK012',
    /hands over something that is no handle/,
    () => acting(({ lamp }) => lamp.send({ type: 'aim', to: words.weakRef('lamp[0]') })),
  ],
  [
    'a point of failure where none is declared',
    'CHK011',
    /asks for the point of failure 'power', which it does not declare/,
    () => acting((_, _view, call) => void call.fails('power')),
  ],

  [
    'a refusal that is caught',
    'CHK005',
    /act caught the refusal 'EPERM' and went on/,
    () =>
      one((l) => {
        try {
          l.send({ type: 'smash' })
        } catch {
          return
        }
      }),
  ],
  [
    'a body that counts its runs',
    'CHK006',
    /act/,
    () => {
      let runs = 0
      return one((l) => (runs++ % 2 === 0 ? l.in('on') : l.context.n))
    },
  ],
]
