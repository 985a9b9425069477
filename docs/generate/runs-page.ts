import type { RootContent } from 'mdast'
import type { Book } from './book.ts'
import { code, heading, list, paragraph, table, type Inline } from './doc.ts'

const grouped = (n: number) => n.toLocaleString('en-US')

/** The runs that the documents rest on. */
export const runsPage = (book: Book): RootContent[] => [
  heading(1, 'Runs'),
  paragraph('What the generated pages rest on. A search is breadth-first and exhaustive unless it says otherwise; sequences are shortest.'),
  table(
    ['Run', 'States', 'Transitions', 'Depth'],
    book.runs.map((run): Inline[] => [
      code(run.name),
      `${grouped(run.states)}${run.complete ? '' : ' (cut short)'}`,
      grouped(run.transitions),
      String(run.depth),
    ]),
  ),
  ...(book.runs.some((run) => Object.keys(run.set).length > 0)
    ? [
        list(
          book.runs
            .filter((run) => Object.keys(run.set).length > 0)
            .map((run): Inline => [
              code(run.name),
              ': scope ',
              code(run.scope),
              ' with ',
              code(
                Object.entries(run.set)
                  .map(([k, v]) => `${k}=${v}`)
                  .join(' '),
              ),
            ]),
        ),
      ]
    : []),
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
