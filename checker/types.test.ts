import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/** Machines and kinds that every snippet is compiled with. */
const prelude = `
import { assign, setup } from 'xstate'
import { frames, model, mutex, refuse, ret, system, type Calls, type Nothing, type Ref, type ValueSet } from './index.ts'
const parent = setup({ types: { context: {} as { users: number }, events: {} as { type: 'get' } | { type: 'put' } } }).createMachine({
  id: 'parent', initial: 'free', context: { users: 0 },
  states: { free: { on: { get: 'live' } }, live: { initial: 'idle', states: { idle: {}, busy: {} }, on: { put: refuse('EBUSY') } } },
})
const child = setup({
  types: { context: {} as { up: Ref<'parent'> | null; tag: Ref<'tag'> | null }, events: {} as { type: 'alloc'; up: Ref<'parent'>; size: number } | { type: 'mark'; tag: Ref<'tag'> } },
}).createMachine({ id: 'child', initial: 'none', context: { up: null, tag: null }, states: { none: { on: { alloc: { target: 'some', actions: assign({ up: ({ event }) => event.up }) } } }, some: {} } })
interface Kinds { readonly parent: typeof parent; readonly child: typeof child; readonly tag: ValueSet; readonly lock: typeof mutex }
const { after, each, free, invoke, ioctl, action, step, path, errno, ok, always, stepProperty, weakRef } = model<Kinds, 'EBUSY' | 'EINVAL'>()
`
const file = `${import.meta.dirname}/snippet.ts`
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2023.d.ts'],
  strict: true,
  skipLibCheck: true,
  allowImportingTsExtensions: true,
  declaration: true,
  emitDeclarationOnly: true,
  types: [],
}

let former: ts.Program | undefined
/** Compiles a snippet that exists in memory alone; what was compiled before is used again. */
function compile(snippet: string) {
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  const text = prelude + snippet
  let emitted = ''
  host.fileExists = (name) => name === file || fileExists(name)
  host.readFile = (name) => (name === file ? text : readFile(name))
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2022, true)
      : (former?.getSourceFile(name) ?? getSourceFile(name, ...rest))
  host.writeFile = (name, content) => void (name.endsWith('snippet.d.ts') && (emitted = content))
  const program = ts.createProgram([file], options, host, former)
  former = program
  const source = program.getSourceFile(file)
  const messages = [
    ...program.getSyntacticDiagnostics(source),
    ...program.getSemanticDiagnostics(source),
  ].map((d) => ts.flattenDiagnosticMessageText(d.messageText, '\n'))
  const declarations = () => (program.emit(source), emitted)
  return { messages, declarations }
}

const correct = `
export const late = after('late', 'parent', 'live.busy', 'soon')
export const ended = invoke('ended', 'parent', null, { id: 'x', done: [{ n: 1 }], error: [] })
export const alloc = ioctl('ALLOC', { up: each('parent'), as: free('child'), tag: each('tag') }, {
  fails: ['memory'],
  run: ({ up, as, tag }, { child }, call) => {
    if (!up.in('live.busy') && !up.in('free')) return errno('EINVAL')
    if (up.context.users > 1 || child.some((c) => c.context.up === up && c.context.tag !== tag)) return errno('EBUSY')
    if (call.fails('memory')) return errno('EINVAL')
    as.send({ type: 'alloc', up, size: 1 })
    up.send({ type: 'get' })
  },
})
export const held = always('held', { says: 'x', holds: ({ child }) => child.every((c) => c.context.up === null || c.context.up.in('live')) })
export const quiet = stepProperty('quiet', { says: 'x', on: [alloc], holds: ({ args, before, after }) => after.at(args.up).in('free') === before.at(args.up).in('free') })
export const whole = system<Kinds>({ kinds: { parent: { machine: parent, count: 2 }, child: { machine: child, per: 'parent' }, tag: { values: 3 } }, actions: [alloc], properties: [held, quiet] })
`
const inBody = (line: string) => `
export const alloc = ioctl('ALLOC', { up: each('parent'), as: each('child'), tag: each('tag') }, ({ up, as, tag }, view) => {
  ${line}
})`

