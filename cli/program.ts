import { Command, CommanderError, Option } from 'commander'
import { CheckerError } from '../checker/index.ts'
import { ConformanceError } from '../host/errors.ts'
import { TraceError } from '../trace/errors.ts'
import { checkCommand, type CheckCommand } from './check-command.ts'
import { conformCommand, type ConformCommand } from './conform-command.ts'
import { docsCommand, type DocsCommand } from './docs-command.ts'
import { CliError } from './errors.ts'
import { injectCommand } from './inject-command.ts'
import type { Io } from './io.ts'
import { graphCommand, type GraphCommand } from './graph-command.ts'
import { aspects, bytes, count, list, setting } from './parse.ts'
import { replayCommand } from './replay-command.ts'
import { exit } from './result.ts'
import { standaloneCommand } from './standalone-command.ts'
import { traceCommand, type TraceCommand } from './trace-command.ts'

const exitCodes = `
Exit codes: 0 as expected, 1 a property broke or says nothing, 2 wrong usage or a broken model, 3 incomplete.`

/** Runs a command line (without `node` and the script). Returns the exit code. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  let code: number = exit.expected
  const program = commands(io, (ended) => (code = ended))
  try {
    await program.parseAsync(argv as string[], { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exit.expected
      if (error.code !== 'commander.help')
        complain(
          io,
          new CliError('CLI001', error.message.replace(/^error: /, '').replaceAll('\n', ' '))
            .message,
        )
      return exit.usage
    }
    if (
      error instanceof CliError ||
      error instanceof CheckerError ||
      error instanceof TraceError ||
      error instanceof ConformanceError
    )
      complain(io, error.message)
    else complain(io, `unexpected: ${error instanceof Error ? error.stack : String(error)}`)
    return exit.usage
  }
}

const complain = (io: Io, text: string) => void io.stderr.write(`${text}\n`)

function commands(io: Io, ended: (code: number) => void): Command {
  const { scopes, drivers, defaults, proposals } = io.catalogue
  const usual = defaults.map((d) => `${d.scope}/${d.driver}`).join(', ')
  const program = new Command('iommufd-spec')
    .description(
      'Executable specification of Linux iommufd, and the model checker that explores it',
    )
    .version(io.version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: (text) => void io.stderr.write(text),
      outputError: () => {},
    })
    .addHelpText('after', exitCodes)
  program
    .command('check')
    .description(
      `explores scopes exhaustively and says what became of each property (default: ${usual})`,
    )
    .option('--scope <names>', `scopes, repeated or between commas: ${scopes.join(', ')}`, list)
    .option('--driver <names>', `drivers: ${drivers.join(', ')}`, list)
    .option(
      '--set <name=value>',
      'gives a number of the scope anew, such as devices=3; may be repeated',
      setting,
    )
    .option('--property <ids>', 'only these properties', list)
    .option(
      '--proposal <name>',
      `the kernel as a proposal would have it: ${proposals.join(', ')}; or a file that exports one`,
    )
    .option(
      '--no-symmetry',
      'store states apart that differ only in the numbering of interchangeable objects',
    )
    .option('--max-memory <size>', 'stop before the process holds so much, such as 256M', bytes)
    .option('--max-states <n>', 'stop at so many states', count)
    .option('--max-depth <n>', 'look no further than so many calls', count)
    .addOption(
      new Option('--format <format>', 'how to report').choices(['text', 'json']).default('text'),
    )
    .option('--out <file>', 'write the report there, not to standard output')
    .option('--traces <folder>', 'write each counterexample and witness there, as ITF JSON')
    .option('--stats', 'report the sizes of the tables too')
    .action(async (options: CheckCommand) => ended(await checkCommand(options, io)))
  program
    .command('replay')
    .description('performs a trace file of `check --traces` step by step through plain XState')
    .argument('<trace>', 'the file')
    .action(async (path: string) => ended(await replayCommand(path, io)))
  program
    .command('graph')
    .description(
      'draws the state graph of a small scope, or the quotient of a larger one: its states with only some things told apart',
    )
    .option('--scope <name>', `a scope: ${scopes.join(', ')} (default: ${scopes[0]})`, list)
    .option('--driver <name>', `a driver: ${drivers.join(', ')}`, list)
    .option(
      '--set <name=value>',
      'gives a number of the scope anew, such as devices=1; may be repeated',
      setting,
    )
    .option(
      '--by <aspects>',
      'tell apart no more than these: viommu, viommu[0], group.domain, hwptPaging.*',
      aspects,
    )
    .option('--max-nodes <n>', 'refuse a graph of more nodes (default: 40; 10000 as JSON)', count)
    .option('--max-memory <size>', 'stop before the process holds so much, such as 256M', bytes)
    .addOption(
      new Option('--format <format>', 'how to write it')
        .choices(['dot', 'svg', 'json'])
        .default('dot'),
    )
    .option('--out <file>', 'write it there, not to standard output')
    .action(async (options: GraphCommand) => ended(await graphCommand(options, io)))
  program
    .command('trace')
    .description(
      'holds a recorded log of ioctls against the model: what it predicts, what is outside it, what it forbids',
    )
    .argument(
      '<file>',
      'the log, a JSON object a line; compressed with gzip where its name ends in .gz',
    )
    .option(
      '--driver <name>',
      `the driver: ${drivers.join(', ')} (default: mock where the log has IOMMU_TEST_CMD, else smmuv3)`,
    )
    .addOption(
      new Option('--format <format>', 'how to report').choices(['text', 'json']).default('text'),
    )
    .option('--out <file>', 'write the report there, not to standard output')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing rejected, 1 something rejected, 2 wrong usage or a malformed log, 3 incomplete.',
    )
    .action(async (file: string, options: TraceCommand) =>
      ended(await traceCommand(file, options, io)),
    )
  program
    .command('conform')
    .description(
      'runs generated sequences of ioctls on a real kernel with the mock IOMMU driver, and compares its answers with the model',
    )
    .option(
      '--seed <n>',
      'what random sequences follow from; the same number, the same sequences',
      count,
      1,
    )
    .option(
      '--sequences <n>',
      'how many distinct sequences, those that cover everything included',
      count,
      11_000,
    )
    .option('--length <n>', 'calls of a random sequence', count, 100)
    .option(
      '--kernel <tree>',
      "the top of a kernel's source tree (default: LINUX_SRC, or else Debian's kernel, fetched through apt)",
    )
    .option(
      '--record <file>',
      "keep the kernel's answers there, compressed, and beside it what they confirm",
    )
    .addOption(
      new Option(
        '--inject',
        'instead, make every step of every call that can fail do so, and compare what follows',
      ).conflicts('record'),
    )
    .addOption(
      new Option(
        '--standalone <file>',
        'instead, write the calls of the smmuv3 driver as a C program for a machine with VFIO devices',
      ).conflicts([...['inject', 'record', 'kernel', 'out']]),
    )
    .addOption(
      new Option('--format <format>', 'how to report').choices(['text', 'json']).default('text'),
    )
    .option('--out <file>', 'write the report there, not to standard output')
    .addHelpText(
      'after',
      '\nExit codes: 0 model and kernel agree, 1 a difference, 2 wrong usage or a missing tool, 3 incomplete.',
    )
    .action(async (options: ConformCommand & { inject?: boolean; standalone?: string }) => {
      if (options.standalone !== undefined) ended(await standaloneCommand(options.standalone, io))
      else
        ended(
          await (options.inject === true
            ? injectCommand(options, io)
            : conformCommand(options, io)),
        )
    })
  program
    .command('docs')
    .description(
      'regenerates the documents from the machines, the calls, the properties and what the checker finds of them',
    )
    .option('--out <folder>', 'where the folders of generated pages are', 'docs')
    .option(
      '--check',
      'write nothing; name the files that are stale, and exit with 1 where there are any',
    )
    .option(
      '--recorded <file>',
      'what a real kernel has shown: JSON with kernel, driver, confirmed, unreachable (default: the one in conformance/recorded)',
    )
    .action(async (options: DocsCommand) => ended(await docsCommand(options, io)))
  return program
}
