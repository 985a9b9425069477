import { liveOrNull } from './live-or-null.ts'
import { always } from './property.ts'
import { kernel } from './sources.ts'

export const ioasLives = always('ioas-lives', {
  says: 'An address space lives as long as a page table follows it.',
  source: [kernel('iommufd_hwpt_paging_alloc')],
  holds: ({ hwptPaging, hwptAuto }) =>
    hwptPaging.every((h) => liveOrNull(h.context.ioas)) &&
    hwptAuto.every((h) => liveOrNull(h.context.ioas)),
})
