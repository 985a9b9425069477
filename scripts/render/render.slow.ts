import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { root } from '../documents/pages.ts'
import { chromiumPath, launch, show, tab } from './browser.ts'
import { drawingFaults, leastContrast } from './in-page.mjs'
import { lookAt, markdownPages, widths } from './look.ts'

const drawings = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.svg'))
  .map((path) => `docs/${path}`)

describe.skipIf(chromiumPath() === null)('in a browser', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launch()
    page = await tab(browser)
  })
  afterAll(() => browser.close())

  describe.each(markdownPages())('%s', (path) => {
    it.each(Object.keys(widths) as (keyof typeof widths)[])('fits a %s, and its diagrams are drawn', async (width) => {
      expect(await lookAt(page, path, width, 'light')).toEqual([])
      expect(await lookAt(page, path, width, 'dark')).toEqual([])
    })
  })

  describe.each(drawings)('%s', (path) => {
    it('has no label cut off or covered, and no edges that cross', async () => {
      await show(page, path)
      expect(await page.evaluate(drawingFaults)).toEqual([])
    })

    it.each(['light', 'dark'] as const)('can be read when it is %s', async (colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await show(page, path)
      expect(await page.evaluate(leastContrast)).toBeGreaterThan(4.5)
    })
  })
})
