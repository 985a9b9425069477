/**
 * The checker's second face, for tools: what documents, sequences for a real kernel and logs are
 * made with. It shows how a system is put together inside, and follows it where that changes.
 *
 * @module
 */
export { builtIn } from './built-in.ts'
export { callerKind } from './caller.ts'
export { kindOf } from './component-name.ts'
export { asHandle, isHandle } from './handles.ts'
export { heard } from './ids.ts'
export { stableText } from './json.ts'
export { wordsOf } from './lifecycle.ts'
export { stateNodes, transitionsOf } from './machine-nodes.ts'
export type { Machine, PlainEvent } from './machine.ts'
export { failParam, type Choice, type Operation } from './operation.ts'
export { perform } from './reference/engine.ts'
export { ReferenceView } from './reference/view.ts'
