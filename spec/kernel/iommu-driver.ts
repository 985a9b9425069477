import { says } from '../../checker/index.ts'
import type { Errno, H, Hwpt, Sys } from '../model.ts'
import type { KernelCall } from './call.ts'

/** What a stream table entry is made from. */
type Domain = Hwpt | 'blocking' | 'default'

/**
 * Whether the driver lets all devices of the group attach; its `attach_dev` as far as it can
 * refuse.
 */
export function attachRefusal(
  view: Sys,
  group: H<'group'>,
  hwpt: Hwpt,
  call: Pick<KernelCall<'attach_dev'>, 'fails'>,
): Errno | null {
  const { attachErrno } = view.driver.only.context
  if (attachErrno !== null && call.fails('attach_dev')) return attachErrno
  if (hwpt.kind !== 'hwptNested') return null
  const { viommu, translate } = hwpt.context
  if (viommu === null) return null
  const { needsVdevice } = view.driver.only.context
  if (needsVdevice === 'none' || (needsVdevice === 'translating' && !translate)) return null
  const unknown = view.device.some(
    says(
      'of the group that the vIOMMU does not know',
      (d) =>
        d.context.group === group &&
        (d.context.vdev === null || d.context.vdev.context.viommu !== viommu),
    ),
  )
  return unknown ? 'ENOENT' : null
}

/** The entry that the driver writes for a domain; `arm_smmu_attach_dev` and its relatives. */
function entry(domain: Domain) {
  if (domain === 'default') return { type: 'default' } as const
  if (domain === 'blocking') return { type: 'abort' } as const
  if (domain.kind !== 'hwptNested')
    return domain.context.nestParent
      ? ({ type: 's2', viommu: null } as const)
      : ({ type: 's1' } as const)
  const { viommu, translate } = domain.context
  return translate
    ? ({ type: 'nested', viommu: viommu as H<'viommu'> } as const)
    : ({ type: 's2', viommu } as const)
}

/** Switches the hardware of every device of the group, bound or not; `__iommu_group_set_domain`. */
export function setDomain(view: Sys, group: H<'group'>, domain: Domain): void {
  if (!view.ste.exists) return
  const written = entry(domain)
  view.device.forEach((d) => {
    if (d.context.group === group) view.ste.of(d).send(written)
  })
}
