import { deepStrictEqual, ok } from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDER = join(ROOT, 'docs/decisions');
const names = z.record(z.string(), z.string()).optional();
const manifest = z.object({ dependencies: names, optionalDependencies: names, devDependencies: names });

test('every decision has a title and a date', () => {
  const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md') && name !== 'README.md');
  ok(pages.length > 0);
  deepStrictEqual(pages.filter((name) => !/^# .+\n[\s\S]*\b20\d\d-\d\d-\d\d\b/.test(readFileSync(join(FOLDER, name), 'utf8'))), []);
});

test('every dependency has its line, and every line its dependency', () => {
  const { dependencies, optionalDependencies, devDependencies } = manifest.parse(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));
  const used = Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }).filter((name) => !name.startsWith('@types/'));
  const lines = readFileSync(join(FOLDER, 'dependencies.md'), 'utf8').split('\n').filter((line) => line.startsWith('| `'));
  const told = lines.flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].flatMap((match) => match[1] ?? []));
  deepStrictEqual(told.sort(), used.sort(), 'docs/decisions/dependencies.md and package.json name the same packages');
});
