/** One look of an action at the system, or one event that it sent, with what came of it. */
export interface Look {
  /**
   * What was looked at: a state, a field, a kind, all of a kind; an event that was sent; a point of
   * failure.
   */
  readonly how: 'state' | 'field' | 'kind' | 'all' | 'event' | 'fails'
  /**
   * The object by its part in the call: an argument (`dev`), what belongs to one
   * (`igroup(dev.group)`), a field (`viommu.hwpt`).
   */
  readonly of: string
  /** The kind of the object, empty where there is none. */
  readonly kind: string
  /**
   * The state, field, event or point of failure by its name; of a question about all of a kind, its
   * words.
   */
  readonly name: string
  /**
   * The answer as text: `true`, a value, the part of the object that a reference names, `taken`, an
   * error code.
   */
  readonly value: string
}

/** One way through an action: its looks in order, and how it ended. */
export interface Way {
  readonly action: string
  readonly looks: readonly Look[]
  readonly outcome: string
}
