import { summaryOf, sweep, sweepText } from './inject/index.ts'
import { buildImage } from './kernel/build-image.ts'
import { reporting } from './reporting.ts'

// Injects failures into every path of the mock driver's calls, and says whether they end as the model says.
await reporting(async (say) => {
  const image = await buildImage({ linuxSource: process.env.LINUX_SRC, onStep: (what) => say(`${what} …`) })
  const swept = await sweep(image, { onRound: (calls, from) => say(`${calls} calls, from step ${from} …`) })
  const summary = summaryOf(swept)
  say(sweepText(swept, summary))
  if (summary.disagreements.length > 0) process.exitCode = 1
})
