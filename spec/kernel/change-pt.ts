import type { Args, Params, Result } from '../../checker/index.ts'
import {
  blocked,
  goto,
  step,
  type AnyObject,
  type Errno,
  type H,
  type Kinds,
  type Obj,
  type Sys,
} from '../model.ts'
import { attach, type ChangeFn } from './attach.ts'
import { autoGetDomain, type AutoFails } from './auto-domain.ts'
import { putDisplaced, type Displacing } from './hwpt-put.ts'
import { hold, letGo, wake } from './object.ts'

/** Where a change of the attachment can fail for want of memory, or in the driver. */
export const changeFails = [
  'kzalloc',
  'iommu_attach_group_handle',
  'attach_dev',
  '_iommufd_object_alloc',
  'domain_alloc_paging_flags',
  'iopt_table_add_domain',
] as const

/** What the steps of a change keep. */
export interface Changing extends Displacing {
  /** The device whose attachment changes. */
  dev: H<'device'> | null
  /** What the id named, held. */
  pt: Obj | null
  rc: Errno | null
}

/** How a path changes an attachment, and how it goes on. */
export interface ChangePt<P extends Params, L extends Changing> {
  readonly by: (dev: H<'device'>) => ChangeFn
  /** Where it has failed, for the reason `locals.rc`. */
  readonly failed: (args: Args<Kinds, P>, view: Sys, locals: L) => Result<Errno>
  /** The step that follows on success. */
  readonly next: string
}

/**
 * The steps from an object held to a device attached to it, and what was displaced put;
 * `iommufd_device_change_pt`.
 */
export const changePt = <P extends Params, L extends Changing>({
  by,
  failed,
  next,
}: ChangePt<P, L>) =>
  [
    step<P, AutoFails, L>('change pt', (_, view, call) => {
      const { locals } = call
      const pt = locals.pt as Obj
      const dev = locals.dev as H<'device'>
      const change = by(dev)
      switch (pt.kind) {
        case 'hwptPaging':
        case 'hwptAuto':
        case 'hwptNested': {
          const { rc, displaced } = change(view, dev, pt, call)
          locals.rc = rc
          locals.displaced = displaced
          // An attach counts on the device, a replacement does not; nobody can tell when exactly.
          if (change === attach && rc === null) hold(dev)
          return
        }
        case 'ioas': {
          const changed = autoGetDomain(view, dev, pt, change, call)
          if (changed === null) return blocked()
          locals.rc = changed.rc
          locals.displaced = changed.displaced
          if (change === attach && changed.rc === null) hold(dev)
          return
        }
        default:
          locals.rc = 'EINVAL'
      }
    }),
    step<P, never, L>('put pt', (_, _view, { locals }) => letGo(locals.pt as AnyObject)),
    step<P, never, L>('wake pt', (args, view, { locals }) => {
      wake(locals.pt as AnyObject)
      locals.pt = null
      if (locals.rc !== null) return failed(args, view, locals)
      if (locals.displaced === null) return goto(next)
    }),
    ...putDisplaced(next),
  ] as const
