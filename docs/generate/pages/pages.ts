import type { RootContent } from 'mdast'
import { excluded } from '../../../properties/errnos.ts'
import { anchor, code, heading, link, list, paragraph } from '../formats/doc.ts'
import type { Book } from '../book/book.ts'
import { ioctlPage } from './ioctl-page.ts'
import { kernelPages } from './kernel-pages.ts'
import { lifecyclePage } from './lifecycle-page.ts'
import type { Links } from './links.ts'
import { slug } from '../observe/machine-text.ts'
import { markdown } from '../formats/markdown.ts'
import type { RecordedKernel } from '../book/recorded-kernel.ts'
import { propertiesPage } from './property-page.ts'
import { runsPage } from './runs-page.ts'
import { svg } from '../formats/svg.ts'

/** The folders under docs/ that hold nothing but generated files. */
export const generatedFolders = [
  'lifecycles',
  'ioctls',
  'properties',
  'kernel',
  'kernel/rv',
] as const

/** Generated files by their paths under docs/. */
export type Pages = Map<string, string>

const links: Links = {
  action: (name) => `../ioctls/${slug(name)}.md`,
  property: (id) => `../properties/README.md#${anchor(id)}`,
  lifecycle: (id) => `${slug(id)}.md`,
  runs: '../runs.md#sequences',
}

const ioctlLinks: Links = {
  ...links,
  action: (name) => `${slug(name)}.md`,
  lifecycle: (id) => `../lifecycles/${slug(id)}.md`,
}

/** All pages of a book. */
export async function pages(book: Book, recorded: RecordedKernel | null = null): Promise<Pages> {
  const made: Pages = new Map()
  for (const lifecycle of book.lifecycles) {
    const name = slug(lifecycle.text.id)
    made.set(`lifecycles/${name}.svg`, await svg(lifecycle.text))
    made.set(`lifecycles/${name}.md`, markdown(lifecyclePage(book, lifecycle, links, recorded)))
  }
  for (const entry of book.actions)
    made.set(`ioctls/${slug(entry.action.name)}.md`, markdown(ioctlPage(book, entry, ioctlLinks)))
  made.set('ioctls/README.md', markdown(ioctlIndex(book)))
  made.set(
    'properties/README.md',
    markdown(propertiesPage(book, { ...links, lifecycle: ioctlLinks.lifecycle })),
  )
  for (const [path, text] of kernelPages(book, recorded)) made.set(path, text)
  made.set('runs.md', markdown(runsPage(book)))
  made.set('lifecycles/README.md', markdown(lifecycleIndex(book)))
  return made
}

const lifecycleIndex = (book: Book): RootContent[] => [
  heading(1, 'Lifecycles'),
  paragraph(
    'One page for each kind of object, from its machine and from what the checker found of it.',
  ),
  list(
    book.lifecycles.map(({ text }) => [
      link(`${slug(text.id)}.md`, code(text.id)),
      `: ${text.says}`,
    ]),
  ),
]

const ioctlIndex = (book: Book): RootContent[] => [
  heading(1, 'Calls'),
  paragraph(
    'One page for each ioctl, and for each other thing that can happen: what it checks, what it changes, and how to provoke its errors.',
  ),
  list(
    book.actions.map(({ action }) => [
      link(`${slug(action.name)}.md`, code(action.name)),
      ` ${action.says ?? ''}.`,
    ]),
  ),
  heading(2, 'Left out of all of them'),
  list(
    excluded
      .filter(({ call }) => call === 'any')
      .map(({ errno, why }) => [code(errno), `: ${why}`]),
  ),
]
