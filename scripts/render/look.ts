import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { root } from '../documents/pages.ts'
import { mermaidScript } from './mermaid.ts'
import { show } from './browser.ts'
import { draw, misfits } from './in-page.mjs'

/** The widths that pages are looked at, in CSS pixels. */
export const widths = { phone: 390, desk: 1280 } as const
export const schemes = ['light', 'dark'] as const

/** All pages of the repository that people read, by their paths. */
export const markdownPages = (): string[] =>
  ['.', 'conformance', 'docs', 'trace'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: folder === 'docs', encoding: 'utf8' })
      .filter((name) => name.endsWith('.md') && !name.startsWith('api'))
      .map((name) => (folder === '.' ? name : `${folder}/${name}`)),
  )

/** Whether a page has diagrams that the forge draws. */
const hasMermaid = (path: string): boolean =>
  readFileSync(join(root, path), 'utf8').includes('```mermaid')

/** Shows a page, its diagrams drawn; those that could not be. */
export async function open(
  page: Page,
  path: string,
  colorScheme: (typeof schemes)[number],
): Promise<string[]> {
  await page.emulateMedia({ colorScheme })
  await show(page, path)
  if (hasMermaid(path)) await page.addScriptTag({ path: mermaidScript() })
  return page.evaluate(draw, colorScheme === 'dark')
}

/** What is wrong with the page that is shown, at a width. */
export async function faultsAt(page: Page, width: keyof typeof widths): Promise<string[]> {
  await page.setViewportSize({ width: widths[width], height: 844 })
  return page.evaluate(misfits, width === 'desk')
}
