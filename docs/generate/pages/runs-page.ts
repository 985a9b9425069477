import type { RootContent } from 'mdast'
import type { Book } from '../book/book.ts'
import { code, heading, list, paragraph, type Inline } from '../formats/doc.ts'

const grouped = (n: number) => n.toLocaleString('en-US')

const settings = (set: object) =>
  Object.entries(set)
    .map(([name, value]) => `${name}=${value}`)
    .join(' ')

/** How runs and sequences are written. */
export const sequenceLegend: RootContent[] = [
  paragraph([
    'A run is a scope and a driver: ',
    code('smoke/smmuv3'),
    '. A line of a sequence is a call, and after the arrow what it returns.',
  ]),
  list([
    [
      code('viommu#4'),
      ' is the object with id 4, as user space gets it; ',
      code('viommu[0]'),
      ' is an id that names nothing when the call begins; ',
      code('device[0]'),
      ' and ',
      code('group[0]'),
      ' are the hardware, by number.',
    ],
    [
      code('nestParent=true'),
      ' is `IOMMU_HWPT_ALLOC_NEST_PARENT`; ',
      code('translate=false'),
      " is a guest's stream table entry that bypasses its stage 1.",
    ],
    [code('[kzalloc fails]'), ' is the one failure in the sequence.'],
    [
      'In ',
      code('race'),
      ', ',
      code('T0'),
      ' and ',
      code('T1'),
      ' are threads; behind a colon stands the step of the call, and ',
      code('…'),
      ' where it is not the last.',
    ],
  ]),
]

/** The runs that the documents rest on. */
export const runsPage = (book: Book): RootContent[] => [
  heading(1, 'Runs'),
  paragraph(
    'What the generated pages rest on. A search is breadth-first and exhaustive unless it says otherwise; sequences are shortest.',
  ),
  list(
    book.runs.map((run): Inline => [
      code(run.name),
      ...(Object.keys(run.set).length > 0
        ? [', scope ', code(run.scope), ' with ', code(settings(run.set))]
        : []),
      `: ${grouped(run.states)} states, ${grouped(run.transitions)} transitions, ${grouped(run.refusals)} refusals, depth ${run.depth}`,
      run.complete ? '' : '; cut short',
    ]),
  ),
  paragraph([
    code('shared'),
    ', ',
    code('pair'),
    ' and ',
    code('trio'),
    ' are for these pages alone: checks and effects that need two devices, or three. ',
    code('iommufd-spec check'),
    ' explores ',
    code('lifecycle/mock'),
    ' as well.',
  ]),
  heading(2, 'Sequences'),
  ...sequenceLegend,
]
