/** What descriptors lead to: an open file, which lives as long as any descriptor in any process. */
export interface OpenFile<T> {
  of: T
  /** Descriptors that lead to it. */
  count: number
}

/**
 * The descriptors of all processes, as far as they lead to files that matter. `closed` hears of a
 * file that has lost its last one.
 */
export class Descriptors<T> {
  readonly #tables = new Map<number, Map<number, OpenFile<T>>>()
  readonly #closed: (of: T) => void

  constructor(closed: (of: T) => void) {
    this.#closed = closed
  }

  #table(pid: number): Map<number, OpenFile<T>> {
    const table = this.#tables.get(pid) ?? new Map<number, OpenFile<T>>()
    this.#tables.set(pid, table)
    return table
  }

  /** What a descriptor leads to; null where that is nothing known. */
  at(pid: number, fd: number): T | null {
    return this.#tables.get(pid)?.get(fd)?.of ?? null
  }

  /** What a descriptor leads to was taken for something else, by all who have it. */
  replace(pid: number, fd: number, of: T): void {
    const file = this.#tables.get(pid)?.get(fd)
    if (file !== undefined) file.of = of
  }

  /** A new file at a descriptor; whatever was there is closed. */
  open(pid: number, fd: number, of: T): void {
    this.close(pid, fd)
    this.#table(pid).set(fd, { of, count: 1 })
  }

  /** Another descriptor for the same file. */
  dup(pid: number, fd: number, to: number): void {
    const file = this.#tables.get(pid)?.get(fd)
    if (fd === to) return
    if (file !== undefined) file.count++
    this.close(pid, to)
    if (file !== undefined) this.#table(pid).set(to, file)
  }

  close(pid: number, fd: number): void {
    const table = this.#tables.get(pid)
    const file = table?.get(fd)
    if (file === undefined) return
    table?.delete(fd)
    if (--file.count === 0) this.#closed(file.of)
  }

  /** A child has the descriptors of its parent. */
  fork(parent: number, child: number): void {
    // A process of that number has ended.
    for (const fd of [...(this.#tables.get(child)?.keys() ?? [])]) this.close(child, fd)
    const table = new Map(this.#tables.get(parent))
    for (const file of table.values()) file.count++
    this.#tables.set(child, table)
  }
}
