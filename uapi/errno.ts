import { constants } from 'node:os'

/** Linux's numbers that Node does not name. */
const others = {
  ENOTBLK: 15,
  EBADE: 52,
  EBADFD: 77,
  ERESTART: 85,
  EUSERS: 87,
  ESHUTDOWN: 108,
  EREMOTEIO: 121,
}
const names = new Map<number, string>()
for (const [name, number] of [...Object.entries(constants.errno), ...Object.entries(others)])
  if (!names.has(number)) names.set(number, name)
// POSIX's ENOTSUP is the same number.
names.set(constants.errno.EOPNOTSUPP, 'EOPNOTSUPP')

/**
 * The name of a Linux errno; `null` for 0, and the number itself, as text, where it has no name.
 */
export const errnoName = (error: number): string | null =>
  error === 0 ? null : (names.get(error) ?? String(error))
