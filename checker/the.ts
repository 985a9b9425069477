import { CheckerError } from './errors.ts'

/** Says that {@link the} was given null; who runs the code adds where. */
export class NullReference extends CheckerError {
  constructor(where = 'the()') {
    super(
      'CHK025',
      `${where} takes a reference for granted that is null here; test it, or find out why it is null`,
    )
  }
}

/**
 * What is there: the value itself, which is not null, or the error CHK025. For a reference that the
 * code around it promises, as the vIOMMU of a virtual device that is alive.
 *
 * @example
 * ```ts
 * import { the } from 'iommufd-spec/checker'
 *
 * console.log(the<number>(1)) // → 1
 * ```
 */
export function the<T>(value: T | null): T {
  if (value === null) throw new NullReference()
  return value
}
