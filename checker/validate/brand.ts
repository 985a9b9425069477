/** Marks what `system` has made; copies with other properties keep it. */
export const madeBySystem: unique symbol = Symbol('system')
