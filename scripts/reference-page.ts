/**
 * How a generated page is written: a title, where it comes from, and tables whose cells cannot break out
 * of them.
 */

/** A whole page. `source` is what to change in order to change it, `by` what writes it. */
export function page(title: string, source: string, lines: readonly string[], by = 'scripts/reference.ts'): string {
  return `${[`# ${title}`, '', `Generated from \`${source}\` by \`${by}\`; change it there.`, '', ...lines].join('\n').trimEnd()}\n`;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)];
}
