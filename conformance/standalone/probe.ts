import { constants } from '../../uapi/index.ts'
import { ioctlOf, iommufdField, numberField, objectField, output, stepText } from './steps.ts'
import { braces, literal } from './c-text.ts'
import { hwInfoArmSmmuv3, viommuArmSmmuv3 } from './smmuv3.ts'

/** Objects of the steps that look at the machine. */
export const probeObjects = [
  'PROBE_device',
  'PROBE_type',
  'PROBE_ioas',
  'PROBE_parent',
  'PROBE_viommu',
] as const

/** Steps that all succeed where an Arm SMMUv3 that can nest is behind the first device. */
export function probeSteps(): string[] {
  const [bind, info, ioas, hwpt, viommu] = [
    'VFIO_DEVICE_BIND_IOMMUFD',
    'IOMMU_GET_HW_INFO',
    'IOMMU_IOAS_ALLOC',
    'IOMMU_HWPT_ALLOC',
    'IOMMU_VIOMMU_ALLOC',
  ].map(ioctlOf)
  const step = { device: null, outcome: 'ok', fields: [], outputs: [] }
  return [
    braces([literal('open(/dev/iommu)'), 'OPEN', -1, 0, 0, 0, 'NONE', 'NONE']),
    stepText({
      ...{
        ...step,
        says: bind.name,
        device: 0,
        ioctl: bind,
        fields: [iommufdField(bind, 'iommufd')],
      },
      outputs: [output(bind, 'out_devid', 'PROBE_device', 1)],
    }),
    stepText({
      ...{
        ...step,
        says: info.name,
        ioctl: info,
        fields: [objectField(info, 'dev_id', 'PROBE_device')],
      },
      outputs: [output(info, 'out_data_type', 'PROBE_type', hwInfoArmSmmuv3)],
    }),
    stepText({
      ...step,
      says: ioas.name,
      ioctl: ioas,
      outputs: [output(ioas, 'out_ioas_id', 'PROBE_ioas', 2)],
    }),
    stepText({
      ...{ ...step, says: `${hwpt.name} with NEST_PARENT`, ioctl: hwpt },
      fields: [
        numberField(hwpt, 'flags', constants.IOMMU_HWPT_ALLOC_NEST_PARENT),
        objectField(hwpt, 'dev_id', 'PROBE_device'),
        objectField(hwpt, 'pt_id', 'PROBE_ioas'),
      ],
      outputs: [output(hwpt, 'out_hwpt_id', 'PROBE_parent', 3)],
    }),
    stepText({
      ...{ ...step, says: viommu.name, ioctl: viommu },
      fields: [
        numberField(viommu, 'type', viommuArmSmmuv3),
        objectField(viommu, 'dev_id', 'PROBE_device'),
        objectField(viommu, 'hwpt_id', 'PROBE_parent'),
      ],
      outputs: [output(viommu, 'out_viommu_id', 'PROBE_viommu', 4)],
    }),
  ]
}
