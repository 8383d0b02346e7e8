/** Runs axe-core on a page and gives each violation as one line. It is evaluated from outside, so the page's policy stays as strict as it is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import * as z from 'zod';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const found = z.object({ violations: z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string().optional() })) })), passes: z.array(z.unknown()) });

/** `only`: one rule alone. Rows of a table after the twentieth are like those before them, and are left out. */
export async function violationsOn(page: Page, options: { readonly only?: string } = {}): Promise<{ lines: string[]; passes: number }> {
  await page.evaluate(`window.axe === undefined && (() => { ${source} })()`);
  const runOnly = options.only === undefined ? { type: 'tag', values: tags } : { type: 'rule', values: [options.only] };
  const result = found.parse(await page.evaluate(`axe.run({ include: [document], exclude: [['tbody tr:nth-child(n+21)'], ['.alert:nth-child(n+21)']] }, { resultTypes: ['violations'], runOnly: ${JSON.stringify(runOnly)} })`));
  const lines = result.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary?.split('\n')[1]?.trim() ?? ''}`));
  return { lines, passes: result.passes.length };
}
