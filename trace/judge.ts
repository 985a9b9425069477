import type { ProfileName } from '../spec/index.ts'
import type { ModelCall } from '../uapi/binding/index.ts'
import { answerOf, answers, answerText, isAnswer, unlogged, type Answer } from './answers.ts'
import { adopted } from './adopt.ts'
import { detailsOf } from './details.ts'
import { dependencesOf, type Dependence } from './dependences.ts'
import { followed } from './outside-effects.ts'
import type { Call } from './history.ts'
import { outsideOf } from './outside-ioctls.ts'
import { inModel, reading, type Reading } from './reading.ts'
import { dataStructs, decode } from '../uapi/index.ts'
import { callText, type Status, type Verdict } from './verdict.ts'
import { lose, moved, withTraits, type World } from './world.ts'

/** A call judged, and the world after it. */
export interface Judged {
  readonly verdict: Verdict
  readonly world: World
}

type Judging = Pick<Verdict, 'context' | 'status' | 'reason' | 'details'>

type Say = (
  status: Status,
  reason: string | null,
  next: World,
  details?: readonly string[],
) => Judged

const judged = (call: Call, driver: ProfileName, how: Judging): Verdict => ({
  ...{
    line: call.line,
    pid: call.pid,
    call: callText(call),
    answer: answerOf(call),
    inModel: inModel(call, driver),
  },
  ...how,
})

/** A call on a descriptor of which the log has no opening. */
export const stray = (call: Call, driver: ProfileName): Verdict =>
  judged(call, driver, {
    context: null,
    status: 'outside',
    reason: 'the descriptor was opened before the log begins',
    details: [],
  })

/** The model's call did what the call did. */
function went(
  call: Call,
  { model, traits }: Reading & { model: ModelCall },
  answer: Answer,
  world: World,
): World {
  const after = moved(world, answer.next)
  if (answer.outcome !== 'ok') return after
  const made = model.args['as'] ?? ''
  const page = traits.includes('mappable') ? pageOf(call) : null
  const known = page === null ? after : { ...after, pages: new Map(after.pages).set(page, made) }
  return withTraits(known, made, traits)
}

/** Where the page of a new vIOMMU can be mapped; null where it was not logged. */
function pageOf({ memory }: Call): string | null {
  const { out_mmap_offset: offset } = decode(
    dataStructs.iommu_viommu_selftest,
    Buffer.from(memory?.['data_uptr'] ?? '', 'hex'),
  )
  return offset === undefined ? null : String(offset)
}

/**
 * A call whose answer the model does not have: what it did is taken over as far as that can be
 * told.
 */
function outside(call: Call, read: Reading & { model: ModelCall }, world: World): World {
  if (answerOf(call) !== 'ok') return world
  const found = [...answers(read.model, world)].find((answer) => isAnswer(answer, 'ok', read.out))
  return found === undefined
    ? lose(world, `line ${call.line} (${callText(call)}) succeeded, which the model cannot follow`)
    : went(call, read, found, world)
}

/** The world after a success that leaves the model behind. */
const lost = (call: Call, { loses }: Dependence, world: World): World =>
  loses === undefined || answerOf(call) !== 'ok'
    ? world
    : lose(world, `line ${call.line}: ${loses}`)

/** Judges a call of a context. */
export function judge(call: Call, world: World, context: number, driver: ProfileName): Judged {
  const say: Say = (status, reason, next, details = []) => ({
    verdict: judged(call, driver, { context, status, reason, details }),
    world: next,
  })
  if (world.lost !== null && outsideOf(call) === undefined)
    return say('outside', `the context was given up: ${world.lost}`, world)
  const read = reading(call, world, driver)
  const { model, missing, traits } = read
  if (model === null) {
    const { world: next, wrong } =
      answerOf(call) === 'ok' && world.lost === null
        ? followed(call, world, driver)
        : { world, wrong: null }
    return wrong === null ? say('outside', missing.join('; '), next) : say('rejected', wrong, next)
  }
  if (missing.length > 0)
    return say(
      'outside',
      `${callText(call)}: ${missing.join(', ')}`,
      outside(call, { ...read, model }, world),
    )
  return answered(call, { ...read, model }, dependencesOf(world, model, traits, driver), world, say)
}

/** A call that the model has, with what its answer depends on outside the model. */
function answered(
  call: Call,
  read: Reading & { model: ModelCall },
  dependences: readonly Dependence[],
  world: World,
  say: Say,
): Judged {
  const logged = answerOf(call)
  const decisive = dependences.find(({ decides, errnos }) => decides && !errnos.includes(logged))
  const open = dependences.find(({ errnos }) => errnos.includes(logged))
  const allowed: Answer[] = []
  for (const answer of answers(read.model, world)) {
    allowed.push(answer)
    if (!isAnswer(answer, logged, read.out)) continue
    // What is outside the model is a likelier cause than a failure that nothing speaks of.
    if (answer.fails !== null && open !== undefined) break
    const next = went(call, read, answer, world)
    if (decisive !== undefined) return say('outside', decisive.why, lost(call, decisive, next))
    const fields = unlogged(answer, read.out)
    if (fields.length > 0) return say('outside', `not logged: ${fields.join(', ')}`, next)
    return say(
      'predicted',
      answer.fails === null ? null : `with a failure at ${answer.fails}`,
      next,
    )
  }
  const dependence = open ?? decisive
  if (dependence !== undefined)
    return say('outside', dependence.why, lost(call, dependence, outside(call, read, world)))
  if (logged === 'EFAULT')
    return say('outside', 'the model has no dispatcher, which copies the struct', world)
  const [usual, ...failures] = allowed
  const others = [...new Set(failures.map(({ outcome }) => outcome))]
  const expected = `the model gives ${answerText(usual)}${others.length === 0 ? '' : `; ${others.join(' or ')} with a failure`}`
  const got = answerText({
    outcome: logged,
    out: Object.fromEntries(Object.keys(usual.out).map((f) => [f, Number(read.out[f])])),
  })
  const found =
    logged === 'ok' && usual.outcome === 'ok'
      ? `${got}, where ${expected}`
      : `${logged}, where ${expected}`
  return say(
    'rejected',
    found,
    adopted(call, read, usual, world),
    detailsOf(world, read.model, usual),
  )
}