/** A path of three steps that calls another; the line goes into its second step. */
const inPath = (line: string, rest = '') => `
interface Up { up: import('./index.ts').Handle<Kinds, 'parent'> }
const put = path<{ put: Up }, { left: number }, 'memory'>()('put', {
  put: ({ up }, { call }) => { if (!call.fails('memory')) up.send({ type: 'put' }); return ret({ left: up.context.users }) },
})
interface Get { get: Nothing; hold: Up; put: Calls<typeof put, { was: number }>; end: { was: number; left: number } }
export const get = ioctl('GET', { up: each('parent'), tag: each('tag') }, {
  fails: ['memory', 'driver'],
  frames: frames<Get>(),
  start: 'get',
  steps: {
    get: ({ up, tag }, { go }) => { void tag; return go.hold({ up }) },
    hold: ({ up }, { sys, call, go }) => { void sys; void call; ${line} },
    put: { calls: put, then: ({ was, left }, { go }) => go.end({ was, left }) },
    end: ({ was, left }) => (was === left ? ok() : errno('EBUSY')),
    ${rest}
  },
})
`

describe('the compiler', () => {
  it('takes what is right', () => {
    expect(compile(correct).messages).toEqual([])
  })

  it('takes a path that is right', () => {
    const right = inPath(
      `call.lock('lock'); call.unlock('lock'); return go.put({ up }, { was: 1 })`,
    )
    expect(compile(right).messages).toEqual([])
  })

  /** What is wrong, and what the message must name: the word, and what it should have been. */
  const wrong: readonly (readonly [what: string, snippet: string, ...names: RegExp[]])[] = [
    ['a misspelt event', inBody(`up.send({ type: 'gte' })`), /"gte"/, /"get" \| "put"/],
    ['an event of another machine', inBody(`up.send({ type: 'mark', tag })`), /"mark"/],
    ['a misspelt state', inBody(`up.in('lvie')`), /"lvie"/, /StateOf|"live"/],
    ['a misspelt nested state', inBody(`up.in('live.bsy')`), /"live.bsy"/],
    ['a misspelt context field', inBody(`void up.context.user`), /'user'/, /users/],
    [
      'a misspelt kind in a parameter',
      `export const a = action('A', { x: each('parnet') }, () => undefined)`,
      /"parnet"/,
      /"parent"|KindName/,
    ],
    ['a misspelt kind in the view', inBody(`void view.chlid`), /'chlid'/, /child/],
    ['a misspelt errno', inBody(`return errno('EBSY')`), /"EBSY"/, /"EBUSY"/],
    ['a missing payload', inBody(`as.send({ type: 'alloc', up })`), /size/],
    [
      'a payload of the wrong type',
      inBody(`as.send({ type: 'alloc', up, size: '1' })`),
      /string/,
      /number/,
    ],
    [
      'a reference to the wrong kind',
      inBody(`as.send({ type: 'alloc', up: as, size: 1 })`),
      /"child"/,
      /"parent"/,
    ],
    [
      'a value for a component',
      inBody(`as.send({ type: 'alloc', up: tag, size: 1 })`),
      /"tag"|ValueHandle/,
    ],
    [
      'a weak reference where a holding one belongs',
      inBody(`as.send({ type: 'alloc', up: weakRef(up), size: 1 })`),
      /Weak/,
    ],
    [
      'a comparison of handles of different kinds',
      inBody(`void (as.context.up === as)`),
      /no overlap/,
    ],
    ['an event for a value', inBody(`tag.send({ type: 'get' })`), /'send'/],
    ['a state of a value', inBody(`tag.in('free')`), /'in'/],
    ['a write to a context', inBody(`up.context.users = 1`), /read-only/],
    ['a reference that may be null', inBody(`as.context.up.in('free')`), /null/],
    [
      'a misspelt state of a delay',
      `export const a = after('a', 'parent', 'live.bsy', 10)`,
      /"live.bsy"/,
    ],
    [
      'a misspelt kind of an actor',
      `export const a = invoke('a', 'parnet', 'live', { done: [], error: [] })`,
      /"parnet"/,
    ],
    [
      'an actor of which it is not said how it fails',
      `export const a = invoke('a', 'parent', 'live.busy', { done: [1] })`,
      /'error'/,
    ],
    [
      'an action that the checker cannot pass over',
      `export const s = system<Kinds>({ kinds: { parent: { machine: parent, count: 1, ignores: ['emitt'] } }, actions: [] })`,
      /"emitt"/,
    ],
    [
      'an unknown point of failure',
      `export const a = action('A', {}, { fails: ['x'], run: (_, v, call) => void call.fails('y') })`,
      /"y"/,
      /"x"/,
    ],
    [
      'an unknown argument',
      `export const a = action('A', { x: each('parent') }, ({ y }) => undefined)`,
      /'y'/,
    ],
    ['something that is no outcome', `export const a = action('A', {}, () => 'EBUSY')`, /string/],
    ['an async body', `export const a = action('A', {}, async () => undefined)`, /Promise/],
    [
      'a property that is no boolean',
      `export const a = always('a', { says: 'x', holds: () => 1 })`,
      /number/,
      /boolean/,
    ],
    ['a property without words', `export const a = always('a', { holds: () => true })`, /says/],
    [
      'the machine of another kind',
      `export const s = system<Kinds>({ kinds: { parent: { machine: child, count: 1 } }, actions: [] })`,
      /"none"|"alloc"|not assignable/,
    ],
    [
      'a kind that is not there in a scope',
      `export const s = system<Kinds>({ kinds: { uncle: { machine: child, count: 1 } }, actions: [] })`,
      /uncle/,
    ],
    [
      'a kind per one that is not there',
      `export const s = system<Kinds>({ kinds: { child: { machine: child, per: 'uncle' } }, actions: [] })`,
      /"uncle"/,
    ],
  ]
  const wrongPaths: typeof wrong = [
    ['a label that is not there', inPath(`return go.putt({ up }, { was: 1 })`), /'putt'/, /'put'/],
    ['a local that is missing', inPath(`return go.end({ was: 1 })`), /left/],
    [
      'a local of the wrong type',
      inPath(`return go.end({ was: 1, left: '2' })`),
      /string/,
      /number/,
    ],
    ['a local that nobody wants', inPath(`return go.end({ was: 1, left: 2, up })`), /up|never/],
    [
      'a frame that keeps more than its label wants',
      inPath(`const all = { was: 1, left: 2, up }; return go.end(all)`),
      /up|never/,
    ],
    ['a path that is called with nothing', inPath(`return go.put({}, { was: 1 })`), /up/],
    ['a path at whose label nothing is kept', inPath(`return go.put({ up })`), /2 arguments/],
    ['a step that does not say where to go on', inPath(`void go`), /void/],
    [
      'a step that is missing',
      inPath(`return go.put({ up }, { was: 1 })`).replace(/ end: .*/, ''),
      /'end'/,
    ],
    [
      'a step for no label',
      inPath(`return go.put({ up }, { was: 1 })`, `more: () => ok(),`),
      /'more'/,
    ],
    [
      'a start that wants locals',
      inPath(`return go.put({ up }, { was: 1 })`).replace(`start: 'get'`, `start: 'hold'`),
      /"hold"/,
      /"get"/,
    ],
    [
      'a path that fails where its caller cannot',
      inPath(`return go.put({ up }, { was: 1 })`).replace(`['memory', 'driver']`, `['driver']`),
      /"memory"/,
      /"driver"/,
    ],
    [
      'a result that the path does not give',
      inPath(`return go.put({ up }, { was: 1 })`).replace(
        'then: ({ was, left }',
        'then: ({ was, lft }',
      ),
      /'lft'/,
    ],
    [
      'the end of a call for that of a path',
      inPath('return ret({ left: 1 })'),
      /Returned|returned/,
    ],
    [
      'a lock that is none',
      inPath(`call.lock('parent'); return go.put({ up }, { was: 1 })`),
      /"parent"/,
      /"lock"/,
    ],
    [
      'a path in one go that is called with something else',
      inPath(`call.now(put, { down: up }); return go.put({ up }, { was: 1 })`),
      /down|up/,
    ],
  ]
  const fixtures = [...wrong, ...wrongPaths].map(([what, snippet, ...names]) => ({
    what,
    snippet,
    names,
  }))
  it.each(fixtures)('refuses $what', ({ snippet, names }) => {
    const { messages } = compile(snippet)
    expect(messages.length, messages.join('\n---\n')).toBeGreaterThan(0)
    const text = messages.join('\n')
    for (const name of names) expect(text).toMatch(name)
    // Readable: a screenful, where XState's own types are in it.
    expect(text.length, text).toBeLessThan(3000)
  })

  it('declares an action in less than a kilobyte', () => {
    const text = compile(correct).declarations()
    const declared = text.slice(
      text.indexOf('export declare const alloc'),
      text.indexOf('export declare const held'),
    )
    expect(declared).toMatch(/Action</)
    expect(declared.length, declared).toBeLessThan(1024)
  })
})
