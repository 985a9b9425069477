/** A record of the kernel's log. */
export interface KernelMessage {
  /** 0 emerg … 4 warning … 7 debug. */
  readonly level: number
  readonly text: string
}

/** What a message says is wrong with the kernel. */
export type Splat = 'WARNING' | 'BUG' | 'Oops'

const record = /^(\d+),\d+,\d+,[^;]*;(.*)$/

/**
 * Messages from records as `/dev/kmsg` gives them; lines that are none (a stack that the runner
 * appended) are kept as warnings.
 */
export function parseMessages(text: string): KernelMessage[] {
  const messages: KernelMessage[] = []
  for (const line of text.split('\n')) {
    const found = record.exec(line)
    // The low three bits are the level, the others the facility; lines that start with a space are
    // a record's dictionary.
    if (found !== null) messages.push({ level: Number(found[1]) & 7, text: found[2] })
    else if (line !== '' && !line.startsWith(' ')) messages.push({ level: 4, text: line })
  }
  return messages
}

const signs: readonly (readonly [RegExp, Splat])[] = [
  [/^WARNING: /, 'WARNING'],
  [/^(?:BUG: |kernel BUG at )/, 'BUG'],
  [/Oops: |^general protection fault/, 'Oops'],
]

/** The messages that say that the kernel is at fault, each with its kind. */
export function splats(
  messages: readonly KernelMessage[],
): { readonly splat: Splat; readonly text: string }[] {
  return messages.flatMap(({ text }) => {
    const sign = signs.find(([pattern]) => pattern.test(text))
    return sign === undefined ? [] : [{ splat: sign[1], text }]
  })
}
