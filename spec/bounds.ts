/** How many there are of everything; each number can be overridden on the command line. */
export interface Bounds {
  /** Threads that interleave at the steps of paths; 0 makes every call one transition. */
  readonly callers: number
  /** Devices, at least one. */
  readonly devices: number
  /** The devices are dealt out to the groups in turn. */
  readonly groups: number
  /** Slots for address spaces. */
  readonly ioas: number
  /** Slots for HWPTs allocated with NEST_PARENT. */
  readonly nestParents: number
  /** Slots for other HWPTs that the user allocates. */
  readonly pagings: number
  /** Slots for nested HWPTs whose stage 1 translates. */
  readonly nested: number
  /**
   * Slots for nested HWPTs whose stage 1 is bypassed; drivers without the difference count them as
   * translating.
   */
  readonly bypasses: number
  /** Slots for vIOMMUs. */
  readonly viommus: number
  /** Slots for virtual devices. */
  readonly vdevices: number
  /** Numbers by which guests can know devices. */
  readonly virtIds: number
  /** 1: memory runs out and drivers refuse, everywhere that they can. */
  readonly failures: number
  /**
   * 1: kernel drivers and other owners want the groups too; those of mock devices are out of their
   * reach.
   */
  readonly owners: number
  /** 1: the context can be closed. */
  readonly closing: number
}
