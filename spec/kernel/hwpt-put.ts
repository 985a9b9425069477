import { ret, type Calls } from '../../checker/index.ts'
import { path, type H, type Hwpt } from '../model.ts'
import { destroyOp, kfree } from './destroy.ts'
import { drain, letGo } from './object.ts'

/** An HWPT to which no device of a group is attached any more through this call. */
export interface Displaced {
  hwpt: Hwpt
}
/** A device. */
export interface Dev {
  dev: H<'device'>
}

/**
 * Puts the reference of an attachment; true where that was the last of an automatic HWPT, whose id
 * is gone now; `iommufd_hw_pagetable_put`.
 */
function hwptPut(hwpt: Hwpt): boolean {
  letGo(hwpt)
  return hwpt.kind === 'hwptAuto' && hwpt.try({ type: 'remove' }) === null
}

interface Put {
  putDisplaced: Displaced
  destroyDisplaced: Displaced
}

/** Puts the displaced HWPT, and destroys it where it was an automatic one's last. */
export const putDisplaced = path<Put>()('putDisplaced', {
  putDisplaced: ({ hwpt }, { call, go }) => {
    if (!hwptPut(hwpt)) return ret()
    call.ids.give(hwpt)
    return go.destroyDisplaced({ hwpt })
  },
  destroyDisplaced: ({ hwpt }, { sys, call }) => {
    drain(hwpt)
    destroyOp(hwpt, sys, call)
    kfree(hwpt)
    return ret()
  },
})

interface PutAttachment {
  putDisplaced: Calls<typeof putDisplaced, Dev>
  putAttachment: Dev
}

/** What follows when the RID of a device has left an attachment; the end of `iommufd_device_detach`. */
export const putAttachment = path<PutAttachment>()(
  ({ dev, hwpt }: Dev & Displaced, go) => go.putDisplaced({ hwpt }, { dev }),
  {
    putDisplaced: { calls: putDisplaced, then: ({ dev }, { go }) => go.putAttachment({ dev }) },
    putAttachment: ({ dev }) => {
      letGo(dev)
      return ret()
    },
  },
)
