/** `1,234,567` */
export const grouped = (n: number): string => n.toLocaleString('en-US')

/** `7 states`, `1 state` */
export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : many}`

/** `120 MB` */
export const megabytes = (bytes: number): string => `${grouped(Math.round(bytes / 1e6))} MB`

/** `0.42 s` */
export const seconds = (s: number): string => `${s < 10 ? s.toFixed(2) : s.toFixed(1)} s`
