import { setup } from 'xstate'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const manager = setup({
  types: { events: {} as { type: 'prepare' | 'abort' | 'commit' } },
}).createMachine({
  id: 'manager',
  initial: 'working',
  states: {
    working: {
      on: {
        prepare: { target: 'prepared' },
        abort: { target: 'aborted' },
        commit: { target: 'committed' },
      },
    },
    prepared: { on: { abort: { target: 'aborted' }, commit: { target: 'committed' } } },
    committed: { on: { commit: {}, abort: { target: 'aborted' } } },
    aborted: { on: { abort: {}, commit: { target: 'committed' } } },
  },
})

const vote = setup({ types: { events: {} as { type: 'send' | 'receive' } } }).createMachine({
  id: 'vote',
  initial: 'none',
  states: {
    none: { on: { send: { target: 'sent' } } },
    sent: { on: { receive: { target: 'received' } } },
    received: { on: { receive: {} } },
  },
})

const coordinator = setup({ types: { events: {} as { type: 'commit' | 'abort' } } }).createMachine({
  id: 'coordinator',
  initial: 'init',
  states: {
    init: { on: { commit: { target: 'committed' }, abort: { target: 'aborted' } } },
    committed: {},
    aborted: {},
  },
})

interface Kinds {
  readonly manager: typeof manager
  readonly vote: typeof vote
  readonly coordinator: typeof coordinator
}
const { action, each, always, blocked } = model<Kinds>()
const rm = each('manager')

/**
 * The transaction commit protocol of Gray and Lamport's TLA+ specification TwoPhase, `managers`
 * resource managers.
 */
export const twoPhaseCommit = (managers: number): System =>
  system<Kinds>({
    kinds: {
      manager: { machine: manager, count: managers, symmetric: true },
      vote: { machine: vote, per: 'manager' },
      coordinator: { machine: coordinator, count: 1 },
    },
    actions: [
      action('TMRcvPrepared', { rm }, ({ rm }, { vote, coordinator }) => {
        if (vote.of(rm).in('none') || !coordinator.only.in('init')) return blocked()
        vote.of(rm).send({ type: 'receive' })
      }),
      action('TMCommit', {}, (_, { vote, coordinator }) => {
        if (!coordinator.only.in('init') || !vote.every((v) => v.in('received'))) return blocked()
        coordinator.only.send({ type: 'commit' })
      }),
      action('TMAbort', {}, (_, { coordinator }) => {
        if (!coordinator.only.in('init')) return blocked()
        coordinator.only.send({ type: 'abort' })
      }),
      action('RMPrepare', { rm }, ({ rm }, { vote }) => {
        if (!rm.in('working')) return blocked()
        rm.send({ type: 'prepare' })
        vote.of(rm).send({ type: 'send' })
      }),
      action('RMChooseToAbort', { rm }, ({ rm }) => {
        if (!rm.in('working')) return blocked()
        rm.send({ type: 'abort' })
      }),
      action('RMRcvCommitMsg', { rm }, ({ rm }, { coordinator }) => {
        if (!coordinator.only.in('committed')) return blocked()
        rm.send({ type: 'commit' })
      }),
      action('RMRcvAbortMsg', { rm }, ({ rm }, { coordinator }) => {
        if (!coordinator.only.in('aborted')) return blocked()
        rm.send({ type: 'abort' })
      }),
    ],
    properties: [
      always('consistent', {
        says: 'No manager has committed while another has aborted.',
        source: ['TwoPhase, TCConsistent'],
        holds: ({ manager }) =>
          !(manager.some((m) => m.in('committed')) && manager.some((m) => m.in('aborted'))),
      }),
    ],
  })
