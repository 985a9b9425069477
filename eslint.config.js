import js from '@eslint/js'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'
import { importDirections } from './scripts/lint/import-directions.mjs'

const unused = {
  argsIgnorePattern: '^_',
  varsIgnorePattern: '^_',
  destructuredArrayIgnorePattern: '^_',
}

export default defineConfig(
  globalIgnores(['dist/', 'docs/api/', 'coverage/', '.cache/']),
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'prefer-const': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', unused],
      // A getter of a handle closes over its view.
      '@typescript-eslint/no-this-alias': ['error', { allowedNames: ['view'] }],
    },
  },
  {
    files: ['**/*.ts'],
    ignores: ['**/*.test.ts', '**/*.slow.ts', '**/test/**'],
    plugins: { house: { rules: { 'import-directions': importDirections } } },
    rules: { 'house/import-directions': 'error' },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        performance: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['scripts/render/in-page.mjs'],
    languageOptions: {
      globals: { document: 'readonly', fetch: 'readonly', getComputedStyle: 'readonly' },
    },
  },
  { files: ['scripts/**', 'bench/**', '**/*.slow.ts'], rules: { 'no-console': 'off' } },
)
