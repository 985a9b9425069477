import type { KernelMessage } from '../runner/kmsg.ts'

/** Where in the kernel a failure was injected. */
export interface Site {
  /** The kind of failure: `failslab`, `fail_page_alloc`, `fail_usercopy`, `fail_iommufd`. */
  readonly fault: string
  /**
   * The functions on the stack, innermost first; a stack without frame pointers holds some that
   * have returned already.
   */
  readonly stack: readonly string[]
}

/** What every injected failure has on its stack. */
const machinery =
  /^(?:dump_stack|should_fail|slab_alloc|___slab_alloc|__kmalloc|kmem_cache_alloc|prepare_alloc_pages|__alloc)/

/**
 * The site that the kernel tells of where failures are verbose; null where the step asked for
 * silence (`__GFP_NOWARN`).
 */
export function siteOf(messages: readonly KernelMessage[]): Site | null {
  const at = messages.findIndex(({ text }) => text.startsWith('FAULT_INJECTION:'))
  if (at < 0) return null
  const fault = /name (\w+)/.exec(messages[at].text)?.[1] ?? '?'
  const stack: string[] = []
  for (const { text } of messages.slice(at + 1)) {
    if (text.includes('</TASK>')) break
    const found = /^ (?:\? )?([\w.]+)\+0x/.exec(text)
    if (found !== null && !machinery.test(found[1])) stack.push(found[1].replace(/\..*/, ''))
  }
  return { fault, stack: stack.filter((name, i) => name !== stack[i - 1]) }
}
