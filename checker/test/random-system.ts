import fc from 'fast-check'
import type { Action } from '../action.ts'
import { model } from '../model.ts'
import { mutex } from '../mutex.ts'
import type { Param, Params } from '../params.ts'
import type { Property } from '../property.ts'
import { system, type Omission, type System } from '../system.ts'
import { body, callExpr, carelessExpr, expr, type Expr, type Stmt, type Term } from './ast.ts'
import { execute, holds, variables, type Env, type Infos } from './interpret.ts'
import { events, kindSpec, machineOf, pathsOf, type KindSpec } from './random-machine.ts'

interface ParamSpec {
  readonly sort: 'each' | 'either' | 'free' | 'oneOf' | 'value'
  readonly kind: number
}
interface ActionSpec {
  readonly threaded: boolean
  readonly fails: boolean
  readonly params: readonly ParamSpec[]
  readonly steps: readonly (readonly Stmt[])[]
}
interface PropertySpec {
  readonly kind: 'always' | 'cover' | 'step' | 'happens' | 'assume'
  readonly e: Expr
  /** The number of the action that it speaks of, one past the last for all. */
  readonly on: number
}

/** A random system as plain data. */
export interface SystemSpec {
  readonly kinds: readonly KindSpec[]
  /** The size of the value set; 0: there is none. */
  readonly values: number
  readonly valuesSymmetric: boolean
  readonly lock: boolean
  /** Calls take the lock, rather than send it events. */
  readonly takes: boolean
  readonly actions: readonly ActionSpec[]
  readonly properties: readonly PropertySpec[]
  readonly terminal: Expr | null
  readonly callers: number
  readonly failures: boolean | 'one' | 'any'
  readonly omit: { readonly action: number; readonly kind: number; readonly event: number } | null
}

const paramSpec: fc.Arbitrary<ParamSpec> = fc.record({
  sort: fc.constantFrom(
    'each' as const,
    'each' as const,
    'each' as const,
    'either' as const,
    'free' as const,
    'oneOf' as const,
    'value' as const,
  ),
  kind: fc.nat({ max: 2 }),
})
const actionSpec: fc.Arbitrary<ActionSpec> = fc.record({
  threaded: fc.boolean(),
  fails: fc.boolean(),
  params: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 9, arbitrary: fc.array(paramSpec, { minLength: 1, maxLength: 2, size: 'max' }) },
  ),
  steps: fc.array(body, { minLength: 1, maxLength: 3 }),
})
const propertySpec: fc.Arbitrary<PropertySpec> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('always' as const, 'cover' as const),
      e: expr,
      on: fc.constant(0),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('step' as const, 'happens' as const),
      e: callExpr,
      on: fc.nat({ max: 4 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('assume' as const), e: expr, on: fc.constant(0) }),
  },
)

/** Random systems. */
export const systemSpec: fc.Arbitrary<SystemSpec> = fc.record({
  kinds: fc.array(kindSpec, { minLength: 1, maxLength: 3, size: 'max' }),
  values: fc.constantFrom(0, 0, 2, 3),
  valuesSymmetric: fc.boolean(),
  lock: fc.boolean(),
  actions: fc.array(actionSpec, { minLength: 1, maxLength: 4, size: 'max' }),
  properties: fc.array(propertySpec, { maxLength: 4, size: 'max' }),
  terminal: fc.option(expr),
  callers: fc.constantFrom(0, 0, 1, 2),
  failures: fc.constantFrom(false, true, 'one' as const, 'any' as const),
  omit: fc.option(
    fc.record({ action: fc.nat({ max: 3 }), kind: fc.nat({ max: 2 }), event: fc.nat({ max: 5 }) }),
    { freq: 9 },
  ),
  takes: fc.boolean(),
})

/**
 * Random systems with mistakes that no type shows: functions of quantifiers that keep what they see,
 * and text that reads like a reference, sent where a reference is meant.
 */
