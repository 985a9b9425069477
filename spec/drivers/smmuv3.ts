import { the } from '../../checker/index.ts'
import type { Domain, Driver } from './driver.ts'
import { hasVdevIds } from './vdev-id.ts'

/** The entry that is made for a domain; `arm_smmu_attach_dev` and its relatives. */
function entry(domain: Domain) {
  if (domain === 'default') return { type: 'default' } as const
  if (domain === 'blocking') return { type: 'abort' } as const
  if (domain.kind !== 'hwptNested')
    return domain.context.nestParent
      ? ({ type: 's2', viommu: null } as const)
      : ({ type: 's1' } as const)
  const { viommu, translate } = domain.context
  return translate
    ? ({ type: 'nested', viommu: the(viommu) } as const)
    : ({ type: 's2', viommu } as const)
}

/**
 * Arm SMMUv3: nested domains through a vIOMMU only; one that translates needs a VDEVICE to attach
 * to.
 */
export const smmuv3: Driver = {
  attachDev: (sys, group, hwpt, call) => {
    if (call.fails('attach_dev')) return 'ENOMEM'
    if (hwpt.kind !== 'hwptNested') return null
    const { viommu, translate } = hwpt.context
    // `arm_smmu_attach_prepare_vmaster`
    return viommu === null || !translate || hasVdevIds(sys, group, viommu) ? null : 'ENOENT'
  },
  viommuInit: () => null,
  allocDomainNested: (call) => {
    if (call.fails('iommu_copy_struct_from_user')) return 'EFAULT'
    if (call.fails('arm_smmu_validate_vste')) return 'EIO'
    return call.fails('alloc_domain_nested') ? 'ENOMEM' : null
  },
  // The device does not have exactly one stream.
  vdeviceInit: (call) => (call.fails('vdevice_init') ? 'EOPNOTSUPP' : null),
  writeEntry: (sys, group, domain) => {
    const written = entry(domain)
    sys.device.forEach((d) => {
      if (d.context.group === group) sys.ste.of(d).send(written)
    })
  },
}
