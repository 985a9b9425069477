/** What is looked up by name, if anything. */
interface Named {
  in(state: 'live'): boolean
}

/** Whether a reference names nothing, or something that lives. */
export const liveOrNull = (of: Named | null): boolean => of === null || of.in('live')
