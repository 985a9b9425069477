import { join } from 'node:path'
import { cacheFolder } from '../../host/cache.ts'
import { assertTools } from '../../host/tools.ts'
import { buildRecorder } from '../recorder/build.ts'
import { reporting } from '../../host/reporting.ts'

// Compiles the recorder for LD_PRELOAD, or finds it compiled, and says where it is.
await reporting(async (say) => {
  assertTools({ gcc: 'gcc' })
  const cache = cacheFolder()
  say(await buildRecorder(cache, join(cache, 'build.log')))
})
