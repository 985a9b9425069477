/** The numbers of protocol.h. */
export const protocol = {
  magic: 0x53444649,
  version: 1,
  endOfRun: 0xffffffff,
  flags: { flushEach: 1, stopOnWarning: 2 },
  kinds: { open: 1, ioctl: 2, close: 3, read: 4, write: 5, mmap: 6, munmap: 7, memfd: 8 },
  parts: { struct: 0xff, argument: 0xfe, fd: 0xfd, return: 0xfc },
  relocs: { value: 1, blob: 2, arena: 3 },
  frames: { hello: 1, result: 2, end: 3, log: 4 },
  /** Bytes that the runner keeps for the results of one sequence, kernel messages left out. */
  resultMax: 1 << 20,
  sequenceMax: 1 << 20,
  opsMax: 4096,
} as const

/** How the execution of a sequence ended, by its number in protocol.h. */
export const statuses = ['done', 'hung', 'died', 'malformed'] as const

/** How a boot of the guest ended, by its number in protocol.h. */
export const ends = ['done', 'warned', 'hung', 'died'] as const
