/** Times and memory, which differ from run to run; everything else is held to the letter. */
const unsteady = /\d[\d.,]* (s|MB|GB)\b/g
const steady = (line: string): string => line.replace(unsteady, '0 $1').replace(/ +/g, ' ').trim()

const lines = (text: string) =>
  text
    .split('\n')
    .map(steady)
    .filter((line) => line !== '')

/**
 * Where a page's output is not what was printed: the first such line; null where it is. A line of
 * `…` stands for any lines.
 */
export function differs(page: string, output: string): string | null {
  const printed = lines(output)
  let at = 0
  let gap = false
  for (const line of lines(page)) {
    if (line === '…') {
      gap = true
      continue
    }
    const found = gap ? printed.indexOf(line, at) : printed[at] === line ? at : -1
    if (found < 0)
      return `'${line}' ${gap ? 'is not printed from there on' : `stands where '${printed[at] ?? 'nothing'}' is printed`}`
    at = found + 1
    gap = false
  }
  return gap || at === printed.length ? null : `'${printed[at]}' is printed, too`
}

const shape = (line: string) => steady(line).replace(/\d[\d,]*/g, '0')

/**
 * A page's output with the numbers that are printed now, but for times and memory. Without a gap it
 * is the output itself.
 */
export function renewed(page: string, output: string): string {
  const shown = page.split('\n')
  const was = page.match(unsteady) ?? []
  const printed = output.replace(unsteady, (now) => was.shift() ?? now).split('\n')
  if (!shown.includes('…')) return `${printed.join('\n').trimEnd()}\n`
  let at = 0
  return shown
    .map((line) => {
      const found = printed.findIndex((one, i) => i >= at && shape(one) === shape(line))
      if (line === '…' || line === '' || found < 0) return line
      at = found + 1
      return printed[found]
    })
    .join('\n')
}
