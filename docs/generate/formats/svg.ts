import { instance } from '@viz-js/viz'
import { dot } from './dot.ts'
import type { MachineText } from '../observe/machine-text.ts'
import { themed } from './themed-svg.ts'

/** The diagram of a lifecycle. */
export async function svg(machine: MachineText): Promise<string> {
  const viz = await instance()
  return themed(viz.renderString(dot(machine), { format: 'svg' }), 'iommufd-spec docs')
}
