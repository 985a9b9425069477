import { iommufdIoctls, vfioIoctls, type Struct } from '../../uapi/index.ts'

const hex = (n: number) => `0x${n.toString(16)}`
type Ioctls = Readonly<Record<string, { readonly request: number; readonly struct: Struct }>>

/**
 * Checks that headers which are new enough to have `newest` lay the structs out as the tables do.
 */
const checks = (ioctls: Ioctls, newest: string): string[] => [
  `#ifdef ${newest}`,
  ...Object.entries(ioctls).flatMap(([name, { request, struct }]) => [
    `_Static_assert(${name} == ${hex(request)}, "${name}");`,
    ...struct.fields
      .filter((f) => !f.name.startsWith('__') && !f.overlaps)
      .map(
        (f) =>
          `_Static_assert(offsetof(struct ${struct.name}, ${f.name}) == ${f.offset}, "${struct.name}.${f.name}");`,
      ),
  ]),
  '#endif',
]

const fallbacks = (ioctls: Ioctls): string[] =>
  Object.entries(ioctls).flatMap(([name, { request }]) => [
    `#ifndef ${name}`,
    `#define ${name} ${hex(request)}`,
    '#endif',
  ])

const only = (ioctls: Ioctls, used: ReadonlySet<string>): Ioctls =>
  Object.fromEntries(Object.entries(ioctls).filter(([name]) => used.has(name)))

/**
 * The requests of the ioctls `used`: from the system's headers, held against the tables, or from
 * the tables where headers are old or missing.
 */
export function headers(used: ReadonlySet<string>): string {
  const [iommufd, vfio] = [only(iommufdIoctls, used), only(vfioIoctls, used)]
  const include = (path: string) => [`#if __has_include(<${path}>)`, `#include <${path}>`, '#endif']
  return [
    ...[...include('linux/iommufd.h'), ...include('linux/vfio.h')],
    ...checks(iommufd, Object.keys(iommufdIoctls).at(-1) as string),
    // With the UUID token the last field came to the structs.
    ...checks(vfio, 'VFIO_DEVICE_BIND_FLAG_TOKEN'),
    ...fallbacks({ ...iommufd, ...vfio }),
  ].join('\n')
}
