/** What the actions of the model are as ioctls, in both directions. */
export { bind, sibling, type Arguments, type Binding, type IdField } from './binding.ts'
export { bindings } from './bindings.ts'
export { callOf, structOfTarget, type ModelCall, type Outside, type World } from './call-of.ts'
export { inOrder, worldAt } from './world-at.ts'
export { request, sortOf, type Numbers, type Request } from './request.ts'