export const carelessSpec: fc.Arbitrary<SystemSpec> = fc
  .record({
    spec: systemSpec,
    looks: carelessExpr,
    holds: carelessExpr,
    how: fc.constantFrom('property' as const, 'body' as const, 'label' as const),
    where: fc.nat({ max: 3 }),
  })
  .map(({ spec, looks, holds, how, where }) => {
    if (how === 'property')
      return { ...spec, properties: [...spec.properties, { kind: 'always', e: holds, on: 0 }] }
    const to: Term = { at: 'var', i: 0 }
    const first: Stmt =
      how === 'label'
        ? { do: 'label', to }
        : { do: 'if', e: looks, yes: [{ do: 'send', to, event: where, what: to }], no: [] }
    const actions = spec.actions.map((a, i) =>
      i === where % spec.actions.length
        ? {
            ...a,
            steps: a.steps.map((s, j) => (j === 0 ? [first, ...s] : s)),
          }
        : a,
    )
    return { ...spec, actions }
  })

const names = ['a', 'b', 'c']

/** Variants of a system that a test asks for. */
export interface BuildOptions {
  /** Declares kinds interchangeable as the spec has it; else none is. */
  readonly symmetric: boolean
}

/** Builds the system of a spec, through the public interface alone. */
export function build(
  spec: SystemSpec,
  { symmetric }: BuildOptions = { symmetric: false },
): System {
  const { kinds, infos } = kindsOf(spec, symmetric)
  const actions = spec.actions.map((a, i) => actionOf(`act${i}`, a, spec, infos))
  const properties = spec.properties.map((p, i) => propertyOf(`p${i}`, p, actions, infos))
  const terminal = spec.terminal
  const omit: Omission[] =
    spec.omit === null
      ? []
      : [
          {
            action: `act${spec.omit.action % actions.length}`,
            kind: infos.kinds[spec.omit.kind % infos.kinds.length].name,
            event: events[spec.omit.event % events.length],
          },
        ]
  return system<never>({
    kinds: kinds as never,
    actions,
    properties: properties as never,
    callers: spec.callers,
    failures: spec.failures,
    ...(terminal === null
      ? {}
      : {
          deadlock: {
            terminal: ((view: Env['view']) =>
              holds({ infos, vars: [], constants: [], view }, terminal)) as never,
          },
        }),
    omit,
  })
}

function kindsOf(
  spec: SystemSpec,
  symmetric: boolean,
): { readonly kinds: object; readonly infos: Infos } {
  const name = (i: number) => names[i % spec.kinds.length]
  const perOf = (k: KindSpec, i: number): string[] => names.slice(0, Math.min(k.per, i))
  // What a bundle is copied with is no slot of its own: which of its slots is taken first would
  // depend on its number.
  const slot = (k: KindSpec, i: number) => k.slot && perOf(k, i).length === 0
  const counts: number[] = []
  for (const [i, k] of spec.kinds.entries())
    counts.push(
      perOf(k, i).length === 0
        ? k.count
        : perOf(k, i).reduce((n, owner) => n * counts[names.indexOf(owner)], 1),
    )
  const infos: Infos = {
    lock: spec.lock,
    kinds: spec.kinds.map((k, i) => ({
      name: names[i],
      paths: pathsOf(slot(k, i) && k.shape === 'parallel' ? 'flat' : k.shape),
      count: counts[i],
      per: perOf(k, i),
      to: name(k.to),
      weak: name(k.weak),
      slot: slot(k, i),
    })),
  }
  const kinds = Object.fromEntries([
    ...spec.kinds.map((k, i) => {
      const per = perOf(k, i)
      const shape = slot(k, i) && k.shape === 'parallel' ? 'flat' : k.shape
      const target = k.to % spec.kinds.length
      const bound = k.bound && !slot(k, i) && !slot(spec.kinds[target], target)
      return [
        names[i],
        {
          machine: machineOf(names[i], { ...k, shape }, slot(k, i)),
          ...(per.length === 0 ? { count: k.count } : { per }),
          symmetric: symmetric && k.symmetric && per.length === 0,
          input: (at: number, ref: (kind: string, slot: number) => string) => ({
            flag: k.sorted && at % 2 === 1,
            to: bound ? ref(name(k.to), at % counts[target]) : null,
          }),
        },
      ]
    }),
    ...(spec.lock ? [['lock', { machine: mutex, count: 1 }]] : []),
    ...(spec.values > 0
      ? [['v', { values: spec.values, symmetric: symmetric && spec.valuesSymmetric }]]
      : []),
  ]) as object
  return { kinds, infos }
}

