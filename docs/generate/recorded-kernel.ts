/** What a real kernel has shown, transition by transition; optional input of the documents. */
export interface RecordedKernel {
  /** Its version. */
  readonly kernel: string
  /** The IOMMU driver that it was run with. */
  readonly driver: string
  /** Transitions of machines, by name (`viommu.live.remove[1]`), that it was seen to take or to refuse as the model does. */
  readonly confirmed: readonly string[]
  /** Transitions that no sequence of calls reaches with this driver. */
  readonly unreachable: readonly string[]
}

const texts = (value: unknown): value is string[] => Array.isArray(value) && value.every((v) => typeof v === 'string')

/** Reads {@link RecordedKernel} from JSON; null where the text is no such thing. */
export function readRecordedKernel(text: string): RecordedKernel | null {
  let read: Partial<Record<keyof RecordedKernel, unknown>> | null
  try {
    read = JSON.parse(text) as typeof read
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null) return null
  const { kernel, driver, confirmed, unreachable } = read
  if (typeof kernel !== 'string' || typeof driver !== 'string' || !texts(confirmed) || !texts(unreachable)) return null
  return { kernel, driver, confirmed, unreachable }
}
