import { join } from 'node:path'
import type { Image } from '../runner/qemu.ts'
import { buildInitramfs } from './initramfs.ts'
import { buildKernel, type Kernel } from './build-kernel.ts'
import { cacheFolder } from '../../host/cache.ts'
import { findSource, type Source } from './source.ts'
import { assertTools } from '../../host/tools.ts'

/** How an image is built. */
export interface BuildOptions {
  /** The top of a kernel's source tree; without it, Debian's kernel is fetched through apt. */
  readonly linuxSource?: string
  /** Compilations at a time; 2 unless told otherwise. */
  readonly jobs?: number
  /** Called when a step starts that takes time. */
  readonly onStep?: (what: string) => void
}

/** An image with where it came from. */
export interface BuiltImage extends Image {
  /** Path of the runner, a static program. */
  readonly init: string
  readonly source: Source
  readonly built: Kernel
  /** The folder that it is kept in. */
  readonly cache: string
}

/**
 * Builds the kernel and the guest's files, or finds them built: an unmodified kernel with the mock
 * IOMMU driver, and the runner as init.
 */
export async function buildImage({
  linuxSource,
  jobs = 2,
  onStep = () => undefined,
}: BuildOptions = {}): Promise<BuiltImage> {
  assertTools()
  const cache = cacheFolder()
  const log = join(cache, 'build.log')
  onStep('kernel source')
  const source = await findSource(linuxSource, cache, log)
  onStep('kernel')
  const built = await buildKernel(source, cache, jobs, log)
  onStep('runner')
  const { init, initramfs } = await buildInitramfs(cache, log)
  return { kernel: built.image, initramfs, init, source, built, cache }
}
