import type { Call } from './action.ts'
import type { Done, Wait } from './outcome.ts'
import type { Args, Params } from './params.ts'
import type { View } from './types.ts'

/** The frame of a step that is handed nothing. */
export type Nothing = Record<never, never>

declare const called: unique symbol
declare const meanwhile: unique symbol
/**
 * The frame of a label at which another path runs: what that path is called with, and what is kept
 * meanwhile.
 */
export interface Calls<P extends AnyPath, Kept extends object = Nothing> {
  /** @internal */
  readonly [called]: P
  /** @internal */
  readonly [meanwhile]: Kept
}

/** Where a path goes on, and what it hands on to there; made by {@link Go}. */
export interface Next {
  /** The label. */
  readonly next: string
  /** The frame of the label, or what is kept while another path runs there. */
  readonly kept: object
  /** What that path is called with. */
  readonly args?: object
}

/** How a path that others call has ended: what it gives them. */
export interface Returned<R extends object> {
  /** Its result. */
  readonly returned: R
}

/** No names but those of `F`: a frame that would keep more is refused. */
type Exactly<F, G extends F> = G & { readonly [N in Exclude<keyof G, keyof F>]: never }

/** The labels of a path: each is called with what is handed on to it. */
export type Go<F> = {
  readonly [L in keyof F]: F[L] extends Calls<infer P, infer Kept>
    ? keyof Kept extends never
      ? (args: ArgsOf<P>) => Next
      : <G extends Kept>(args: ArgsOf<P>, kept: Exactly<Kept, G>) => Next
    : keyof F[L] extends never
      ? () => Next
      : <G extends F[L]>(frame: Exactly<F[L], G>) => Next
}

/** What a step of a path has beside its frame. */
export interface At<K, F, Fl extends string> {
  /** The system. */
  readonly sys: View<K>
  /** The call that the path is part of. */
  readonly call: Call<K, Fl>
  /** Where the path can go on. */
  readonly go: Go<F>
}

/** The step of each label, which is handed its frame (and `A`); how it ends is `E`. */
export type Steps<K, F, A, Fl extends string, E> = {
  readonly [L in keyof F]: F[L] extends Calls<infer P, infer Kept>
    ? {
        /** The path that runs there. */
        readonly calls: P & Path<never, object, Fl>
        /** What follows in the same step, with what was kept and what the path has given. */
        readonly then: (kept: A & Kept & ResultOf<P>, at: At<K, F, Fl>) => E
      }
    : (frame: A & F[L], at: At<K, F, Fl>) => E
}

/** The labels at which a path can start: those of steps. */
export type Starts<F> = {
  [L in keyof F & string]: F[L] extends Calls<AnyPath, object> ? never : L
}[keyof F & string]

/** The labels at which a call can start: those of steps that are handed nothing. */
export type StartsWithNothing<F> = {
  [L in keyof F & string]: keyof F[L] extends never ? L : never
}[keyof F & string]

declare const kept: unique symbol
/** The frames of a call's path, as a value that has nothing but their type; see {@link frames}. */
export interface Frames<F> {
  /** @internal */
  readonly [kept]?: F
}

/** A call as a path: its points of failure, the frames of its labels, its steps. */
export interface Framed<
  K,
  P extends Params,
  F extends object,
  Fl extends string,
  E extends string,
> {
  /** Points at which the call can fail, where the scope has failures. */
  readonly fails?: readonly Fl[]
  /** What each label is handed. */
  readonly frames: Frames<F>
  /** When there can be such a call; always when left out. */
  readonly when?: (sys: View<K>) => boolean
  /** The label at which the call starts. */
  readonly start: NoInfer<StartsWithNothing<F>>
  /** The steps; each has the call's arguments too. */
  readonly steps: Steps<K, NoInfer<F>, Args<K, P>, NoInfer<Fl>, Next | Wait | Done<E>>
}

/**
 * A function of the kernel that lets other threads in, told once for all that call it: called with
 * `A`, it gives `R`. It fails at the points `Fl`, among those that its caller declares; its labels
 * have the frames `F`.
 */
export interface Path<
  A extends object,
  R extends object,
  Fl extends string,
  F extends object = object,
> extends Frames<F> {
  /** @internal */
  readonly begin: (args: A, go: never) => Next
  /** @internal */
  readonly result?: R
  /** @internal */
  readonly points?: (call: { readonly fails: (point: Fl) => boolean }) => void
  /** @internal */
  readonly steps: object
}
/** Any path. */
export type AnyPath = Path<never, object, string>
/** What a path is called with. */
export type ArgsOf<P> = P extends { readonly begin: (args: infer A, go: never) => Next } ? A : never
/** What a path gives. */
export type ResultOf<P> = P extends { readonly result?: infer R } ? NonNullable<R> : never

/** How a step of a path that others call can end. */
export type PathEnd<R extends object> = Next | Wait | Returned<R>
