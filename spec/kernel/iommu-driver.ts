import type { Domain } from '../drivers/driver.ts'
import type { H, Sys } from '../model.ts'

/** Switches the hardware of every device of the group, bound or not; `__iommu_group_set_domain`. */
export const setDomain = (sys: Sys, group: H<'group'>, domain: Domain): void =>
  sys.driver.writeEntry?.(sys, group, domain)
