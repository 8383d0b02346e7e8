import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { REJECTIONS } from '../terms/index.ts';
import { FROZEN, frozenForms, publishedForms, referencePages } from '../../scripts/reference.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const pages = referencePages();
/** Figures that a run over lists gives; the page names its command. */
const MEASURED = ['docs/reference/lookalikes.md', 'docs/reference/screening-quality.md'];

for (const [path, text] of pages) {
  test(`${path} says what the code says`, () => {
    strictEqual(readFileSync(join(ROOT, path), 'utf8'), text, 'run: node scripts/reference.ts');
  });
}

test('every reference page is generated', () => {
  const present = readdirSync(join(ROOT, 'docs/reference')).filter((name) => name.endsWith('.md') && name !== 'README.md').map((name) => `docs/reference/${name}`);
  deepStrictEqual(present.sort(), [...MEASURED, ...pages.keys()].filter((path) => path.startsWith('docs/reference/')).sort());
});

test('the page of rejections lists every code once', () => {
  const codes = [...(pages.get('docs/reference/rejections.md') ?? '').matchAll(/^\| `([A-Z_]+)`/gm)].flatMap((match) => match[1] ?? []);
  deepStrictEqual(codes.sort(), Object.keys(REJECTIONS).sort());
});

test('a published form never changes: its next version stands beside it', () => {
  const frozen = frozenForms();
  const changed = [...publishedForms()].filter(([form, sha256]) => frozen.get(form) !== sha256).map(([form]) => form);
  deepStrictEqual(changed, [], `raise the version of what changed; what is new enters ${FROZEN} by: node scripts/reference.ts`);
});
