import { setup } from 'xstate'
import { model } from '../model.ts'
import { system, type System } from '../system.ts'

const node = setup({}).createMachine({ id: 'node' })

const cell = setup({ types: { events: {} as { type: 'flip' } } }).createMachine({
  id: 'cell',
  initial: 'zero',
  states: {
    zero: { on: { flip: { target: 'one', description: 'becomes one' } } },
    one: { on: { flip: { target: 'zero', description: 'becomes zero' } } },
  },
})

interface Kinds {
  readonly row: typeof node
  readonly column: typeof node
  readonly cell: typeof cell
}
const { action, each, cover } = model<Kinds>()

const full = cover('full', {
  says: 'All cells are one.',
  holds: ({ cell }) => cell.every((c) => c.in('one')),
})

const flip = action(
  'flip',
  { row: each('row'), column: each('column') },
  ({ row, column }, { cell }) => cell.of(row, column).send({ type: 'flip' }),
)

/**
 * A matrix of bits, its rows and its columns interchangeable: 2^(rows * columns) states, and as
 * many orbits as there are such matrices up to permutations of rows and columns: 7 for 2 by 2, 13
 * for 3 by 2, 36 for 3 by 3, 317 for 4 by 4 (OEIS A028657).
 */
export const matrix = (rows: number, columns: number): System =>
  system<Kinds>({
    kinds: {
      row: { machine: node, count: rows, symmetric: true },
      column: { machine: node, count: columns, symmetric: true },
      cell: { machine: cell, per: ['row', 'column'] },
    },
    actions: [flip],
    properties: [full],
  })

/**
 * A matrix of bits whose rows alone are interchangeable: as many orbits as there are multisets of
 * rows, C(2^columns + rows - 1, rows). The columns that stay tell cells of one row apart.
 */
export const multiset = (rows: number, columns: number): System =>
  system<Kinds>({
    kinds: {
      row: { machine: node, count: rows, symmetric: true },
      column: { machine: node, count: columns },
      cell: { machine: cell, per: ['row', 'column'] },
    },
    actions: [flip],
    properties: [full],
  })

/**
 * A relation on interchangeable nodes, a cell for each pair of them: 2^(n * n) states, and as many
 * orbits as there are relations up to renaming: 2, 10, 104, 3044 (OEIS A000595).
 */
export const relation = (nodes: number): System =>
  system<Kinds>({
    kinds: {
      row: { machine: node, count: nodes, symmetric: true },
      cell: { machine: cell, per: ['row', 'row'] },
    },
    actions: [
      action('flip', { from: each('row'), to: each('row') }, ({ from, to }, { cell }) =>
        cell.of(from, to).send({ type: 'flip' }),
      ),
    ],
    properties: [full],
  })
