/**
 * What a page is asked for in the browser. Each function is sent there by itself, so none of them
 * uses another.
 */

/** Draws the Mermaid diagrams, opens what is folded; what could not be drawn. */
export async function draw(dark) {
  const wrong = []
  const blocks = [...document.querySelectorAll('code.language-mermaid')]
  if (blocks.length > 0)
    globalThis.mermaid.initialize({ startOnLoad: false, theme: dark ? 'dark' : 'default' })
  for (const [n, code] of blocks.entries())
    try {
      const { svg } = await globalThis.mermaid.render(`mermaid-${n}`, code.textContent)
      const figure = document.createElement('figure')
      figure.className = 'mermaid'
      figure.innerHTML = svg
      code.parentElement.replaceWith(figure)
    } catch (error) {
      wrong.push(`Mermaid diagram ${n + 1} is not drawn: ${error}`)
    }
  for (const details of document.querySelectorAll('details')) details.open = true
  return wrong
}

/**
 * What does not fit the page, or is too small to be read there. `code`: whether code and commands
 * have to fit as well; outputs and diffs may scroll.
 */
export async function misfits(code) {
  const wrong = []
  const smallest = 9
  const starts = (element) => element.textContent.replace(/\s+/g, ' ').trim().slice(0, 60)
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth)
    wrong.push(`the page is ${scrollWidth} wide, and ${clientWidth} are seen`)
  for (const element of document.querySelectorAll(
    code ? 'table, pre:has(.language-ts, .language-sh)' : 'table',
  ))
    if (element.scrollWidth > element.clientWidth + 1)
      wrong.push(
        `${element.localName} of ${element.scrollWidth} in ${element.clientWidth}: ${starts(element)}`,
      )
  for (const image of document.querySelectorAll('img')) {
    const drawing = await (await fetch(image.src)).text()
    const sizes = [...drawing.matchAll(/font-size="([\d.]+)"/g)].map((m) => Number(m[1]))
    const scale = image.clientWidth / Number(/viewBox="\S+ \S+ (\S+)/.exec(drawing)?.[1])
    // The negation holds where there is no picture, too.
    if (!(Math.min(...sizes) * scale >= smallest))
      wrong.push(
        `${image.getAttribute('src')} has labels of ${(Math.min(...sizes) * scale).toFixed(1)} pixels`,
      )
  }
  for (const svg of document.querySelectorAll('.mermaid svg')) {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
    const size = parseFloat(getComputedStyle(svg).fontSize) * scale
    if (!(size >= smallest)) wrong.push(`a Mermaid diagram has labels of ${size.toFixed(1)} pixels`)
    const labels = [...svg.querySelectorAll('.edgeLabel foreignObject, .edgeLabel text')].filter(
      (l) => l.textContent.trim() !== '',
    )
    const boxes = labels.map((label) => label.getBoundingClientRect())
    boxes.forEach((a, i) =>
      boxes.slice(i + 1).forEach((b, j) => {
        const over =
          Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
          Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
        if (over)
          wrong.push(
            `labels '${labels[i].textContent.trim()}' and '${labels[i + 1 + j].textContent.trim()}' lie on each other`,
          )
      }),
    )
  }
  return wrong
}

/**
 * What is wrong with a drawing of Graphviz: labels that are cut off, or lie on something else, and
 * edges that cross.
 */
export function drawingFaults() {
  const wrong = []
  const svg = document.querySelector('svg')
  const whole = svg.getBoundingClientRect()
  const box = (element) => element.getBoundingClientRect()
  const inside = (a, b) =>
    a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1
  const over = (a, b) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
    Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2
  const nodes = [...svg.querySelectorAll('.node')].map((g) => ({
    shape: box(g.querySelector('path, polygon, ellipse')),
    texts: [...g.querySelectorAll('text')],
  }))
  const labels = [...svg.querySelectorAll('.edge text')]
  for (const text of svg.querySelectorAll('text'))
    if (!inside(box(text), whole)) wrong.push(`'${text.textContent}' is cut off`)
  for (const { shape, texts } of nodes)
    for (const text of texts)
      if (!inside(box(text), shape)) wrong.push(`'${text.textContent}' leaves its node`)
  labels.forEach((label, i) => {
    if (nodes.some(({ shape }) => over(box(label), shape)))
      wrong.push(`'${label.textContent}' lies on a node`)
    for (const other of labels.slice(i + 1))
      if (over(box(label), box(other)))
        wrong.push(`'${label.textContent}' lies on '${other.textContent}'`)
  })
  const edges = [...svg.querySelectorAll('.edge')].map((g) => {
    const path = g.querySelector('path')
    const length = path.getTotalLength()
    // Ends meet at nodes, which is no crossing.
    const points = Array.from({ length: 101 }, (_, i) =>
      path.getPointAtLength(length * (0.04 + (0.92 * i) / 100)),
    )
    return { name: g.textContent.replace(/\s+/g, ' ').trim(), points }
  })
  const side = (a, b, c) => Math.sign((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x))
  const cross = (a, b, c, d) => side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b)
  edges.forEach((one, i) => {
    for (const other of edges.slice(i + 1)) {
      const met = one.points.some(
        (a, k) =>
          k > 0 &&
          other.points.some((c, l) => l > 0 && cross(one.points[k - 1], a, other.points[l - 1], c)),
      )
      if (met) wrong.push(`edges cross: '${one.name}' and '${other.name}'`)
    }
  })
  return wrong
}

/**
 * The least contrast of a text with what it stands on, as WCAG has it; 4.5 is enough for small
 * text.
 */
export function leastContrast() {
  const svg = document.querySelector('svg')
  const luminance = (color) => {
    const [r, g, b] = color
      .match(/[\d.]+/g)
      .map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
  }
  const contrasts = [...svg.querySelectorAll('text')].map((text) => {
    const shape = text.closest('.node')?.querySelector('path, polygon, ellipse') ?? null
    const fill = shape === null ? 'none' : getComputedStyle(shape).fill
    const ground = luminance(fill === 'none' ? getComputedStyle(svg).backgroundColor : fill)
    const [low, high] = [ground, luminance(getComputedStyle(text).fill)].sort((a, b) => a - b)
    return (high + 0.05) / (low + 0.05)
  })
  return Math.min(...contrasts)
}
