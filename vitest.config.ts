import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules', 'dist', '.cache'],
    testTimeout: 120_000,
    // Vitest leaves one core to itself, which is half of two.
    maxWorkers: availableParallelism(),
  },
})
