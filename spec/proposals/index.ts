import type { Proposal } from '../proposal.ts'
import { vdevicePinnedByAttach } from './vdevice-pinned-by-attach.ts'

/** The proposals that `check --proposal` knows by name. */
export const proposals: Readonly<Record<string, Proposal>> = {
  'vdevice-pinned-by-attach': vdevicePinnedByAttach,
}
