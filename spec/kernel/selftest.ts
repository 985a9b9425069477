import type { H, Sys } from '../model.ts'
import { detach } from './attach.ts'
import type { KernelCall } from './call.ts'
import { destroyOp, kfree } from './destroy.ts'
import { hwptPut } from './hwpt-put.ts'
import { letGo } from './object.ts'
import { unbindNow } from './unbind.ts'

/**
 * `iommufd_selftest_destroy` where nobody can be in between: detaches the RID, unbinds the mock
 * device, and revokes its virtual device.
 */
export function destroySelftestNow(selftest: H<'selftest'>, view: Sys, call: KernelCall): void {
  const dev = selftest.context.device as H<'device'>
  const hwpt = detach(view, dev)
  if (hwptPut(hwpt)) {
    destroyOp(hwpt, view)
    kfree(hwpt)
  }
  letGo(dev)
  unbindNow(dev, view, call)
}
