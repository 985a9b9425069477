/**
 * The specification of Linux iommufd: kinds, actions, profiles and scopes.
 *
 * @module
 */
export { systemOf, type Chosen } from './system.ts'
export { actions } from './actions.ts'
export { proposal, type Proposal, type ProposalText } from './proposal.ts'
export { proposals } from './proposals/index.ts'
export { after, at, before, type Hook, type Place, type Seen } from './hooks.ts'
export { sends } from './sends.ts'
export { transition, type Transition } from './transition.ts'
export { rules, type Rule, type Rules } from './rules.ts'
export { scopes, type ScopeName } from './scopes.ts'
export type { Bounds } from './bounds.ts'
export type { Driver } from './drivers/driver.ts'
export { profiles, type Profile, type ProfileName } from './profiles/index.ts'
export type { Errno, H, Hwpt, Kinds, Obj, Sys } from './model.ts'
