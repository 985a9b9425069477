import { createMachine } from 'xstate'
import { describe, expect, it } from 'vitest'
import { check, type CheckOptions } from './check.ts'
import { everything } from './aspect.ts'
import { CheckerError } from './errors.ts'
import { model } from './model.ts'
import type { Property } from './property.ts'
import { quotient } from './quotient.ts'
import { system, type System } from './system.ts'
import { couples } from './zoo/couples.ts'

const lamp = createMachine({
  initial: 'off',
  states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
})
interface Kinds {
  readonly lamp: typeof lamp
}
const { action, always, cover, each, stepProperty } = model<Kinds>()
const six = { a: each('lamp'), b: each('lamp'), c: each('lamp'), d: each('lamp') }
const wide = { ...six, e: each('lamp'), f: each('lamp') }

/** Every state offers 8^6 calls, nearly all of which come to the same. */
const manyCalls = (properties: readonly Property<Kinds>[] = []): System =>
  system<Kinds>({
    kinds: { lamp: { machine: lamp, count: 8 } },
    actions: [action('press', wide, ({ a }) => a.send({ type: 'press' }))],
    properties,
  })

/** Milliseconds of this process's own time: others may share the machine. */
const busy = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/** Interrupts after some time of its own; says how long it took to hear, and between turns. */
async function interrupted<T>(
  after: number,
  work: (options: CheckOptions) => Promise<T>,
): Promise<{ readonly result: T; readonly heard: number; readonly longest: number }> {
  const stop = new AbortController()
  const begun = process.cpuUsage()
  let told = begun
  let turned = begun
  let longest = 0
  const result = await work({
    signal: stop.signal,
    onProgress: () => {
      longest = Math.max(longest, busy(turned))
      turned = process.cpuUsage()
      if (busy(begun) < after || stop.signal.aborted) return
      told = process.cpuUsage()
      setImmediate(() => stop.abort())
    },
  })
  return { result, heard: busy(told), longest }
}

describe('a signal is heard within half a second, and so is progress', () => {
  it.each([
    ['while calls are made and met for the first time', 400, manyCalls(), { symmetry: false }],
    ['amid the calls of one state', 2000, manyCalls(), { symmetry: false }],
    ['with symmetry that is not declared', 1000, manyCalls(), {}],
    ['amid large canonical forms', 1500, couples(150), {}],
    [
      'while properties look at every call',
      1500,
      manyCalls([
        stepProperty('one', {
          says: 'One lamp at a time.',
          holds: ({ before, after }) =>
            Math.abs(before.lamp.count((l) => l.in('on')) - after.lamp.count((l) => l.in('on'))) ===
            1,
        }),
      ]),
      { symmetry: false },
    ],
    ['depth first', 1500, manyCalls(), { symmetry: false, order: 'depth' }],
  ] as const)('%s', { timeout: 60_000 }, async (_, after, made, options) => {
    const { result, heard, longest } = await interrupted(after, (outside) =>
      check(made, { ...options, ...outside }),
    )
    expect(result.cut).toBe('interrupt')
    expect(result.properties.map((p) => p.verdict)).not.toContain('proved')
    expect(heard).toBeLessThan(500)
    expect(longest).toBeLessThan(500)
  })

  it('while a quotient is made', { timeout: 60_000 }, async () => {
    const made = manyCalls()
    const { result, heard } = await interrupted(1500, (outside) =>
      quotient(made, everything(made), outside),
    )
    expect(result.cut).toBe('interrupt')
    expect(heard).toBeLessThan(500)
  })
})

describe('pauses change nothing', () => {
  /** Functions that are slow enough for a pause in nearly every call of them. */
  const made = (milliseconds: number) => {
    const slow = <T>(value: T): T => {
      const until = performance.now() + milliseconds
      while (performance.now() < until);
      return value
    }
    return system<Kinds>({
      kinds: { lamp: { machine: lamp, count: 3, symmetric: true } },
      actions: [
        action('press', { a: each('lamp'), b: each('lamp') }, ({ a, b }) => {
          slow(0)
          if (a !== b || a.in('off')) a.send({ type: 'press' })
        }),
      ],
      properties: [
        always('dim', { says: 'x', holds: ({ lamp }) => slow(lamp.some((l) => l.in('off'))) }),
        cover('all', { says: 'x', holds: ({ lamp }) => slow(lamp.every((l) => l.in('on'))) }),
        stepProperty('changes', { says: 'x', holds: ({ changed }) => slow(changed) }),
      ],
      deadlock: { terminal: () => false },
    })
  }
  const lasting = async (milliseconds: number, options: CheckOptions) => {
    const { seconds, peakBytes, ...rest } = await check(made(milliseconds), options)
    return { ...rest, took: seconds + peakBytes > 0 }
  }

  it.each([
    { order: 'breadth', symmetry: false },
    { order: 'depth', symmetry: false },
    { order: 'breadth', symmetry: true },
    { order: 'depth', symmetry: true },
  ] as const)('%o', { timeout: 60_000 }, async (options) => {
    let turns = 0
    const quick = await lasting(0, options)
    expect(quick.states).toBe(options.symmetry ? 4 : 8)
    expect(await lasting(25, { ...options, onProgress: () => turns++ })).toEqual(quick)
    expect(turns).toBeGreaterThan(5)
  })
})

describe('too many calls', () => {
  it('are refused before any is made', async () => {
    const made = system<Kinds>({
      kinds: { lamp: { machine: lamp, count: 8 } },
      actions: [
        action('press', { ...wide, g: each('lamp') }, ({ a }) => a.send({ type: 'press' })),
      ],
    })
    await expect(check(made)).rejects.toThrow(CheckerError)
    await expect(check(made)).rejects.toThrow(/CHK025.*'press' alone has 2097152 \(a 8, b 8/)
  })
})
