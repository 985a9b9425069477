import type { RootContent } from 'mdast'
import { broken, mutations } from '../../../properties/mutations.ts'
import type { Book, PropertyEntry } from '../book/book.ts'
import {
  anchor,
  block,
  code,
  emphasis,
  heading,
  joined,
  link,
  list,
  paragraph,
  strong,
  table,
  type Inline,
} from '../formats/doc.ts'
import type { Links } from './links.ts'
import { sequenceText } from '../book/sequence.ts'

/** What each verdict rests on. */
const strengths: Readonly<Record<string, string>> = {
  proved:
    'every reachable state of the run was visited and stored exactly, and it holds in all of them',
  covered: 'a witness was found, and replayed through plain XState',
  violated: 'a counterexample was found, and replayed through plain XState',
  vacuous: 'every reachable state was visited, and nothing that it speaks of is or happens',
  notCovered: 'every reachable state was visited, and there is no witness',
  bounded: 'it was not broken as far as a search went that was cut short',
  unknown: 'it was not reached as far as a search went that was cut short',
}

/**
 * The properties that are told one by one; the covers of error codes stand on the pages of their
 * calls.
 */
const told = (book: Book): PropertyEntry[] => {
  const errors = new Set(book.errors.values())
  return book.properties.filter(({ property }) => !errors.has(property.id))
}

/** Verdicts with the runs that they are from. */
function verdicts({ verdicts }: PropertyEntry): Inline {
  const words = [...new Set(verdicts.map((v) => v.verdict))]
  return words.flatMap((word, i) => [
    ...(i > 0 ? ['; '] : []),
    strong(word),
    ' in ',
    ...joined(verdicts.filter((v) => v.verdict === word).map(({ run }) => code(run.name))),
  ])
}

/** Property, source, runs, verdict, and what breaks it. */
export function propertiesPage(book: Book, links: Links): RootContent[] {
  const all = told(book)
  const used = new Set(book.properties.flatMap((p) => p.verdicts.map((v) => v.verdict)))
  return [
    heading(1, 'Properties'),
    paragraph(
      'What must hold, and what must be reachable: where each comes from, in which runs it was looked at, what became of it and what breaks it.',
    ),
    list([...used].map((word) => [strong(word), `: ${strengths[word] ?? ''}.`])),
    paragraph([
      'The runs stand on ',
      link('../runs.md', 'a page of their own'),
      '. That each call can fail with each of its errors stands on the pages of the ',
      link('../ioctls/README.md', 'calls'),
      '.',
    ]),
    heading(2, 'All of them'),
    matrix(book, all),
    ...(['built-in', 'always', 'step', 'cover'] as const).flatMap((kind): RootContent[] => {
      const own = all.filter(({ property }) => property.kind === kind)
      return own.length === 0
        ? []
        : [heading(2, titles[kind]), ...own.flatMap((entry) => section(book, entry, links))]
    }),
  ]
}

const titles = {
  'built-in': 'Of every system',
  always: 'Of states',
  step: 'Of calls',
  cover: 'What must be reachable',
}

function section(book: Book, entry: PropertyEntry, links: Links): RootContent[] {
  const { property, kinds } = entry
  const sequence = property.kind === 'cover' ? book.sequences.get(property.id) : undefined
  const lifecycles = book.lifecycles.filter((l) => l.kinds.some((kind) => kinds.has(kind)))
  return [
    heading(3, code(property.id)),
    paragraph(property.says),
    list([
      ...(property.source === undefined
        ? []
        : [['Source: ', ...(joined(property.source.map(sourceText)) as never[])] as Inline]),
      ...(lifecycles.length === 0
        ? []
        : [
            [
              'Looks at ',
              ...(joined(
                lifecycles.map(({ text }) => link(links.lifecycle(text.id), code(text.id))),
              ) as never[]),
            ] as Inline,
          ]),
      verdicts(entry),
      ...breaking(property.id).map(({ says, scope = 'smoke', driver = 'smmuv3' }): Inline => [
        strong('broken'),
        ` where ${says} (`,
        code(`${scope}/${driver}`),
        ')',
      ]),
    ]),
    ...(sequence === undefined ? [] : [block(sequenceText(sequence, book))]),
  ]
}

/**
 * A kernel function and a constant of the uAPI are code; a message is named by its subject and
 * date.
 */
const sourceText = (source: string): Inline => {
  const [, kind, what] = /^(\w+): (.*)$/.exec(source) ?? ['', '', source]
  return kind === 'message'
    ? ['the message ', emphasis(what)]
    : [kind === '' ? '' : `${kind} `, /^\w+$/.test(what) ? code(what) : what]
}

/** The properties at a glance. */
const matrix = (book: Book, all: readonly PropertyEntry[]): RootContent =>
  table(
    ['Property', 'Verdict'],
    all.map(({ property, verdicts }): Inline[] => [
      link(`#${anchor(property.id)}`, code(property.id)),
      [
        `${[...new Set(verdicts.map((v) => v.verdict))].join(', ')} in `,
        ...(verdicts.length === book.runs.length
          ? ['all runs']
          : (joined(verdicts.map(({ run }) => code(run.name))) as never[])),
      ],
    ]),
  )

/** The rules whose breaking the tests know to break a property. */
const breaking = (id: string) => mutations.filter((one) => broken(one).includes(id))
