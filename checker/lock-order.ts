/** In which order calls take locks, by kinds: what the calls made so far have shown. */
export class LockOrder {
  /** Which kinds were taken while a kind was held, and the first operation that did so. */
  readonly #after = new Map<string, Map<string, string>>()
  /** Whether any call takes locks, or drops them. */
  used = false
  /** What the call made last has against the order of others, in words; null for nothing. */
  opposite: string | null = null

  /** Another call is made. */
  begin(): void {
    this.opposite = null
  }

  /** Notes that an operation takes a lock while it holds another. */
  note(held: string, taken: string, operation: string): void {
    const after = this.#after.get(held) ?? new Map<string, string>()
    this.#after.set(held, after)
    if (!after.has(taken)) after.set(taken, operation)
    const back = this.#way(taken, held, new Set())
    if (back !== null) this.opposite ??= [takes(operation, held, taken), ...back].join('; ')
  }

  /** What is known, in lines that {@link learn} takes. */
  known(): string[] {
    return [...this.#after].flatMap(([held, after]) =>
      [...after].map(([taken, operation]) => [held, taken, operation].join(separator)),
    )
  }

  /** Takes over what another system of the same calls has shown. */
  learn(lines: readonly string[]): void {
    for (const line of lines) {
      const [held, taken, operation] = line.split(separator)
      this.note(held, taken, operation)
    }
  }

  /** The steps from one kind to another in words, null where there is no way. */
  #way(from: string, to: string, passed: Set<string>): string[] | null {
    if (from === to) return []
    passed.add(from)
    for (const [taken, operation] of this.#after.get(from) ?? []) {
      if (passed.has(taken)) continue
      const rest = this.#way(taken, to, passed)
      if (rest !== null) return [takes(operation, from, taken), ...rest]
    }
    return null
  }
}

const separator = '\t'

const takes = (operation: string, held: string, taken: string): string =>
  held === taken
    ? `${operation} takes a second ${taken}`
    : `${operation} takes ${taken} while it holds ${held}`
