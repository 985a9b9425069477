import { the } from '../../checker/index.ts'
import type { Errno, H, Sys } from '../model.ts'
import { attach, detach, type AttachFails, type Change, type ChangeFn } from './attach.ts'
import { abort, under, type KernelCall } from './call.ts'
import { getObject, hold, letGo, putObject } from './object.ts'

/** Where an automatic domain can fail beside its attachment. */
export type AutoFails =
  AttachFails | '_iommufd_object_alloc' | 'domain_alloc_paging_flags' | 'iopt_table_add_domain'

/**
 * Attaches to an IOAS: to its automatic HWPT if that will have the device, else to a new one;
 * `iommufd_device_auto_get_domain`. Null where the one slot is still being destroyed: a second automatic HWPT is out of bounds, so the call comes later.
 */
export function autoGetDomain(
  sys: Sys,
  dev: H<'device'>,
  ioas: H<'ioas'>,
  change: ChangeFn,
  call: KernelCall<AutoFails>,
): Change | null {
  const auto = sys.hwptAuto.of(ioas)
  if (auto.in('removing')) return null
  return under(call, 'ioasMutex', ioas, () => {
    if (auto.in('live') && getObject(auto)) {
      const tried = change(sys, dev, auto, call)
      putObject(auto)
      // Of EINVAL another HWPT in the group is the cause: a new automatic one meets it as well, and
      // leaves nothing, but is allocated first.
      const short =
        tried.rc === 'EINVAL' &&
        (call.fails('_iommufd_object_alloc') || call.fails('domain_alloc_paging_flags'))
      return short ? { rc: 'ENOMEM', displaced: null } : tried
    }
    return allocate(sys, dev, ioas, auto, change, call)
  })
}

/**
 * `iommufd_hwpt_paging_alloc` as an attach calls it: the attachment is made before the domain is
 * filled, a replacement after.
 */
function allocate(
  sys: Sys,
  dev: H<'device'>,
  ioas: H<'ioas'>,
  auto: H<'hwptAuto'>,
  change: ChangeFn,
  call: KernelCall<AutoFails>,
): Change {
  const failed = (rc: Errno): Change => {
    letGo(ioas)
    abort(auto, call)
    return { rc, displaced: null }
  }
  if (call.fails('_iommufd_object_alloc')) return { rc: 'ENOMEM', displaced: null }
  auto.send({ type: 'alloc', ioas })
  call.ids.take(auto)
  hold(ioas)
  if (call.fails('domain_alloc_paging_flags')) return failed('ENOMEM')
  if (change === attach) {
    const attached = attach(sys, dev, auto, call)
    if (attached.rc !== null) return failed(attached.rc)
  }
  if (call.fails('iopt_table_add_domain')) {
    if (change === attach) letGo(the(detach(sys, dev, call)))
    return failed('ENOMEM')
  }
  const changed: Change =
    change === attach ? { rc: null, displaced: null } : change(sys, dev, auto, call)
  if (changed.rc !== null) return failed(changed.rc)
  auto.send({ type: 'finalize' })
  return changed
}
