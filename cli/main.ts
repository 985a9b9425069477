#!/usr/bin/env node
import { createRequire } from 'node:module'
import { extname } from 'node:path'
import { catalogue } from './spec-catalogue.ts'
import { run } from './program.ts'
import { exit } from './result.ts'

const { version } = createRequire(import.meta.url)('iommufd-spec/package.json') as {
  version: string
}
const interrupt = new AbortController()
process.once('SIGINT', () => interrupt.abort())
const { stdout, stderr } = process
// Who reads has enough: `iommufd-spec check | head`.
stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(exit.incomplete)
})
const worker = new URL(`./worker${extname(import.meta.url)}`, import.meta.url)
process.exitCode = await run(process.argv.slice(2), {
  catalogue,
  stdout,
  stderr,
  signal: interrupt.signal,
  version,
  worker,
})
