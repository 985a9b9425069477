/** Properties that every system may have; their verdicts stand under these names. */
export const builtIn = {
  accepted: 'Every event that is sent is accepted.',
  locks:
    'A call drops the locks that it takes, and takes none twice, and none in the opposite order of other calls.',
  dangling: 'No reference that holds names a free slot.',
  deadlock: 'Every state has a transition, or is meant to be the last.',
  omitted: 'Each event that is left out would have been sent.',
} as const
