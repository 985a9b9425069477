import { always } from '../spec/model.ts'
import { kernel } from './sources.ts'

export const ioasLives = always('ioas-lives', {
  says: 'An address space lives as long as a page table follows it.',
  source: [kernel('iommufd_hwpt_paging_alloc')],
  holds: ({ hwptPaging, hwptAuto }) =>
    hwptPaging.every((h) => h.context.ioas === null || h.context.ioas.in('live')) &&
    hwptAuto.every((h) => h.context.ioas === null || h.context.ioas.in('live')),
})
