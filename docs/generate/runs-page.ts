import type { RootContent } from 'mdast'
import type { Book } from './book.ts'
import { code, heading, list, paragraph, type Inline } from './doc.ts'

const grouped = (n: number) => n.toLocaleString('en-US')

const settings = (set: object) =>
  Object.entries(set)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

/** The runs that the documents rest on. */
export const runsPage = (book: Book): RootContent[] => [
  heading(1, 'Runs'),
  paragraph('What the generated pages rest on. A search is breadth-first and exhaustive unless it says otherwise; sequences are shortest.'),
  list(
    book.runs.map((run): Inline => [
      code(run.name),
      ...(Object.keys(run.set).length > 0 ? [', scope ', code(run.scope), ' with ', code(settings(run.set))] : []),
      `: ${grouped(run.states)} states, ${grouped(run.transitions)} transitions, ${grouped(run.refusals)} refusals, depth ${run.depth}`,
      run.complete ? '' : '; cut short',
    ]),
  ),
  paragraph([
    'In a sequence, ',
    code('viommu#4'),
    ' is the object with id 4, ',
    code('viommu[0]'),
    ' a slot without one; ',
    code('T0'),
    ' and ',
    code('T1'),
    ' are threads, ',
    code('…'),
    ' a step that is not the last of its call, ',
    code('[kzalloc fails]'),
    ' the one failure in it.',
  ]),
]
