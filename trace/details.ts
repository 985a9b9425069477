import type { AnyStateMachine, AnyStateNode } from 'xstate'
import type { System } from '../checker/index.ts'
import { kindOf } from '../checker/inspect.ts'
import { type ModelCall } from '../uapi/binding/index.ts'
import type { Answer } from './answers.ts'
import { holders, type World } from './world.ts'

type Json = unknown

/**
 * What a transition's machine says of it: `no live object has this id (iommufd_get_object)`; null
 * where the transition refuses nothing.
 */
function refusal(system: System, component: string, transition: string): string | null {
  const logic = system.kind(kindOf(component)).machine?.logic as AnyStateMachine
  const path = transition.slice(logic.id.length + 1).split('.')
  const [, event, index] = /^(.+)\[(\d+)\]$/.exec(path.pop() as string) as unknown as [
    string,
    string,
    string,
  ]
  const node = path.reduce(
    (at: AnyStateNode, name) => at.states[name] as AnyStateNode,
    logic.root as AnyStateNode,
  )
  const found = node.transitions.get(event)?.[Number(index)]
  const { refuse, kernel } = (found?.meta ?? {}) as { refuse?: string; kernel?: string }
  return refuse === undefined
    ? null
    : `${refuse}: ${found?.description}${kernel === undefined ? '' : ` (${kernel})`}`
}

const shown = (world: World, value: Json): string => {
  const id = typeof value === 'string' ? world.moment.ids.of(value) : null
  return id === null ? String(value) : `${String(value)} (id ${id})`
}

/**
 * A component as the model has it: `pt: hwptPaging[1] (id 5), live, users 2, ioas ioas[0] (id 1)`.
 */
function argument(world: World, param: string, name: string): string {
  const local = world.moment.state.get(name)
  if (local === undefined) return `${param}: ${name}`
  const fields =
    local.value === 'free'
      ? []
      : Object.entries(local.context).map(([field, value]) => `${field} ${shown(world, value)}`)
  const used = holders(world, name).map(({ what }) => `used by ${what}`)
  return `${param}: ${[shown(world, name), String(local.value), ...fields, ...used].join(', ')}`
}

/** What bears on the model's answer: its arguments, and the refusals that it met. */
export function detailsOf(world: World, { args }: ModelCall, answer: Answer): string[] {
  const refusals = answer.taken
    .map(({ component, transition }) => ({
      component,
      why: refusal(world.system, component, transition),
    }))
    .filter(({ why }) => why !== null)
    .map(({ component, why }) => `${shown(world, component)} refuses with ${why}`)
  return [...Object.entries(args).map(([param, name]) => argument(world, param, name)), ...refusals]
}
