/**
 * The specification of Linux iommufd: kinds, actions, profiles and scopes.
 *
 * @module
 */
export { systemOf, type Chosen } from './system.ts'
export { actions } from './actions.ts'
export { scopes, type ScopeName } from './scopes.ts'
export type { Bounds } from './bounds.ts'
export type { Driver } from './drivers/driver.ts'
export { profiles, type Profile, type ProfileName } from './profiles/index.ts'
export type { Errno, H, Hwpt, Kinds, Obj, Sys } from './model.ts'
