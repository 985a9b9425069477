import { defineConfig } from 'vitest/config'

/**
 * Tests that install and build in temporary directories: the packed package, and the two commands
 * on a fresh clone.
 */
export default defineConfig({
  test: {
    include: ['**/*.slow.ts'],
    exclude: ['node_modules', 'dist', '.cache'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
})
