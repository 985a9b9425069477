import type { RootContent } from 'mdast'
import { automaton } from '../formats/automaton.ts'
import type { Book } from '../book/book.ts'
import { code, heading, list, paragraph, type Inline } from '../formats/doc.ts'
import { dot } from '../formats/dot.ts'
import { lifecyclePage } from './lifecycle-page.ts'
import type { Links } from './links.ts'
import { slug } from '../observe/machine-text.ts'
import { mark } from '../formats/markdown.ts'
import type { RecordedKernel } from '../book/recorded-kernel.ts'
import { sequenceLegend } from './runs-page.ts'
import { rest } from '../formats/rest.ts'

/** Lifecycles link to each other; what is outside of the kernel's tree is named and not linked. */
const links: Links = { action: () => '', property: () => '', lifecycle: (id) => slug(id), runs: '' }
const doc = (url: string) => (url === '' ? null : url)

/**
 * The lifecycles for the kernel's tree: a page in reST with its figure in DOT, and an automaton for
 * its runtime verification.
 */
export function kernelPages(
  book: Book,
  recorded: RecordedKernel | null,
): [path: string, text: string][] {
  const automata = book.lifecycles.map(({ text }) => automaton(text))
  const names = book.lifecycles.map(({ text }) => slug(text.id))
  const index = rest(opening, mark, doc)
  const toc = ['.. toctree::', '   :maxdepth: 1', '', ...names.map((name) => `   ${name}`)].join(
    '\n',
  )
  const verification = rest(automataText(automata), mark, doc).split('\n').slice(3).join('\n')
  return [
    ['kernel/index.rst', `${index}\n${toc}\n\n${verification}`],
    ...book.lifecycles.flatMap((lifecycle): [string, string][] => {
      const name = slug(lifecycle.text.id)
      return [
        [`kernel/${name}.rst`, rest(lifecyclePage(book, lifecycle, links, recorded), mark, doc)],
        [`kernel/${name}.dot`, dot(lifecycle.text)],
      ]
    }),
    ...automata.flatMap((one): [string, string][] =>
      'dot' in one ? [[`kernel/rv/${one.name}.dot`, one.dot]] : [],
    ),
  ]
}

const opening: RootContent[] = [
  heading(1, 'Lifecycles of iommufd objects'),
  paragraph(
    'One page for each kind of object, from an executable model that is checked exhaustively within small bounds.',
  ),
  ...sequenceLegend,
]

const automataText = (automata: readonly ReturnType<typeof automaton>[]): RootContent[] => [
  heading(2, 'Runtime verification'),
  paragraph(
    'Automata for rvgen, one for each lifecycle that is deterministic without its counts. An event is what the object took; what it refused is none.',
  ),
  list(
    automata.map((one): Inline =>
      'dot' in one ? [code(`rv/${one.name}.dot`)] : [code(one.name), `: none, as ${one.why}`],
    ),
  ),
]
