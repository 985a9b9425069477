import { instance } from '@viz-js/viz'
import { dot } from './dot.ts'
import type { MachineText } from './machine-text.ts'
import { themed } from './themed-svg.ts'

const width = (svg: string) => Number(/width="([\d.]+)pt"/.exec(svg)?.[1] ?? Infinity)

/** The diagram of a lifecycle, laid out downwards or sideways, whichever is narrower: a phone shows it whole. */
export async function svg(machine: MachineText): Promise<string> {
  const viz = await instance()
  const drawn = (['TB', 'LR'] as const).map((direction) => viz.renderString(dot(machine, direction), { format: 'svg' }))
  const [narrow] = drawn.sort((a, b) => width(a) - width(b))
  return themed(narrow, 'iommufd-spec docs')
}
