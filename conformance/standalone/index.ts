/** The driver contract's calls as a C program for a machine with VFIO devices. */
export { standaloneProgram } from './program.ts'
