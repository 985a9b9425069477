/**
 * Takes a picture of every page, or of those that are named, as a forge shows them: .cache/render.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../documents/pages.ts'
import { launch, tab } from './browser.ts'
import { faultsAt, markdownPages, open, schemes, widths } from './look.ts'

const folder = join(root, '.cache', 'render')
mkdirSync(folder, { recursive: true })
const named = process.argv.slice(2)
const browser = await launch()
const page = await tab(browser)
for (const path of named.length > 0 ? named : markdownPages())
  for (const scheme of schemes) {
    for (const wrong of await open(page, path, scheme)) console.log(`${path}, ${scheme}: ${wrong}`)
    for (const width of ['phone', 'desk'] as const) {
      for (const wrong of await faultsAt(page, width))
        console.log(`${path}, ${scheme}, ${width}: ${wrong}`)
      const name = `${path.replace(/\.md$/, '').replace(/\W+/g, '-')}.${width}-${widths[width]}.${scheme}.png`
      await page.screenshot({ path: join(folder, name), fullPage: true })
    }
  }
await browser.close()
