import type { RootContent } from 'mdast'
import type { Action } from '../../../checker/index.ts'
import type { ActionEntry, Book } from '../book/book.ts'
import { fieldWords, givenIn } from './change-words.ts'
import {
  alternatives,
  code,
  heading,
  joined,
  link,
  names,
  paragraph,
  table,
  type Inline,
} from '../formats/doc.ts'
import type { Effect, ObjectEffect } from '../observe/effects.ts'
import type { Links } from './links.ts'

/** What a call changes where it succeeds, and where it fails and leaves a trace. */
export function effectTables(book: Book, { action }: ActionEntry, links: Links): RootContent[] {
  const own = book.effects.filter(({ call }) => call === action.name)
  const outcomes = [...new Set(own.map(({ outcome }) => outcome))].sort(
    (a, b) => Number(b === 'ok') - Number(a === 'ok'),
  )
  if (outcomes.length === 0) return []
  const tables = outcomes.flatMap((outcome) => [
    paragraph(
      outcome === 'ok'
        ? 'Where it succeeds:'
        : ['Where it fails with ', code(outcome), ' and leaves a trace:'],
    ),
    table(
      ['Object', 'Change'],
      rows(
        book,
        action,
        links,
        own.filter((effect) => effect.outcome === outcome),
      ),
    ),
  ])
  const several = /[+−]\d (?:or|to) [+−]\d/.test(JSON.stringify(tables))
  return [
    heading(2, 'Effects'),
    ...(several
      ? [
          paragraph(
            'A count with several numbers grows with the devices of the group, of which runs have at most three.',
          ),
        ]
      : []),
    ...tables,
  ]
}

interface Found {
  readonly effect: Effect
  readonly object: ObjectEffect
}

function rows(book: Book, action: Action, links: Links, effects: readonly Effect[]): Inline[][] {
  const found = new Map<string, Found[]>()
  for (const effect of effects)
    for (const object of effect.objects) {
      const key = `${object.part} ${object.kind} ${object.to}`
      found.set(key, [...(found.get(key) ?? []), { effect, object }])
    }
  const given = givenIn(book, effects)
  return [...found.values()]
    .sort(([a], [b]) => place(book, action, a.object) - place(book, action, b.object))
    .map((all) => row(book, links, all, given))
}

/**
 * What an object held that is gone goes without saying, and so does an argument that something
 * happens with, where it happens with all (`given`).
 */
function row(book: Book, links: Links, all: readonly Found[], given: readonly string[]): Inline[] {
  const { part, kind, to } = all[0].object
  const text = book.lifecycles.find((l) => l.kinds.includes(kind))?.text
  const named = text === undefined ? code(kind) : link(links.lifecycle(text.id), code(kind))
  const changes = all.flatMap(({ object }) => object.changes)
  const from = [...new Set(changes.flatMap(([state]) => state ?? []))]
  const told = [
    ...(to === null ? [] : [`${alternatives(from)} → ${to}`]),
    ...(text === undefined || to === text.initial ? [] : fieldWords(text, changes)),
  ]
  const own = givenIn(
    book,
    all.map(({ effect }) => effect),
  )
  const only =
    own.length === given.length || own.every((one) => one === `${part}=${kind}`)
      ? []
      : [', with ', ...names(own)]
  const always = all.every(({ effect, object }) => object.times === effect.calls)
  return [
    part === null ? named : [code(part), ' (', named, ')'],
    [...joined(told.map(code)), ...only, always ? '' : ', in some states'],
  ]
}

/**
 * Arguments in their order, each by the order of the kinds that it can have; what is no argument
 * last, as the lifecycles are listed.
 */
function place(book: Book, { params }: Action, { part, kind }: ObjectEffect): number {
  const at = part === null ? -1 : Object.keys(params).indexOf(part)
  if (at < 0) {
    const lifecycle = book.lifecycles.findIndex((l) => l.kinds.includes(kind))
    return 100 + lifecycle + book.lifecycles[lifecycle].kinds.indexOf(kind) / 10
  }
  const param = params[part as string]
  return at + ('each' in param ? param.each.indexOf(kind) / (param.each.length + 1) : 0)
}
