import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { expect, it } from 'vitest'
import { code, table } from './doc.ts'
import { markdown } from './markdown.ts'

/** What a forge shows of code in a table. */
const shown = (name: string): string[] => {
  const html = micromark(markdown([table(['Name'], [[code(name)]])]), {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  })
  return [...html.matchAll(/<code>([^]*?)<\/code>/g)].map(([, text]) =>
    text.replaceAll('<wbr>', '').replaceAll('&amp;', '&'),
  )
}

it.each([
  '__iommu_release_dma_ownership',
  'iommufd_device_remove_vdev',
  'IOMMU_TEST_CMD(PASID_CHECK_HWPT, 0)',
  'a_very_long_name_with|bar_and_&amp',
  'short',
])('%s in a table is read as it is', (name) => {
  expect(shown(name)).toEqual([name])
})

it('a long name in a table may be broken, as rarely as need be; a short one may not, nor one in a sentence', () => {
  const text = (name: string) => markdown([table(['Name'], [[code(name)]])])
  expect(text('iommufd_device_remove_vdev')).toContain(
    '<code>iommufd_device_remove_<wbr>vdev</code>',
  )
  expect(text('iommufd_lock_obj')).toContain('`iommufd_lock_obj`')
  expect(
    markdown([{ type: 'paragraph', children: [code('iommufd_device_remove_vdev')] }]),
  ).toContain('`iommufd_device_remove_vdev`')
})
