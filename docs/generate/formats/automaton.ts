import type { MachineText } from '../observe/machine-text.ts'

/** A lifecycle as a runtime-verification automaton, or why it is none. */
export type Automaton =
  { readonly name: string; readonly dot: string } | { readonly name: string; readonly why: string }

/** What C keeps for itself, as far as a lifecycle could use it. */
const keywords = new Set(
  'auto break case char const continue default do double else enum extern float for goto if inline int long register restrict return short signed sizeof static struct switch typedef union unsigned void volatile while'.split(
    ' ',
  ),
)
/** The longest name of a monitor, with its end. */
const maxName = 32

const identifier = (text: string) =>
  text
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toLowerCase()

/**
 * The automaton in the dialect of the kernel's rvgen: what was taken is an event, what was refused
 * is none, guards and counts are dropped. A lifecycle in which the same event leads from one state
 * to several is refused: rvgen would keep one of them and say nothing.
 */
export function automaton(machine: MachineText): Automaton {
  const name = identifier(machine.id)
  if (name.length >= maxName) return { name, why: `its name has ${maxName} characters or more` }
  const state = (path: string) =>
    keywords.has(identifier(path)) ? `${identifier(path)}_${name}` : identifier(path)
  const states = machine.states.map((s) => state(s.name))
  // States and events become enumerators of one C file.
  const event = (type: string) =>
    states.includes(identifier(type)) || keywords.has(identifier(type))
      ? `to_${identifier(type)}`
      : identifier(type)
  const targets = new Map<string, Set<string>>()
  for (const t of machine.transitions) {
    if (t.refuses !== null || t.blocks) continue
    for (const from of t.from === '' ? machine.states.map((s) => s.name) : [t.from]) {
      const key = `${from}\n${t.event}`
      targets.set(key, (targets.get(key) ?? new Set()).add(t.to ?? from))
    }
  }
  const several = [...targets].find(([, to]) => to.size > 1)
  if (several !== undefined) {
    const [from, type] = several[0].split('\n')
    return {
      name,
      why: `\`${type}\` leads from \`${from}\` to \`${[...several[1]].join('` or `')}\`, by a count that an automaton does not have`,
    }
  }
  const edges = new Map<string, string[]>()
  for (const [key, to] of targets) {
    const [from, type] = key.split('\n')
    const edge = `"${state(from)}" -> "${state([...to][0])}"`
    edges.set(edge, [...(edges.get(edge) ?? []), event(type)])
  }
  const initial = state(machine.initial)
  const lines = [
    'digraph state_automaton {',
    '\tcenter = true;',
    '\tsize = "7,11";',
    `\t{node [shape = plaintext, style=invis, label=""] "__init_${initial}"};`,
    `\t{node [shape = ellipse] "${initial}"};`,
    ...states.map((s) => `\t{node [shape = plaintext] "${s}"};`),
    `\t"__init_${initial}" -> "${initial}";`,
    ...states.map((s) => `\t"${s}" [label = "${s}"${s === initial ? ', color = green3' : ''}];`),
    ...[...edges].map(([edge, events]) => `\t${edge} [ label = "${events.join('\\n')}" ];`),
    '\t{ rank = min ;',
    `\t\t"__init_${initial}";`,
    `\t\t"${initial}";`,
    '\t}',
    '}',
  ]
  return { name, dot: `${lines.join('\n')}\n` }
}
