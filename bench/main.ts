/**
 * Measures the checker against Spin and Rumur on the same systems, and writes bench/results.json
 * and bench/results.md; `--help` says how. Who is missing is left out; without gcc there is only
 * this checker's own account of itself.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { format, resolveConfig } from 'prettier'
import { contenders, type Contender, type Counts } from './contenders.ts'
import { installed, measureWith, run, selfReported, type Measure, type Usage } from './measure.ts'
import { models, type Model } from './models.ts'
import { median, page, type ModelResult, type Results, type ToolResult } from './results.ts'

/** Where a run takes longer, in CPU seconds, there are fewer of them. */
const long = 10
const smallest = 2

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    model: { type: 'string', multiple: true },
    size: { type: 'string', multiple: true },
    large: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
    out: { type: 'string', default: fileURLToPath(new URL('../../bench/', import.meta.url)) },
  },
})

const usage = `Usage: npm run build && npm run bench -- [--rounds 5] [--model NAME] [--size N] [--large] [--out DIR]

Times this checker against Spin and Rumur on the same systems, and writes results.json and results.md into DIR.
Models: ${Object.keys(models).join(', ')}. On Debian: apt-get install spin rumur gcc.`
if (options.help) {
  console.log(usage)
  process.exit(0)
}
const unknown = (options.model ?? []).filter((name) => !(name in models))
if (unknown.length > 0) {
  console.error(
    `there is no model ${unknown.join(', ')}; there are ${Object.keys(models).join(', ')}`,
  )
  process.exit(2)
}
mkdirSync(options.out, { recursive: true })

const present = contenders.filter((c) => {
  const missing = c.needs.filter((program) => !installed(program))
  if (missing.length > 0)
    console.error(
      `${c.title} is left out: ${missing.join(' and ')} not installed (apt-get install ${c.needs.join(' ')})`,
    )
  return missing.length === 0
})
const rounds = Number(options.rounds)
const dir = mkdtempSync(join(tmpdir(), 'bench-'))
try {
  const measure = installed('gcc') ? measureWith('gcc', dir) : selfReported
  const load = loadavg()[0]
  const chosen = Object.entries(models).filter(
    ([name]) => options.model === undefined || options.model.includes(name),
  )
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: { cpu: cpus()[0].model, cores: cpus().length, load },
    versions: versions(),
    rounds,
    models: chosen.flatMap(([name, model]) =>
      (options.size?.map(Number) ?? [...model.sizes, ...(options.large ? model.large : [])]).map(
        (size) => compare(name, model, size, measure),
      ),
    ),
  }
  await written('results.json', JSON.stringify(results))
  await written('results.md', page(results))
} finally {
  rmSync(dir, { recursive: true })
}

async function written(name: string, text: string): Promise<void> {
  const file = join(options.out, name)
  writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }))
}

/** All checkers on one model, in turn. */
function compare(name: string, model: Model, size: number, measure: Measure): ModelResult {
  const [ours, ...others] = present
  const first = prepared(ours, name, model, size, 0)
  const expected = counted(first, measure(first.command, dir))
  const entries = [
    { contender: ours, ready: first },
    ...others.map((contender) => ({
      contender,
      ready: prepared(contender, name, model, size, expected.states),
    })),
  ]
  const runs = new Map<Contender, Map<number, Usage>>(present.map((c) => [c, new Map()]))
  for (let round = 0; round < rounds; round++)
    for (const { contender, ready } of entries) {
      const done = runs.get(contender) as Map<number, Usage>
      if (round % 3 !== 0 && (done.get(0) as Usage).cpuSeconds > long) continue
      const usage = measure(ready.command, ready.dir)
      const { states, transitions } = counted(ready, usage)
      if (states !== expected.states || transitions !== expected.transitions)
        throw new Error(
          `${contender.title} counts ${states} states and ${transitions} transitions, not ${expected.states} and ${expected.transitions}`,
        )
      done.set(round, usage)
      console.error(
        `${name} ${size}, round ${round + 1}: ${contender.title} ${usage.cpuSeconds.toFixed(2)} s`,
      )
    }
  const reference = runs.get(ours) as Map<number, Usage>
  const tools = entries.map(({ contender }): ToolResult => {
    const usages = runs.get(contender) as Map<number, Usage>
    const idle = prepared(contender, name, model, smallest, 1)
    const idleBytes = measure(idle.command, idle.dir).peakBytes
    const cpuSeconds = [...usages.values()].map((u) => u.cpuSeconds)
    const peakBytes = median([...usages.values()].map((u) => u.peakBytes))
    return {
      tool: contender.id,
      title: contender.title,
      cpuSeconds,
      medianCpuSeconds: median(cpuSeconds),
      cpuToOurs: median(
        [...usages].map(([round, u]) => u.cpuSeconds / (reference.get(round) as Usage).cpuSeconds),
      ),
      peakBytes,
      idleBytes,
      bytesPerState: (peakBytes - idleBytes) / expected.states,
    }
  })
  return { model: name, title: model.title, size, ...expected, tools }
}

interface Ready {
  readonly command: readonly string[]
  readonly counts: (stdout: string) => Counts
  readonly dir: string
}

function prepared(
  contender: Contender,
  name: string,
  model: Model,
  size: number,
  states: number,
): Ready {
  const own = join(dir, contender.id, `${name}-${size}`)
  const ready = contender.prepare(name, model, size, states, own)
  return { ...ready, dir: contender.needs.length === 0 ? dir : own }
}

function counted(ready: Ready, usage: Usage): Counts {
  const { states, transitions } = ready.counts(usage.stdout)
  return { states, transitions }
}

function versions(): Results['versions'] {
  const found = (program: string, args: string[], pattern: RegExp) =>
    installed(program)
      ? { [program]: pattern.exec(run([program, ...args], dir))?.[1] ?? 'of an unknown version' }
      : {}
  return {
    node: process.versions.node,
    ...found('spin', ['-V'], /Version (\S+)/),
    ...found('rumur', ['--version'], /version (\S+)/),
    ...found('gcc', ['--version'], /(\d+\.\d+\.\d+)/),
  }
}
