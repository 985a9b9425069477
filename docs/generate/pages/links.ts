/** Where a page finds what it points to. */
export interface Links {
  readonly action: (name: string) => string
  readonly property: (id: string) => string
  readonly lifecycle: (id: string) => string
  /** Where it is said how runs and sequences are written; empty where that stands elsewhere. */
  readonly runs: string
}