function actionOf(name: string, spec: ActionSpec, whole: SystemSpec, infos: Infos): Action {
  const { ioctl, action, step } = model<never>()
  const slots = infos.kinds.filter((k) => (k as { slot?: boolean }).slot === true)
  const params: Params = Object.fromEntries(
    spec.params.map(({ sort, kind }, i): [string, Param] => {
      const { name: picked } = infos.kinds[kind % infos.kinds.length]
      const other = infos.kinds[(kind + 1) % infos.kinds.length].name
      if (sort === 'free' && slots.length > 0)
        return [`x${i}`, { free: slots[kind % slots.length].name }]
      if (sort === 'oneOf') return [`x${i}`, { oneOf: [1, 2] }]
      if (sort === 'value' && whole.values > 0) return [`x${i}`, { each: ['v'] }]
      return [`x${i}`, { each: sort === 'either' && other !== picked ? [picked, other] : [picked] }]
    }),
  )
  const fails = spec.fails ? ['first', 'second'] : []
  const env = (args: object, view: object, call: object): Env => {
    const given = variables(args)
    const locals = spec.threaded
      ? (call as { locals: { kept: Env['vars'][number] | null; times: number } }).locals
      : { kept: null, times: 0 }
    const { lock, unlock } = call as { lock: (kind: 'lock') => void; unlock: typeof lock }
    const fallible = spec.fails
      ? (call as { fails: (point: string) => boolean }).fails
      : () => false
    return {
      infos,
      ...given,
      vars: locals.kept === null ? given.vars : [...given.vars, locals.kept],
      view: view as Env['view'],
      call: { locals, fails: fallible, ...(whole.takes ? { lock, unlock } : {}) },
    }
  }
  if (!spec.threaded)
    return action(
      name,
      params as never,
      {
        fails,
        run: (args: object, view: object, call: object) =>
          execute(env(args, view, call), spec.steps[0]),
      } as never,
    )
  const steps = spec.steps.map((stmts, i) =>
    step(`s${i}`, ((args: object, view: object, call: object) =>
      execute(
        {
          ...env(args, view, call),
          around: {
            back: i === 0 ? 's0' : `s${i - 1}`,
            on: i + 2 < spec.steps.length ? `s${i + 2}` : null,
          },
        },
        stmts,
      )) as never),
  )
  return ioctl(name, params as never, { fails, locals: { kept: null, times: 0 }, steps } as never)
}

function propertyOf(
  id: string,
  spec: PropertySpec,
  actions: readonly Action[],
  infos: Infos,
): Property<never> {
  const { always, cover, assume, stepProperty } = model<never>()
  const says = id
  const state = (view: object) =>
    holds({ infos, vars: [], constants: [], view: view as Env['view'] }, spec.e)
  const call = (c: { args: object; before: Env['view'] } & NonNullable<Env['seen']>) =>
    holds({ infos, ...variables(c.args), view: c.before, seen: c }, spec.e)
  const on = spec.on < actions.length ? { on: [actions[spec.on]] } : {}
  switch (spec.kind) {
    case 'always':
      return always(id, { says, holds: state as never })
    case 'cover':
      return cover(id, { says, holds: state as never })
    case 'assume':
      return assume(id, { says, holds: state as never })
    case 'step':
      return stepProperty(id, { says, ...on, holds: call as never })
    case 'happens':
      return cover(id, { says, ...on, happens: call as never })
  }
}
