import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { buildImage } from '../kernel/build-image.ts'
import { recordSelftest } from '../selftest/selftest.ts'
import { reporting } from '../../host/reporting.ts'

// Records the kernel's own self-test of iommufd, and keeps the log in the cache.
await reporting(async (say) => {
  const image = await buildImage({
    linuxSource: process.env.LINUX_SRC,
    onStep: (what) => say(`${what} …`),
  })
  const { log, console } = await recordSelftest(image)
  const path = join(image.cache, 'selftest-log.jsonl.gz')
  writeFileSync(path, gzipSync(log))
  say(
    console.split('\n').findLast((line) => line.startsWith('# Totals:')) ??
      'the self-test gave no totals',
  )
  say(`${path}: ${log.split('\n').length - 1} lines`)
})
