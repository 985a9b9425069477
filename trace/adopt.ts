import type { ObjectIds } from '../checker/index.ts'
import type { ModelCall } from '../uapi/binding/index.ts'
import { answerOf, type Answer } from './answers.ts'
import { number } from './fields.ts'
import type { Call } from './history.ts'
import type { Reading } from './reading.ts'
import { callText } from './verdict.ts'
import { lose, moved, withTraits, type World } from './world.ts'

/**
 * The world after a call that was rejected: what the kernel did is taken over. A failure changed
 * nothing; a success that the model has too, with other ids, is the model's with the kernel's ids.
 * Else the context is given up.
 */
export function adopted(
  call: Call,
  read: Reading & { readonly model: ModelCall },
  answer: Answer,
  world: World,
): World {
  if (answerOf(call) !== 'ok') return world
  const gone = () =>
    lose(world, `line ${call.line} (${callText(call)}) succeeded, which the model forbids`)
  if (answer.outcome !== 'ok') return gone()
  const { args, binding } = read.model
  const before = world.moment.ids.now()
  const ids = answer.next.ids.copy()
  const made = Object.entries(binding.out)
    .map(([field, of]) => ({ name: of(args), id: number(read.out, field) }))
    .filter(({ name }) => !before.has(name))
  for (const { name } of made) ids.give(name)
  if (!made.every(({ name, id }) => id !== null && give(ids, name, id))) return gone()
  return withTraits(moved(world, { ...answer.next, ids }), args['as'] ?? '', read.traits)
}

/**
 * Gives a component an id of its own, where that is free: those below it are taken for as long as
 * that takes.
 */
function give(ids: ObjectIds, name: string, id: number): boolean {
  const fillers: string[] = []
  const next = () => {
    const filler = `filler ${fillers.length}`
    ids.take(filler)
    return ids.of(filler) as number
  }
  for (let free = next(); free < id; free = next()) fillers.push(`filler ${fillers.length}`)
  const last = `filler ${fillers.length}`
  const found = ids.of(last) === id
  ids.give(last)
  if (found) ids.take(name)
  for (const filler of fillers) ids.give(filler)
  return found
}
