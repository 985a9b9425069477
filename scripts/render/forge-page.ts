import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'

const resolve = createRequire(import.meta.url).resolve

/**
 * A Markdown page as a forge shows it: GitHub's style sheet, its column, light or dark by the
 * reader's choice.
 */
export function forgePage(markdown: string): string {
  const body = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  })
  const style = readFileSync(resolve('github-markdown-css/github-markdown.css'), 'utf8')
  return `<!doctype html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>
${style}
body { margin: 0; background: #ffffff }
@media (prefers-color-scheme: dark) { body { background: #0d1117 } }
.markdown-body { box-sizing: border-box; max-width: 1012px; margin: 0 auto; padding: 32px }
@media (max-width: 767px) { .markdown-body { padding: 16px } }
</style>
</head>
<body><article class="markdown-body">${body}</article></body>
</html>
`
}
