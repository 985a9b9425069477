/** Draws docs/architecture.svg anew. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dot, drawn } from './drawing.ts'
import { dependencies } from './imports.ts'

const root = join(import.meta.dirname, '..', '..')
writeFileSync(join(root, 'docs', 'architecture.svg'), await drawn(dot(dependencies(root))))
