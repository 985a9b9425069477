/** A string literal of C. */
export const literal = (text: string): string => JSON.stringify(text)

/** An initialiser of C: values between braces. */
export const braces = (values: readonly (string | number | bigint)[]): string =>
  `{${values.join(', ')}}`

/** Initialisers as an argument list of a macro that makes an array, or `NONE`. */
export const listed = (macro: string, items: readonly string[]): string =>
  items.length === 0 ? 'NONE' : `${macro}(${items.join(', ')})`
