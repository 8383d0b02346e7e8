import { deepStrictEqual, throws } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SETTING_NAMES, readSettings } from './settings.ts';

test('the guide for operators names every setting, and no other', () => {
  const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs/guides/operators.md'), 'utf8');
  const named = new Set(guide.match(/\b(NIGRAN_[A-Z]+|[A-Z]+_URL)\b/g));
  deepStrictEqual([...named].sort(), [...SETTING_NAMES].sort());
});

test('settings have defaults that work, and what cannot be used is refused by its name', () => {
  const { home: _home, ...rest } = readSettings({});
  deepStrictEqual(rest, { host: '127.0.0.1', port: 7411, workers: 2, seed: 'nigran', size: 'small', pushHosts: [], databaseUrl: undefined, clickhouseUrl: undefined });
  for (const [name, value] of [['NIGRAN_PORT', '70000'], ['NIGRAN_WORKERS', '0'], ['NIGRAN_SIZE', 'huge'], ['NIGRAN_SEED', 'a b'], ['NIGRAN_HOST', ''], ['NIGRAN_OUTBOUND', 'Bank.example/x']] as const) {
    throws(() => readSettings({ [name]: value }), new RegExp(`${name} cannot be used`));
  }
});
