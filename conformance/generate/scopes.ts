import type { Bounds } from '../../spec/index.ts'

/**
 * Bounds with few enough states that every one is looked at: one of most things, and two of what
 * can be confused with another.
 */
const one: Partial<Bounds> = {
  callers: 0,
  failures: 0,
  owners: 0,
  closing: 1,
  devices: 2,
  groups: 2,
  ioas: 1,
  nestParents: 1,
  pagings: 0,
  nested: 1,
  bypasses: 0,
  viommus: 1,
  vdevices: 2,
  virtIds: 1,
}

/** The bounds within which sequences are generated, by what there is more than one of. */
export const generationBounds = {
  virtIds: { ...one, virtIds: 2 },
  viommus: { ...one, viommus: 2 },
  pagings: { ...one, pagings: 1 },
  ioas: { ...one, ioas: 2 },
} as const satisfies Record<string, Partial<Bounds>>

/**
 * The bounds of random walks beside those: two of nearly everything, too many states to look at
 * each.
 */
export const walkBounds: Partial<Bounds> = {
  ...one,
  ioas: 2,
  nestParents: 2,
  pagings: 1,
  nested: 2,
  viommus: 2,
  virtIds: 2,
}
