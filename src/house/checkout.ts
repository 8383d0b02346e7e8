/**
 * Reads the checkout that holds this file: the code, the pages and the scripts, never what was
 * installed or built. Binary files and folders that
 * start with a dot are left out, except `.ci`.
 */

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const FOLDERS = ['src', 'console', 'client', 'sim', 'bench', 'scripts', 'docs', 'frameworks', 'data', '.ci'];
const TEXT = /(\.(ts|tsx|mjs|js|md|json|yaml|yml|css|html|sql|txt|csv|svg)|\/(run|LICENSE|NOTICE|SHA256SUMS))$/;
/** Pages link to these; their bytes say nothing here. */
const PICTURE = /\.(png|jpg|pdf)$/;
const LEFT_OUT = /(^|\/)(node_modules|dist[^/]*|fonts|public)(\/|$)/;
const FILE_BYTES_MAX = 1_000_000;

/** Every text of the checkout by its path from the root, with `/`. */
export function readCheckout(root = ROOT): Map<string, string> {
  const texts = new Map<string, string>();
  const add = (path: string): void => {
    if (LEFT_OUT.test(path)) return;
    if (PICTURE.test(path)) texts.set(path, '');
    if (!TEXT.test(`/${path}`)) return;
    const full = join(root, path);
    if (statSync(full).size <= FILE_BYTES_MAX) texts.set(path, readFileSync(full, 'utf8'));
  };
  const folders = readdirSync(root, { withFileTypes: true });
  for (const entry of folders) if (entry.isFile() && entry.name !== 'package-lock.json') add(entry.name);
  for (const folder of FOLDERS) {
    if (!folders.some((entry) => entry.name === folder)) continue;
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) add(join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/'));
    }
  }
  return texts;
}
