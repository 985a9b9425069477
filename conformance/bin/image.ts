import { buildImage } from '../kernel/build-image.ts'
import { reporting } from '../../host/reporting.ts'

// Builds the kernel and the guest's files, or finds them built, and says where they are.
await reporting(async (say) => {
  const { kernel, initramfs, source } = await buildImage({
    linuxSource: process.env.LINUX_SRC,
    onStep: (what) => say(`${what} …`),
  })
  say([`source    ${source.tree}`, `kernel    ${kernel}`, `initramfs ${initramfs}`].join('\n'))
})
