import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one run of a process took. */
export interface Usage {
  readonly stdout: string
  /** User and system time of the whole process, start and end included. */
  readonly cpuSeconds: number
  readonly peakBytes: number
}

/** Runs a command and says what it took. */
export type Measure = (command: readonly string[], cwd: string) => Usage

const wrapper = `
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/resource.h>
#include <sys/wait.h>

int main(int argc, char **argv) {
  struct rusage u;
  int status;
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  if (argc < 3 || child < 0 || wait4(child, &status, 0, &u) < 0) return 126;
  FILE *out = fopen(argv[1], "w");
  if (out == NULL) return 126;
  fprintf(out, "%.6f %ld\\n", u.ru_utime.tv_sec + u.ru_stime.tv_sec + (u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6, u.ru_maxrss);
  fclose(out);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 125;
}
`

/**
 * Measures through `wait4`, exact and without sampling. Node does not tell what a child took, so
 * this needs a C compiler, as Spin and Rumur do anyway.
 */
export function measureWith(compiler: string, dir: string): Measure {
  const source = join(dir, 'usage.c')
  const binary = join(dir, 'usage')
  const result = join(dir, 'usage.txt')
  writeFileSync(source, wrapper)
  execFileSync(compiler, ['-O2', '-o', binary, source])
  return (command, cwd) => {
    const stdout = run([binary, result, ...command], cwd)
    const [cpuSeconds, kilobytes] = readFileSync(result, 'utf8').split(' ').map(Number)
    return { stdout, cpuSeconds, peakBytes: kilobytes * 1024 }
  }
}

/**
 * Without a compiler: what `run-ours` says of itself, which leaves out the last milliseconds of its
 * process.
 */
export const selfReported: Measure = (command, cwd) => {
  const stdout = run(command, cwd)
  const { cpuSeconds, peakBytes } = JSON.parse(stdout) as Usage
  return { stdout, cpuSeconds, peakBytes }
}

/** Runs a command to its end; its output. */
export function run([file, ...args]: readonly string[], cwd: string): string {
  const { status, stdout, stderr, error } = spawnSync(file, args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (error !== undefined) throw error
  if (status !== 0)
    throw new Error(`${[file, ...args].join(' ')} ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}

/** Whether a program is there. */
export const installed = (file: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${file}`]).status === 0
