import { z } from 'zod'

const transitions = z.array(z.string()).readonly()
const recordedKernel = z.object({
  kernel: z.string(),
  driver: z.string(),
  confirmed: transitions,
  unreachable: z.record(z.string(), transitions),
})

/** What a real kernel has shown, transition by transition; optional input of the documents. */
export interface RecordedKernel {
  /** Its version. */
  readonly kernel: string
  /** The IOMMU driver that it was run with. */
  readonly driver: string
  /**
   * Transitions of machines, by name (`viommu.live.remove[1]`), that it was seen to take or to
   * refuse as the model does.
   */
  readonly confirmed: readonly string[]
  /** Transitions that no sequence of calls reaches with this driver, by the reason. */
  readonly unreachable: Readonly<Record<string, readonly string[]>>
}

/** Reads {@link RecordedKernel} from JSON; null where the text is no such thing. */
export function readRecordedKernel(text: string): RecordedKernel | null {
  try {
    return recordedKernel.parse(JSON.parse(text))
  } catch {
    return null
  }
}
