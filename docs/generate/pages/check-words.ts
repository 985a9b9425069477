import type { Book } from '../book/book.ts'
import type { Check } from '../observe/check.ts'
import type { PhrasingContent } from 'mdast'
import { alternatives, code, names, type Inline } from '../formats/doc.ts'
import { failureWords } from './failure-words.ts'

/** What belongs to a part of the call, as `igroup(dev.group)`, in words. */
const partName = (value: string) => value.replace(/^(\w+)\((.+)\)$/, 'the `$1` of `$2`')

/** A value as it stands in a sentence. */
const valueWords = (value: string) =>
  /^(true|false|null|\d+)$/.test(value)
    ? value
    : value.includes('(')
      ? partName(value)
      : `\`${value}\``

/** The lifecycles of the kinds that a check was met on. */
const lifecyclesOf = ({ lifecycles }: Book, check: Check) =>
  lifecycles.filter((l) => l.kinds.some((kind) => check.kinds.includes(kind)))

/** Machines' words for a refusal, by the kind that refuses, the event and the code. */
function refusals(book: Book, check: Check): { readonly says: string; readonly kernel: string }[] {
  const found = lifecyclesOf(book, check)
    .flatMap(({ text }) =>
      text.transitions.filter(
        (t) => t.event === check.name && t.refuses !== null && check.values.includes(t.refuses),
      ),
    )
    .map(({ does, kernel }) => ({ says: does, kernel }))
  return [...new Map(found.map((r) => [JSON.stringify(r), r])).values()]
}

/** A field's words, where its machine has some. */
const fieldWords = (book: Book, check: Check) =>
  lifecyclesOf(book, check)[0]?.text.about?.fields[check.name]

/** What it means to be in a state. */
const stateWords = (book: Book, check: Check) =>
  lifecyclesOf(book, check)[0]?.text.states.find((state) => state.name === check.name)?.says ??
  check.name

/**
 * Whether a look-up of such an object takes no other: of one type, though it may be of several
 * kinds.
 */
const oneType = (book: Book, check: Check) => lifecyclesOf(book, check).length === 1

/**
 * An answer as the condition under which the call fails; a reference to no part of the call has its
 * own path for a name.
 */
function answer({ values, passes, of, name }: Check): string {
  const other = (value: string) => value === `${of}.${name}`
  if (!values.some(other)) return `is ${alternatives(values.map(valueWords))}`
  const known = passes.filter((value) => !other(value))
  if (known.length === 0) return 'names an object'
  if (known.join() === 'null') return 'is set'
  return known.length === 1
    ? `is not ${valueWords(known[0])}`
    : `is neither ${alternatives(known.map(valueWords), 'nor')}`
}

/** Under what a check is made at all, as far as it is not made always. */
export const whereWords = ({ where }: Check): (string | PhrasingContent)[] =>
  where
    .filter(({ matters }) => matters)
    .flatMap(({ how, of, name, value }, i) => [
      i === 0 ? ', where ' : ' and ',
      ...(how === 'state'
        ? [code(of), ` is ${value === 'true' ? '' : 'not '}`, code(name)]
        : [
            code(`${of}.${name}`),
            value === `${of}.${name}` ? ' is set' : ` is ${valueWords(value)}`,
          ]),
    ])

/** A check in words: the condition under which the call fails. */
export function checkWords(book: Book, check: Check): Inline {
  const { how, of, name, values } = check
  switch (how) {
    case 'fails':
      return [code(name), ' fails', ...(name in failureWords ? [`: ${failureWords[name]}`] : [])]
    case 'event': {
      const why = refusals(book, check)
      const functions = [...new Set(why.map((r) => `\`${r.kernel}\``))]
      return [
        code(of),
        `: ${[...new Set(why.map((r) => r.says))].join(', or ')}${name === 'lookup' && oneType(book, check) ? ', or it is of another type' : ''}`,
        ...(functions.length > 0 ? [` (${functions.join(', ')})`] : []),
      ]
    }
    case 'state':
      return [
        code(of),
        ` is ${values.includes('true') ? '' : 'not '}`,
        code(name),
        ` (${stateWords(book, check)})`,
      ]
    case 'kind':
      return [code(of), ' is of kind ', ...names(values)]
    case 'all':
      return of === 'some'
        ? `there is a ${check.kinds.join('')} ${name}`
        : `not for every ${check.kinds.join('')}: ${name}`
    case 'field': {
      const words = fieldWords(book, check)
      return [
        code(`${of}.${name}`),
        ` ${answer(check)}`,
        ...(words === undefined ? [] : [` (${words})`]),
      ]
    }
  }
}
