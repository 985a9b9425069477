import { mock } from './mock.ts'
import type { Profile } from './profile.ts'
import { smmuv3 } from './smmuv3.ts'

export type { Profile } from './profile.ts'

/** The profiles by name. */
export const profiles: Readonly<Record<'smmuv3' | 'mock', Profile>> = { smmuv3, mock }
/** The name of a profile. */
export type ProfileName = keyof typeof profiles
