import type { Bounds } from './bounds.ts'

/** One of nearly everything: seconds from a cold start. */
const smoke: Bounds = {
  callers: 0,
  devices: 1,
  groups: 1,
  ioas: 1,
  nestParents: 1,
  pagings: 0,
  nested: 1,
  bypasses: 0,
  viommus: 1,
  vdevices: 1,
  virtIds: 1,
  failures: 1,
  owners: 1,
  closing: 1,
}

/** Whole calls over two of everything that can be confused with another. */
const lifecycle: Bounds = {
  ...smoke,
  devices: 2,
  groups: 2,
  ioas: 2,
  nestParents: 2,
  pagings: 1,
  nested: 2,
  bypasses: 1,
  viommus: 2,
  vdevices: 2,
  virtIds: 2,
}

/**
 * Two threads at the lock boundaries, over one of everything. Nobody closes what a thread is in.
 */
const race: Bounds = { ...smoke, callers: 2, pagings: 1, failures: 0, owners: 0, closing: 0 }

/** The named scopes. */
export const scopes = { smoke, lifecycle, race }
/** The name of a scope. */
export type ScopeName = keyof typeof scopes
