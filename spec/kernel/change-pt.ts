import { blocked, ret, type Calls } from '../../checker/index.ts'
import { path, type Errno, type H, type Obj } from '../model.ts'
import { attach, replace } from './attach.ts'
import { autoGetDomain, type AutoFails } from './auto-domain.ts'
import { putDisplaced, type Dev } from './hwpt-put.ts'
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

const ways = { attach, replace }

/** What a change of the attachment is called with. */
interface Asked extends Dev {
  /** What the id named, held. */
  pt: Obj
  /** Whether the device joins the attachment of its group, or moves it. */
  by: keyof typeof ways
}
/** What it has come to. */
interface Changed {
  /** What the id named, still held. */
  pt: Obj
  rc: Errno | null
  displaced: H<'hwptPaging' | 'hwptAuto' | 'hwptNested'> | null
}

interface ChangePt {
  changePt: Asked
  putPt: Changed
  wakePt: Changed
  putDisplaced: Calls<typeof putDisplaced>
}
/** How it has ended. */
interface Given {
  rc: Errno | null
}

/** From an object held to a device attached to it, and what was displaced put; `iommufd_device_change_pt`. */
export const changePt = path<ChangePt, Given, AutoFails>()('changePt', {
  changePt: ({ dev, pt, by }, { sys, call, go }) => {
    const change = ways[by]
    switch (pt.kind) {
      case 'hwptPaging':
      case 'hwptAuto':
      case 'hwptNested': {
        const { rc, displaced } = change(sys, dev, pt, call)
        // An attach counts on the device, a replacement does not; nobody can tell when exactly.
        if (by === 'attach' && rc === null) hold(dev)
        return go.putPt({ pt, rc, displaced })
      }
      case 'ioas': {
        const changed = autoGetDomain(sys, dev, pt, change, call)
        if (changed === null) return blocked()
        const { rc, displaced } = changed
        if (by === 'attach' && rc === null) hold(dev)
        return go.putPt({ pt, rc, displaced })
      }
      default:
        return go.putPt({ pt, rc: 'EINVAL', displaced: null })
    }
  },
  putPt: (changed, { go }) => {
    letGo(changed.pt)
    return go.wakePt(changed)
  },
  wakePt: ({ pt, rc, displaced }, { go }) => {
    wake(pt)
    return displaced === null ? ret({ rc }) : go.putDisplaced({ hwpt: displaced })
  },
  putDisplaced: { calls: putDisplaced, then: () => ret({ rc: null }) },
})
