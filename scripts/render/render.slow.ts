import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../documents/pages.ts'
import { chromiumPath, launch, show, tab } from './browser.ts'
import { drawingFaults, leastContrast } from './in-page.mjs'
import { faultsAt, markdownPages, open, schemes } from './look.ts'

const drawings = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svg') && !path.startsWith('api'))
  .map((path) => `docs/${path}`)

describe.skipIf(chromiumPath() === null)('in a browser', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launch()
    page = await tab(browser)
  })
  afterAll(() => browser.close())

  it.each(markdownPages())(
    '%s fits a phone and a desk, and its diagrams are drawn',
    async (path) => {
      for (const scheme of schemes) {
        expect(await open(page, path, scheme)).toEqual([])
        for (const width of ['phone', 'desk'] as const)
          expect(await faultsAt(page, width), `${scheme}, ${width}`).toEqual([])
      }
    },
  )

  describe.each(drawings)('%s', (path) => {
    it('has no label cut off or covered, and no edges that cross', async () => {
      await show(page, path)
      expect(await page.evaluate(drawingFaults)).toEqual([])
    })

    it.each(schemes)('can be read when it is %s', async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await show(page, path)
      expect(await page.evaluate(leastContrast)).toBeGreaterThan(4.5)
    })
  })
})
