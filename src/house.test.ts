import { strictEqual, ok } from 'node:assert/strict';
import { test } from 'node:test';
import { ALLOWANCES } from './house/allowances.ts';
import { readCheckout } from './house/checkout.ts';
import { judge, say } from './house/judge.ts';

test('the house keeps its own rules', () => {
  const texts = readCheckout();
  ok(texts.has('src/terms/index.ts'), 'the checkout was read');
  const found = judge(texts, ALLOWANCES);
  strictEqual(found.length, 0, `${found.length} to mend\n${found.map(say).join('\n')}\n`);
});
