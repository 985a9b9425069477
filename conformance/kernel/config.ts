/**
 * The lines of a configuration fragment that say something: `CONFIG_X=y` and `# CONFIG_X is not
 * set`.
 */
export const fragmentLines = (fragment: string): string[] =>
  fragment.split('\n').filter((line) => /^(?:CONFIG_\w+=.+|# CONFIG_\w+ is not set)$/.test(line))

/**
 * The lines of a fragment that a configuration does not honour. An option that is off may be left
 * out of a configuration altogether.
 */
export function lostLines(fragment: string, config: string): string[] {
  const lines = new Set(config.split('\n'))
  const set = new Set(
    config
      .split('\n')
      .flatMap((line) => (line.startsWith('CONFIG_') ? [line.slice(0, line.indexOf('='))] : [])),
  )
  return fragmentLines(fragment).filter((line) =>
    line.startsWith('#') ? set.has(line.split(' ')[1]) : !lines.has(line),
  )
}
