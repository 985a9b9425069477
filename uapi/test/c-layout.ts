import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  constants,
  dataStructs,
  iommufdIoctls,
  testCmdRequest,
  testOps,
  vfioIoctls,
  type Struct,
} from '../index.ts'

const ioctls = { ...iommufdIoctls, ...vfioIoctls }

/** Every figure of the tables, by the C expression that gives it. */
export function figures(): Record<string, number> {
  const found: Record<string, number> = { IOMMU_TEST_CMD: testCmdRequest, ...constants }
  const add = (s: Struct) => {
    found[`sizeof(struct ${s.name})`] = s.size
    for (const f of s.fields) {
      found[`offsetof(struct ${s.name}, ${f.name})`] = f.offset
      found[`sizeof(((struct ${s.name} *)0)->${f.name})`] = f.width * f.count
    }
  }
  for (const [name, { request, struct }] of Object.entries(ioctls)) {
    found[name] = request
    add(struct)
  }
  for (const s of Object.values(dataStructs)) add(s)
  for (const [name, { op, struct }] of Object.entries(testOps)) {
    found[`IOMMU_TEST_OP_${name}`] = op
    add(struct)
  }
  return found
}

/** What the compiler says to the same expressions, with a kernel's headers. */
export function compiled(headers: string, expressions: readonly string[]): Record<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-layout-'))
  try {
    const prints = expressions.map((e) => `  printf("%llu\\n", (unsigned long long)(${e}));`)
    const includes = [
      'stddef.h',
      'stdio.h',
      'linux/iommufd.h',
      'linux/vfio.h',
      'iommufd_test.h',
    ].map((h) => `#include <${h}>`)
    writeFileSync(
      join(folder, 'layout.c'),
      [...includes, 'int main(void) {', ...prints, '}', ''].join('\n'),
    )
    execFileSync('gcc', [
      '-isystem',
      headers,
      '-o',
      join(folder, 'layout'),
      join(folder, 'layout.c'),
    ])
    const values = execFileSync(join(folder, 'layout')).toString().trim().split('\n').map(Number)
    return Object.fromEntries(expressions.map((e, i) => [e, values[i]]))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
