import { builtIn } from '../built-in.ts'
import { described } from '../described.ts'
import { CheckerError } from '../errors.ts'
import { brokenOutcomes } from '../refused.ts'

/** Names that are taken by the properties that every system may have. */
export const builtInProperties = Object.keys(builtIn)

/** Parameters of an action's own would stand in the place of these. */
const ownParameters = ['caller', 'fails']

/** The kind of the threads, and what views have beside collections. */
const ownKinds = ['caller', 'at']

/** How calls end that have no error. */
const ownOutcomes = ['step', 'blocked', ...Object.values(brokenOutcomes)]

const reserved = (what: string, name: string, means: string): CheckerError =>
  new CheckerError('CHK023', `${what} is called '${name}', which is ${means}; choose another name`)

export function assertPropertyName(id: string): void {
  if (builtInProperties.includes(id)) throw reserved('a property', id, 'a property of every system')
}

export function assertParameterName(action: string, name: string): void {
  if (ownParameters.includes(name))
    throw reserved(
      `a parameter of ${action}`,
      name,
      name === 'fails' ? 'the point of failure in traces' : 'the thread in traces',
    )
  assertPlain(`a parameter of ${action}`, name)
}

export function assertKindName(name: string): void {
  if (ownKinds.includes(name))
    throw reserved(
      'a kind',
      name,
      name === 'at' ? 'how views find the component of a handle' : 'the kind of the threads',
    )
  if (!/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name))
    throw new CheckerError(
      'CHK013',
      `a kind is called ${JSON.stringify(name)}; references to it are written ${name}[0], so use letters, digits, _, $ and - alone`,
    )
  assertPlain('a kind', name)
}

/** `step` and `ok` count as success; the rest never come from a body. */
export function assertOutcome(where: string, code: unknown): void {
  if (typeof code !== 'string' || code === '')
    throw new CheckerError('CHK021', `${where} ends with ${described(code)}; use a text`)
  if (ownOutcomes.includes(code))
    throw reserved(`an outcome of ${where}`, code, 'what the checker calls an ending of its own')
}

/** A refusal is no success either. */
export function assertRefusal(where: string, code: unknown): void {
  assertOutcome(where, code)
  if (code === 'ok') throw reserved(`an outcome of ${where}`, code, 'how calls end that succeed')
}

/** Objects take this name for their prototype. */
function assertPlain(what: string, name: string): void {
  if (name === '__proto__') throw reserved(what, name, 'the prototype of every object')
}

/**
 * Every operation is told by its name: `a:b` is the step `b` of `a`, where threads interleave, and
 * may be no other action.
 */
export function assertOperationNames(
  actions: readonly {
    readonly name: string
    readonly steps: readonly { readonly name: string }[]
  }[],
): void {
  const names = new Set(actions.map((action) => action.name))
  for (const { name, steps } of actions)
    for (const step of steps)
      if (names.has(`${name}:${step.name}`))
        throw reserved(
          'an action',
          `${name}:${step.name}`,
          `the step '${step.name}' of the action '${name}'`,
        )
}
