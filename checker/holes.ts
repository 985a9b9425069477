/** What stands before texts that are holes for references, wherever contexts and events are text. */
export const holes = {
  /** In a shape: a reference, by its kind. */
  reference: '\u0001',
  /** In the template of an event: a register. */
  register: '\u0002',
  /** In the input of a machine: a reference that `ref` has made. */
  input: '\u0003',
} as const

/** Whether a text would be taken for a hole. */
export const isHole = (text: string): boolean =>
  text.startsWith(holes.reference) ||
  text.startsWith(holes.register) ||
  text.startsWith(holes.input)
