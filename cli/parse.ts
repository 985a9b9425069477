import type { Aspect } from '../checker/index.ts'
import { CliError } from './errors.ts'
import type { Settings } from './catalogue.ts'

/** Collects an option that may be repeated, or hold several values between commas. */
export const list = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== ''),
]

/** A whole number above zero. */
export function count(text: string): number {
  const number = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(number) || number === 0)
    throw new CliError('CLI006', `'${text}'; use a whole number above 0`)
  return number
}

const units: { readonly [unit: string]: number } = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 }

/** A number of bytes: `256M`. */
export function bytes(text: string): number {
  const match = /^(\d+(?:\.\d+)?)([KMG]?)B?$/i.exec(text)
  const number = match === null ? 0 : Math.floor(Number(match[1]) * units[match[2].toUpperCase()])
  if (number === 0) throw new CliError('CLI006', `'${text}'; use a size such as 256M or 2G`)
  return number
}

/** Collects `name=value`. */
export function setting(text: string, before: Settings = {}): Settings {
  return list(text).reduce((settings, one) => {
    const match = /^([A-Za-z]\w*)=(\d+)$/.exec(one)
    if (match === null) throw new CliError('CLI005', `'${one}'; use name=number, such as devices=3`)
    return { ...settings, [match[1]]: Number(match[2]) }
  }, before)
}

/** Collects what is told apart: `viommu`, `group[0].owner`, `hwptPaging.*`. */
export function aspects(text: string, before: readonly Aspect[] = []): readonly Aspect[] {
  return list(text).reduce<readonly Aspect[]>((found, one) => {
    const match = /^([A-Za-z]\w*)(?:\[(\d+)\])?(?:\.(\w+|\*))?$/.exec(one)
    if (match === null)
      throw new CliError('CLI010', `'${one}'; use kind, kind[number], kind.field or kind.*`)
    const [, kind, instance, field = null] = match
    return [...found, { kind, instance: instance === undefined ? null : Number(instance), field }]
  }, before)
}
