/**
 * A model checker for systems of XState machines. {@link model} gives the words in which actions
 * and properties are written, {@link system} puts kinds, actions and properties together, {@link
 * check} explores the system, {@link retrace} and {@link traceText} show what was found.
 *
 * @module
 */
export {
  refuse,
  blocks,
  ignore,
  says,
  type Ref,
  type WeakRef,
  type Refusal,
  type RefusalMeta,
  type Ignored,
} from './lifecycle.ts'
export { mutex } from './mutex.ts'
export { the } from './the.ts'
export { model, type Model } from './model.ts'
export type { Ends } from './outside.ts'
export { ok, blocked, goto, type Result, type Done, type Wait, type Goto } from './outcome.ts'
export { frames, ret } from './path.ts'
export type {
  AnyPath,
  Calls,
  Framed,
  Frames,
  Go,
  Next,
  Nothing,
  Path,
  PathEnd,
  Returned,
  Starts,
  StartsWithNothing,
  Steps,
} from './path-types.ts'
export type { Action, ActionOptions, Body, Call, LockName, Step, Stepwise } from './action.ts'
export type { Args, Constant, Each, Free, Ids, OneOf, Param, Params } from './params.ts'
export type {
  Always,
  Assume,
  Cover,
  Property,
  PropertyText,
  StepArgs,
  StepProperty,
  ViewAt,
} from './property.ts'
export type {
  AnyOf,
  Collection,
  ComponentHandle,
  constants,
  ConstantsOf,
  Handle,
  HandleOf,
  KindName,
  KindsOf,
  KindScope,
  KindScopes,
  MachineScope,
  Quantifiers,
  Seen,
  Sent,
  StateOf,
  unions,
  Unions,
  UnionsOf,
  ValueHandle,
  ValueScope,
  ValueSet,
  View,
  Weak,
} from './types.ts'
export { system, type Omission, type Scope, type System } from './system.ts'
export { check, type CheckOptions } from './check.ts'
export {
  asExpected,
  type Bounded,
  type Covered,
  type Cut,
  type NotCovered,
  type Progress,
  type PropertyReport,
  type Proved,
  type Report,
  type Statistics,
  type TraceStep,
  type Unknown,
  type Vacuous,
  type Verdict,
  type Violated,
} from './report.ts'
export { retrace, type Retraced, type RetracedStep } from './retrace.ts'
export { aspectText, everything, type Aspect } from './aspect.ts'
export { quotient, type Quotient, type QuotientEdge, type QuotientNode } from './quotient.ts'
export type { DriveOptions } from './drive.ts'
export { StateGraph, type Edge } from './state-graph.ts'
export { stepText, traceText } from './trace-text.ts'
export { assertSameStates, fromItf, toItf, type Itf, type ReadItf } from './itf.ts'
export { play, start, type Moment, type Played } from './play.ts'
export { ObjectIds } from './ids.ts'
export type { Configuration, Taken } from './reference/view.ts'
export type { Local } from './machine.ts'
export type { Json } from './json.ts'
export { CheckerError, errorCodes, type ErrorCode } from './errors.ts'
