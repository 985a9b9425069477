/**
 * What became of a call: the model allows just this answer, the model does not have the call or
 * what it depends on, or it forbids the answer.
 */
export type Status = 'predicted' | 'outside' | 'rejected'

/** A call judged. */
export interface Verdict {
  readonly line: number
  readonly pid: number
  /** The context, from 1; null where the log has no opening of it. */
  readonly context: number | null
  /** The ioctl, with the operation of `IOMMU_TEST_CMD`. */
  readonly call: string
  readonly answer: string
  /** The model has calls of this ioctl. */
  readonly inModel: boolean
  readonly status: Status
  /**
   * Why it is outside or rejected; how a failure or an overlap explains what is predicted; null
   * where nothing need be said.
   */
  readonly reason: string | null
  /**
   * What bears on a rejection: the arguments as the model has them, and the refusals that it met.
   */
  readonly details: readonly string[]
}

/** An ioctl in words. */
export const callText = ({
  ioctl,
  op,
}: {
  readonly ioctl: string
  readonly op?: string | undefined
}): string => (op === undefined ? ioctl : `${ioctl}(${op})`)
