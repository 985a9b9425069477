/**
 * ESLint rule: imports run one way. `cli → conformance → trace → uapi → properties → spec →
 * machines`, the documents beside them, and the checker stands apart: others see its faces alone.
 */
import { dirname, posix, relative, resolve, sep } from 'node:path'

/** What tools may import of the checker: its public interface, and what shows it from inside. */
const faces = ['checker/index.ts', 'checker/inspect.ts']
const below = ['properties/', 'spec/', 'machines/', ...faces]
const node = /^node:/

/**
 * By top-level folder: path prefixes (folders) and files that it may import, and packages. Every
 * folder may import itself.
 */
const allowed = {
  machines: { paths: ['checker/lifecycle.ts'], packages: [/^xstate$/] },
  spec: { paths: ['machines/', 'checker/index.ts'], packages: [/^xstate$/] },
  properties: { paths: ['spec/', 'machines/', 'checker/index.ts'], packages: [] },
  checker: { paths: [], packages: [/^(xstate(\/guards)?|zod)$/, node] },
  docs: { paths: below, packages: [/./] },
  host: { paths: [], packages: [node] },
  uapi: { paths: ['spec/', ...faces], packages: [node] },
  trace: { paths: ['spec/', ...faces, 'uapi/', 'host/'], packages: [node, /^xstate$/, /^zod$/] },
  conformance: { paths: [...below, 'uapi/', 'host/', 'trace/'], packages: [/./] },
  bench: { paths: [...below, 'checker/zoo/'], packages: [/./] },
  cli: {
    paths: [...below, ...['docs/', 'uapi/', 'host/', 'trace/', 'conformance/', 'package.json']],
    packages: [/./],
  },
}

/** @type {import('eslint').Rule.RuleModule} */
export const importDirections = {
  meta: {
    type: 'problem',
    docs: { description: 'imports run from the faces down to the machines, never back' },
    messages: { direction: "{{from}}/ must not import '{{what}}'; it may import {{may}}" },
    schema: [],
  },
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join(posix.sep)
    const folder = file.slice(0, file.indexOf('/'))
    const rule = allowed[folder]
    if (rule === undefined) return {}
    const may = [
      `${folder}/`,
      ...rule.paths,
      ...(rule.packages.length === 0 ? [] : ['the packages allowed for it']),
    ].join(', ')
    const permits = (specifier) => {
      if (!specifier.startsWith('.')) return rule.packages.some((p) => p.test(specifier))
      const target = relative(context.cwd, resolve(context.cwd, dirname(file), specifier))
        .split(sep)
        .join(posix.sep)
      return [`${folder}/`, ...rule.paths].some((p) =>
        p.endsWith('/') ? target.startsWith(p) : target === p,
      )
    }
    const look = (source) => {
      if (
        source === null ||
        source === undefined ||
        source.type !== 'Literal' ||
        typeof source.value !== 'string'
      )
        return
      if (!permits(source.value))
        context.report({
          node: source,
          messageId: 'direction',
          data: { from: folder, what: source.value, may },
        })
    }
    return {
      ImportDeclaration: ({ source }) => look(source),
      ExportNamedDeclaration: ({ source }) => look(source),
      ExportAllDeclaration: ({ source }) => look(source),
      ImportExpression: ({ source }) => look(source),
      TSImportType: ({ source }) => look(source),
    }
  },
}
