import type { Constant } from '../params.ts'

/** What a function of a quantifier gives for an element that a filter leaves out. */
export const leftOut = 0

/**
 * What functions of quantifiers come to, by number, so that it can stand at a leaf: a constant, or
 * the register that holds the entity.
 */
export class Values {
  /** The constant of each number; null stands for itself and for what is none. */
  readonly constants: Constant[] = [null]
  /** The register of each number, -1 for constants. */
  readonly registers: number[] = [-1]
  readonly #ofConstant = new Map<Constant, number>()
  readonly #ofRegister = new Map<number, number>()

  constant(value: Constant): number {
    return this.#numbered(this.#ofConstant, value, value, -1)
  }

  register(register: number): number {
    return this.#numbered(this.#ofRegister, register, null, register)
  }

  #numbered<T>(known: Map<T, number>, key: T, constant: Constant, register: number): number {
    let number = known.get(key)
    if (number === undefined) {
      number = this.constants.push(constant) - 1
      this.registers.push(register)
      known.set(key, number)
    }
    return number
  }
}

/** What one quantifier has come to so far, numbered as it is met: sums, greatest and least. */
export class Results {
  readonly numbers: number[] = []
  readonly #ids = new Map<number, number>()

  /** The number of a result; a new one where it is met for the first time. */
  of(result: number): number {
    let id = this.#ids.get(result)
    if (id === undefined) this.#ids.set(result, (id = this.numbers.push(result) - 1))
    return id
  }
}
