import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './pages.ts'

/** An example of a doc comment. */
export interface Example {
  /** Where it stands. */
  readonly at: string
  /** What is declared under the comment. */
  readonly of: string
  readonly code: string
  /** What it prints: its comments that begin with an arrow, line by line. */
  readonly prints: readonly string[]
}

const comment =
  /\/\*\*\n((?: *\*.*\n)+?) *\*\/\n *(?:export )?(?:readonly |async )*(?:const |function |class |interface |type )?(\w+)/g

/** The examples in the doc comments of the packages' public folders. */
export const examples = (): Example[] =>
  ['checker', 'spec', 'properties', 'machines'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .flatMap((name) =>
        [...readFileSync(join(root, folder, name), 'utf8').matchAll(comment)].flatMap(
          ([, body, of]) => {
            const text = body.replace(/^ *\* ?/gm, '')
            return [...text.matchAll(/@example[^]*?```ts\n([^]*?)```/g)].map(([, code]) => ({
              at: `${folder}/${name}`,
              of,
              code,
              prints: [...code.matchAll(/\/\/ → (.*)$/gm)].map((m) => m[1].trim()),
            }))
          },
        ),
      ),
  )
