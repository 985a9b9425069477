import { refuse as refuseWith, type Refusal } from '../checker/lifecycle.ts'

/** The error codes of this subsystem, without their sign. */
export type Errno =
  'EBUSY' | 'EEXIST' | 'EFAULT' | 'EINVAL' | 'EIO' | 'ENOENT' | 'ENOMEM' | 'EOPNOTSUPP' | 'EPERM'

/** A transition that refuses its event with `code`; `kernel` names the function that does. */
export const refuse = (code: Errno, why: string, kernel: string): Refusal =>
  refuseWith(code, why, kernel)
