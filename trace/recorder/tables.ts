import {
  iommufdIoctls,
  testCmdRequest,
  testOps,
  vfioIoctls,
  type Field,
  type Struct,
} from '../../uapi/index.ts'

const directions = { in: 1, out: 2, both: 3 } as const

function fieldRow(struct: Struct, field: Field): string {
  const at = (name: string | undefined) =>
    name === undefined ? -1 : struct.fields.findIndex((f) => f.name === name)
  const { bytes, each = 0, times, direction } = field.points ?? { direction: undefined }
  const points =
    direction === undefined
      ? '0, -1, 0, -1'
      : `${directions[direction]}, ${at(bytes)}, ${each}, ${at(times)}`
  const { name, offset, width, count, signed } = field
  return `{"${name}", ${offset}, ${width}, ${count}, ${Number(signed)}, ${directions[field.direction]}, ${points}}`
}

function rows(
  id: string,
  name: string,
  request: number,
  struct: Struct,
  op?: readonly [string, number],
): { fields: string; call: string } {
  const fields = `static const struct field ${id}[] = {\n${struct.fields.map((f) => `\t${fieldRow(struct, f)},`).join('\n')}\n};`
  const of = op === undefined ? 'NULL, 0' : `"${op[0]}", ${op[1]}`
  return {
    fields,
    call: `\t{"${name}", ${request}, ${of}, ${struct.size}, ${id}, ${struct.fields.length}},`,
  }
}

/**
 * The recorder's tables as a C header: every ioctl that it logs, with the names and places of its
 * fields.
 */
export function recorderTables(): string {
  const plain = Object.entries({ ...iommufdIoctls, ...vfioIoctls })
  const all = [
    ...plain.map(([name, { request, struct }]) => rows(`fields_${name}`, name, request, struct)),
    ...Object.entries(testOps).map(([name, { op, struct }]) =>
      rows(`op_${name}`, 'IOMMU_TEST_CMD', testCmdRequest, struct, [name, op]),
    ),
  ]
  const calls = `static const struct call calls[] = {\n${all.map((row) => row.call).join('\n')}\n};`
  return [`/* Generated from uapi/. */`, ...all.map((row) => row.fields), calls, ''].join('\n')
}
