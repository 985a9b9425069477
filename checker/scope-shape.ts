import { CheckerError } from './errors.ts'

const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null

const shown = (value: unknown): string =>
  value === undefined || value === null
    ? String(value)
    : Array.isArray(value)
      ? 'a list'
      : isObject(value)
        ? 'an object'
        : `a ${typeof value}`

/**
 * Refuses what is no scope at all, in plain JavaScript too: no kinds, no actions, a machine that is
 * none.
 *
 * @throws CheckerError CHK013
 */
export function assertScope(scope: unknown): void {
  const refuse = (what: string): never => {
    throw new CheckerError('CHK013', what)
  }
  const whole = '{ kinds: { name: { machine, count } }, actions: [action(…)] }'
  if (!isObject(scope)) return refuse(`the scope is ${shown(scope)}; give ${whole}`)
  const { kinds, actions } = scope
  if (!isObject(kinds) || Array.isArray(kinds))
    return refuse(`'kinds' of the scope is ${shown(kinds)}; give ${whole}`)
  if (!Array.isArray(actions))
    return refuse(`'actions' of the scope is ${shown(actions)}; give ${whole}`)
  for (const [i, action] of actions.entries())
    if (!isObject(action) || typeof action['name'] !== 'string' || !Array.isArray(action['steps']))
      refuse(`actions[${i}] is ${shown(action)}, made by neither action nor ioctl`)
  for (const [name, kind] of Object.entries(kinds)) {
    if (!isObject(kind)) {
      refuse(`kind '${name}' is ${shown(kind)}; give { machine, count }, or { values }`)
      continue
    }
    const { machine, values } = kind
    if (machine === undefined && values === undefined)
      refuse(`kind '${name}' has neither a machine nor values; give { machine, count }`)
    if (machine !== undefined && values !== undefined)
      refuse(`kind '${name}' has both a machine and values; give one of them`)
    if (machine !== undefined && !isMachine(machine))
      refuse(
        `kind '${name}' has as its machine ${shown(machine)} that is no XState machine; make one by createMachine or setup(…).createMachine`,
      )
  }
}

const isMachine = (machine: unknown): boolean =>
  isObject(machine) &&
  isObject(machine['root']) &&
  isObject(machine['implementations']) &&
  typeof machine['getTransitionData'] === 'function'
