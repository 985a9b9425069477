import { join } from 'node:path'
import { cacheFolder } from './kernel/cache.ts'
import { assertTools } from './kernel/tools.ts'
import { buildRecorder } from './recorder/build.ts'
import { reporting } from './reporting.ts'

// Compiles the recorder for LD_PRELOAD, or finds it compiled, and says where it is.
await reporting(async (say) => {
  assertTools({ gcc: 'gcc' })
  const cache = cacheFolder()
  say(await buildRecorder(cache, join(cache, 'build.log')))
})
