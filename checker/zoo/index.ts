import type { System } from '../system.ts'
import { boundedCounter } from './counter.ts'
import { hanoi } from './hanoi.ts'
import { leak } from './leak.ts'
import { matrix, multiset, relation } from './matrix.ts'
import { peterson } from './peterson.ts'
import { philosophers } from './philosophers.ts'
import { pointers } from './pointers.ts'
import { queueOf } from './queue.ts'
import { stabilizingRing } from './stabilizing-ring.ts'
import { tokenRing } from './token-ring.ts'
import { twoLocks } from './two-locks.ts'
import { twoPhaseCommit } from './two-phase-commit.ts'
import { useAfterFree } from './use-after-free.ts'

/**
 * The zoo: small systems whose counts are known, by name. The manifest says with which parameters
 * they are kept.
 */
export const zoo: { readonly [name: string]: (...parameters: never[]) => System } = {
  boundedCounter,
  hanoi,
  leak,
  matrix,
  multiset,
  peterson,
  philosophers,
  pointers,
  queueOf,
  relation,
  stabilizingRing,
  tokenRing,
  twoLocks,
  twoPhaseCommit,
  useAfterFree,
}
