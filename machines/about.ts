/**
 * What a machine says of itself in its `meta`, for the documents; its `description` says what the
 * object is.
 */
export type About<Context> = {
  /**
   * The kernel's type, and the constant of the uAPI or of the kernel where objects of the kind have
   * one.
   */
  readonly kernel: string
  readonly object?: string
  /** Every field of the context in words. */
  readonly fields: { readonly [F in keyof Context]: string }
}

/** The words of a machine whose context is `Context`; one that is missing is a compile error. */
export const about = <Context>(words: About<Context>): About<Context> => words
