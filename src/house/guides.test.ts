import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventSchema } from '../contract/index.ts';

const GUIDES = join(import.meta.dirname, '..', '..', 'docs/guides');

test('every event that a guide shows is one that the door reads', () => {
  const shown = readdirSync(GUIDES).flatMap((name) => [...readFileSync(join(GUIDES, name), 'utf8').matchAll(/```json event\n([\s\S]*?)```/g)].flatMap((match) => match[1] ?? []));
  ok(shown.length > 0);
  const refused = shown.flatMap((text) => {
    const parsed = eventSchema.safeParse(JSON.parse(text));
    return parsed.success ? [] : [`${text}${parsed.error.message}`];
  });
  deepStrictEqual(refused, []);
});
