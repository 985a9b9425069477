import { z } from 'zod'
import { CheckerError } from '../errors.ts'
import { assertJson, stableText } from '../json.ts'
import { assertParameterName } from './names.ts'
import { assertValid, closed, func, list, must, record, text, texts, truth } from './valid.ts'

const malformed = 'CHK013'

const step = closed({ name: text, run: func })
const options = {
  kernel: z.string().optional(),
  says: z.string().optional(),
  role: text.optional(),
}
const body = closed({ run: func, fails: list.optional() })
const path = closed({
  run: func.optional(),
  steps: list.optional(),
  fails: list.optional(),
  locals: record.optional(),
})
const framed = closed({
  frames: record,
  start: text,
  steps: record,
  when: func.optional(),
  fails: list.optional(),
})
const action = closed({
  name: text,
  params: record,
  fails: texts,
  locals: record,
  steps: z.array(step, { error: 'use a list' }),
  threaded: truth,
  stepwise: truth,
  outside: record.optional(),
  ...options,
})

/** Refuses what cannot be made an action, and would be lost in making one. */
export function assertBody(name: unknown, value: unknown, more: unknown, threaded: boolean): void {
  const where = `action ${JSON.stringify(name)}`
  if (more !== undefined) assertValid(closed(options), more, malformed, `${where}, words`)
  if (typeof value === 'function') return
  const instead = threaded ? 'a function, or a path with run or steps' : 'a function, or run'
  assertValid(
    must((v) => typeof v === 'object' && v !== null, `use ${instead}`),
    value,
    malformed,
    `${where}, body`,
  )
  const withFrames = threaded && 'frames' in (value as object)
  assertValid(withFrames ? framed : threaded ? path : body, value, malformed, where)
  const { run, steps } = value as { run?: unknown; steps?: readonly unknown[] }
  if (run !== undefined && steps !== undefined)
    throw new CheckerError(malformed, `${where} has run and steps; give one of them`)
  if (run === undefined && (steps === undefined || steps.length === 0))
    throw new CheckerError(malformed, `${where} does nothing; give it run, or steps`)
}

/** Refuses what is no action: its names, its parameters, its points of failure, its steps. */
export function assertAction(value: unknown, index: number): void {
  const { name } = (value ?? {}) as { name?: unknown }
  const isNamed = typeof value === 'object' && typeof name === 'string' && name !== ''
  const where = isNamed ? `action '${name}'` : `action ${index + 1} of the scope`
  assertValid(
    must(
      (v) => typeof v === 'object' && v !== null && 'threaded' in v,
      'use what action() or ioctl() has made',
    ),
    value,
    malformed,
    where,
  )
  assertValid(action, value, malformed, where)
  const { params, fails, locals } = value as {
    params: Readonly<Record<string, unknown>>
    fails: readonly string[]
    locals: object
  }
  for (const [parameter, param] of Object.entries(params)) {
    assertParameterName(String(name), parameter)
    assertParam(`${String(name)}, parameter ${parameter}`, param)
  }
  assertDifferent(`${String(name)}, points of failure`, fails)
  for (const point of fails)
    if (point === '' || point.includes('+'))
      throw new CheckerError(
        malformed,
        `${where} has the point of failure ${JSON.stringify(point)}; + stands between points that fail together, leave it out of their names`,
      )
  assertJson(locals, `${String(name)}: locals`)
}

function assertParam(where: string, value: unknown): void {
  const kinds = ['each', 'free', 'oneOf']
  assertValid(
    must(
      (v) =>
        typeof v === 'object' &&
        v !== null &&
        Object.keys(v).length === 1 &&
        kinds.includes(Object.keys(v)[0]),
      'use each(…), free(…) or oneOf(…)',
    ),
    value,
    malformed,
    where,
  )
  const param = value as { each?: unknown; free?: unknown; oneOf?: unknown }
  if ('each' in param) {
    assertValid(texts, param.each, malformed, where)
    assertDifferent(where, param.each as readonly string[])
  } else if ('free' in param) assertValid(text, param.free, malformed, where)
  else {
    assertValid(list, param.oneOf, malformed, where)
    for (const one of param.oneOf as readonly unknown[]) assertConstant(where, one)
    assertDifferent(where, param.oneOf as readonly never[])
  }
}

function assertConstant(where: string, value: unknown): void {
  assertValid(
    must(
      (v) =>
        v === null ||
        typeof v === 'string' ||
        typeof v === 'boolean' ||
        (typeof v === 'number' && Number.isFinite(v)),
      'choose among texts, finite numbers, true, false and null',
    ),
    value,
    malformed,
    where,
  )
}

/** Two alike would be tried twice, and counted twice. */
function assertDifferent(where: string, values: readonly (string | number | boolean | null)[]) {
  const texts = values.map(stableText)
  const twice = texts.find((one, i) => texts.indexOf(one) !== i)
  if (twice !== undefined) throw new CheckerError(malformed, `${where} has ${twice} twice`)
}
