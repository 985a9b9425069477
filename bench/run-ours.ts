/**
 * Checks one model in a process of its own and prints what it came to, with this process's own
 * account of its resources.
 *
 * Usage: `node dist/bench/run-ours.js MODEL SIZE [--no-symmetry]`
 */
import { check } from '../checker/index.ts'
import { models } from './models.ts'

const [name, size] = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const model = models[name]
if (model === undefined || !/^\d+$/.test(size ?? '')) {
  console.error(
    `usage: run-ours MODEL SIZE [--no-symmetry]\nmodels: ${Object.keys(models).join(', ')}`,
  )
  process.exit(2)
}
const report = await check(model.system(Number(size)), {
  symmetry: !process.argv.includes('--no-symmetry'),
})
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  JSON.stringify({
    states: report.states,
    transitions: report.transitions,
    violated: report.properties.flatMap((p) => (p.verdict === 'violated' ? [p.id] : [])),
    seconds: report.seconds,
    cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
    peakBytes: maxRSS * 1024,
  }),
)
