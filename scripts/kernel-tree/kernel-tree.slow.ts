import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '../documents/pages.ts'

/**
 * A kernel's source: the one that LINUX_SRC names, or the one that `npm run conformance:image` has
 * fetched.
 */
const tree = process.env['LINUX_SRC'] ?? join(root, '.cache', 'conformance', 'linux-source-7.3')
const kfigure = join(tree, 'Documentation', 'sphinx')
const dot2c = join(tree, 'tools', 'verification', 'rvgen', 'dot2c')
const pages = join(root, 'docs', 'kernel')
const automata = readdirSync(join(pages, 'rv'))

const succeeds = (command: string, ...args: string[]) => spawnSync(command, args).status === 0
const python = ['python3', '/usr/bin/python3'].find((one) => succeeds(one, '-c', 'import lark'))
const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-kernel-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Builds the pages; what Sphinx says where it does not like something. */
function sphinx(builder: string, conf: string): string {
  writeFileSync(join(folder, 'conf.py'), conf)
  const { stdout, stderr, status } = spawnSync('sphinx-build', [
    '-W',
    '-n',
    '-q',
    '-b',
    builder,
    '-c',
    folder,
    pages,
    join(folder, builder),
  ])
  return status === 0 ? '' : `${stdout}${stderr}`
}

describe.skipIf(!succeeds('sphinx-build', '--version'))(
  'Sphinx takes the pages for the kernel without a warning',
  () => {
    it('with a figure in place of the kernel-figure, where there is no kernel', () => {
      const conf =
        "from docutils.parsers.rst.directives.images import Figure\ndef setup(app):\n    app.add_directive('kernel-figure', Figure)\n"
      expect(sphinx('dummy', conf)).toBe('')
    })

    it.skipIf(!existsSync(kfigure) || !succeeds('dot', '-V'))(
      "with the kernel's own figures",
      () => {
        expect(
          sphinx(
            'html',
            `import sys\nsys.path.insert(0, ${JSON.stringify(kfigure)})\nextensions = ['kfigure']\n`,
          ),
        ).toBe('')
      },
    )
  },
)

describe.skipIf(!existsSync(dot2c) || python === undefined)(
  "the kernel's dot2c takes the automata",
  () => {
    it.each(automata)('%s, and makes C of it that compiles', (name) => {
      const made = spawnSync(python as string, [dot2c, join(pages, 'rv', name)], {
        encoding: 'utf8',
      })
      expect(made.stderr).toBe('')
      const file = join(folder, `${name}.c`)
      writeFileSync(file, made.stdout)
      const compiled = spawnSync(
        'gcc',
        [
          '-std=gnu11',
          '-Wall',
          '-Wno-unused-variable',
          '-include',
          'stdbool.h',
          '-Werror',
          '-fsyntax-only',
          file,
        ],
        {
          encoding: 'utf8',
        },
      )
      expect(compiled.stderr).toBe('')
    })
  },
)
