import { posix } from 'node:path'
import ts from 'typescript'

/** An export that can go, or need not be one. */
export interface Unused {
  readonly file: string
  readonly name: string
}

/** What a file gives, and what it takes of others; paths are those of the repository. */
interface Module {
  /** By exported name. */
  readonly own: Map<string, { readonly type: boolean; readonly usedHere: boolean }>
  /** Names handed on: what they are called here, and where they come from. */
  readonly handsOn: { readonly name: string; readonly from: string; readonly of: string }[]
  /** Names taken; `*` for all. */
  readonly takes: { readonly from: string; readonly name: string }[]
}

/**
 * The exports that no other file imports. Those of `entries` are for whoever uses the package. A
 * type that its own file mentions may be exported for the sake of what mentions it.
 */
export function unusedExports(
  sources: ReadonlyMap<string, string>,
  entries: ReadonlySet<string>,
): Unused[] {
  const modules = new Map([...sources].map(([file, text]) => [file, moduleOf(file, text)]))
  const used = new Set<string>()
  const use = (file: string, name: string): void => {
    const module = modules.get(file)
    if (module === undefined) return
    const names =
      name === '*' ? [...module.own.keys(), ...module.handsOn.map((h) => h.name)] : [name]
    for (const one of names) {
      const key = `${file} ${one}`
      if (used.has(key)) continue
      used.add(key)
      for (const h of module.handsOn)
        if (h.name === one) use(h.from, h.of)
        else if (h.name === '*' && !module.own.has(one)) use(h.from, one)
    }
  }
  for (const { takes } of modules.values()) for (const t of takes) use(t.from, t.name)
  for (const file of entries) use(file, '*')
  return [...modules].flatMap(([file, { own, handsOn }]) => {
    const exported = [
      ...[...own].map(([name, of]) => ({ name, ...of })),
      ...handsOn
        .filter((h) => h.name !== '*')
        .map(({ name }) => ({ name, type: false, usedHere: false })),
    ]
    return exported
      .filter(({ name, type, usedHere }) => !used.has(`${file} ${name}`) && !(type && usedHere))
      .map(({ name }) => ({ file, name }))
  })
}

function moduleOf(file: string, text: string): Module {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const module: Module = { own: new Map(), handsOn: [], takes: [] }
  const counts = new Map<string, number>()
  const resolved = (to: ts.Node | undefined): string | null =>
    to !== undefined && ts.isStringLiteral(to) && to.text.startsWith('.')
      ? posix.join(posix.dirname(file), to.text)
      : null
  const take = (to: ts.Node | undefined, names: readonly string[]): void => {
    const from = resolved(to)
    if (from !== null) module.takes.push(...names.map((name) => ({ from, name })))
  }
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) counts.set(node.text, (counts.get(node.text) ?? 0) + 1)
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier, importedBy(node.importClause))
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      take(node.argument.literal, [node.qualifier?.getText().split('.')[0] ?? '*'])
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      take(node.arguments[0], namesOfDynamic(node))
    else if (ts.isExportDeclaration(node)) handOn(node)
    ts.forEachChild(node, visit)
  }
  const handOn = ({ moduleSpecifier, exportClause }: ts.ExportDeclaration): void => {
    const from = resolved(moduleSpecifier)
    if (from === null) return
    if (exportClause === undefined) module.handsOn.push({ name: '*', from, of: '*' })
    else if (ts.isNamedExports(exportClause))
      for (const { name, propertyName } of exportClause.elements)
        module.handsOn.push({ name: name.text, from, of: (propertyName ?? name).text })
  }
  visit(source)
  for (const statement of source.statements)
    for (const { name, type } of declared(statement))
      module.own.set(name, { type, usedHere: (counts.get(name) ?? 0) > 1 })
  return module
}

function importedBy(clause: ts.ImportClause | undefined): readonly string[] {
  const named = clause?.namedBindings
  if (named === undefined) return clause === undefined ? [] : ['default']
  return ts.isNamespaceImport(named)
    ? ['*']
    : named.elements.map(({ name, propertyName }) => (propertyName ?? name).text)
}

/** Of `const { a } = await import(…)` and `(await import(…)).a` the name, of others all. */
function namesOfDynamic(call: ts.CallExpression): readonly string[] {
  let at: ts.Node = call.parent
  while (ts.isAwaitExpression(at) || ts.isParenthesizedExpression(at)) at = at.parent
  if (ts.isPropertyAccessExpression(at)) return [at.name.text]
  return ts.isVariableDeclaration(at) && ts.isObjectBindingPattern(at.name)
    ? at.name.elements.map(({ name, propertyName }) => (propertyName ?? name).getText())
    : ['*']
}

function declared(statement: ts.Statement): { readonly name: string; readonly type: boolean }[] {
  const exported =
    ts.canHaveModifiers(statement) &&
    ts.getModifiers(statement)?.some((m) => m.kind === ts.SyntaxKind.ExportKeyword) === true
  if (!exported) return []
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name)
        ? [{ name: name.text, type: false }]
        : name.elements.flatMap((e) =>
            ts.isBindingElement(e) ? [{ name: e.name.getText(), type: false }] : [],
          ),
    )
  const type = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)
  return type || ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)
    ? [{ name: statement.name?.text ?? 'default', type }]
    : []
}
