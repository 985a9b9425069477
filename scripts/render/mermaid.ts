import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../documents/pages.ts'

/**
 * What a forge draws diagrams with. Its own dependencies are in the one script; as a package it
 * would bring all of them along.
 */
const version = '11.17.2'
const integrity =
  'sha512-V6K3C8EBdEsPFZXSKMJe6ppQOENxuHARr9GvHX4hh47lAbhMRD9qf4oEK7LoaRQxULMa80/qt5gHO73aCleBBg=='

/**
 * The path of Mermaid for a browser, as one script; fetched from the package registry the first
 * time.
 */
export function mermaidScript(): string {
  const script = join(root, '.cache', `mermaid-${version}.min.js`)
  if (existsSync(script)) return script
  const folder = mkdtempSync(join(tmpdir(), 'iommufd-spec-mermaid-'))
  try {
    const name = execFileSync('npm', ['pack', '--silent', `mermaid@${version}`], {
      cwd: folder,
      encoding: 'utf8',
    }).trim()
    const packed = readFileSync(join(folder, name))
    if (`sha512-${createHash('sha512').update(packed).digest('base64')}` !== integrity)
      throw new Error(`mermaid@${version} is not what it was`)
    execFileSync('tar', ['-xzf', name, 'package/dist/mermaid.min.js'], { cwd: folder })
    mkdirSync(join(root, '.cache'), { recursive: true })
    copyFileSync(join(folder, 'package', 'dist', 'mermaid.min.js'), script)
    return script
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
