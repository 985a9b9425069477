import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { root } from '../documents/pages.ts'
import { forgePage } from './forge-page.ts'

const types: Record<string, string> = {
  '.svg': 'image/svg+xml',
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
}
/**
 * Where the repository is served; only Chromium's requests of it are answered, and none leaves the
 * machine.
 */
const origin = 'http://repository.test/'

/** Chromium's path, or null where there is none. */
export function chromiumPath(): string | null {
  for (const name of ['chromium', 'chromium-headless-shell', 'google-chrome'])
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim()
    } catch {
      continue
    }
  return null
}

/** A headless Chromium. Throws where there is none. */
export async function launch(): Promise<Browser> {
  const executablePath = chromiumPath()
  if (executablePath === null)
    throw new Error('there is no Chromium; on Debian: apt-get install chromium')
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

/** A tab that shows the repository: Markdown as a forge does, everything else as it is. */
export async function tab(browser: Browser): Promise<Page> {
  const page = await browser.newPage()
  await page.route('**/*', async (route) => {
    const { origin: from, pathname } = new URL(route.request().url())
    if (`${from}/` !== origin) return route.abort()
    const body = readFileSync(join(root, decodeURIComponent(pathname)))
    const markdown = pathname.endsWith('.md')
    return route.fulfill({
      contentType: markdown
        ? 'text/html'
        : (types[extname(pathname)] ?? 'application/octet-stream'),
      body: markdown ? forgePage(body.toString()) : body,
    })
  })
  return page
}

/** Shows a file of the repository. */
export const show = async (page: Page, path: string): Promise<void> =>
  void (await page.goto(`${origin}${path}`))
