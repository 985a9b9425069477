/**
 * The kind of a component, from its name: `group` of `group[0]`; a name without a number is its
 * own.
 */
export const kindOf = (component: string): string => component.replace(/\[\d+\]$/, '')
