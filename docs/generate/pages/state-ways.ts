import type { RootContent } from 'mdast'
import type { Book, Lifecycle } from '../book/book.ts'
import { stateCover, successCover } from '../observe/covers.ts'
import { block, code, heading, link, paragraph } from '../formats/doc.ts'
import type { Links } from './links.ts'
import type { MachineText } from '../observe/machine-text.ts'
import { sequenceText } from '../book/sequence.ts'

/**
 * The shortest ways to the states of all kinds; of a state that no call ends in, which call goes
 * through it.
 */
export function ways(book: Book, { text, kinds }: Lifecycle, links: Links): RootContent[] {
  const own = text.states.filter(({ name }) => name !== text.initial)
  return [
    heading(2, 'Shortest ways'),
    ...(links.runs === ''
      ? []
      : [paragraph(['What the lines say: ', link(links.runs, 'how sequences are written'), '.'])]),
    ...kinds.flatMap((kind) => [
      ...(kinds.length > 1 ? [heading(3, code(kind))] : []),
      ...own.flatMap(({ name }): RootContent[] => {
        const sequence = book.sequences.get(stateCover(kind, name))
        if (sequence !== undefined)
          return [
            paragraph([
              code(name),
              `, ${sequence.interleaved ? 'between the steps of calls, ' : ''}in `,
              code(sequence.run),
              ':',
            ]),
            block(sequenceText(sequence, book)),
          ]
        const through = passing(book, text, name, kind)
        if (through === null) return [paragraph([code(name), ' is not reached in these scopes.'])]
        return [
          paragraph([
            code(name),
            ': no call ends here; ',
            link(links.action(through), code(through)),
            ' goes through it.',
          ]),
        ]
      }),
    ]),
  ]
}

/**
 * The call that brings an object into a state that it leaves again; of several the one with the
 * shortest sequence.
 */
function passing(
  book: Book,
  { transitions }: MachineText,
  state: string,
  kind: string,
): string | null {
  const into = transitions.filter((t) => t.to === state)
  const taken = into
    .filter((t) => book.runs.some((run) => run.exercised.includes(t.name)))
    .map((t) => t.event)
  const calls = book.runs.flatMap((run) =>
    run.senders.filter((s) => s.kind === kind && s.taken && taken.includes(s.event)),
  )
  const length = (call: string) => book.sequences.get(successCover(call))?.steps.length ?? Infinity
  return (
    [...new Set(calls.map(({ action }) => action))].sort((a, b) => length(a) - length(b))[0] ?? null
  )
}
