/**
 * Writes docs/reference/screening-quality.md: the matcher's quality on cases built from the lists in the folders that
 * are named. Lists whose licence does not let them lie in the clone are named by path and leave nothing but figures.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLists } from '../src/screening/index.ts';
import { qualityPage } from '../src/screening/quality/index.ts';

const PAGE = join(import.meta.dirname, '..', 'docs', 'reference', 'screening-quality.md');
const SEED = 20_261_124;

if (import.meta.main) {
  const folders = process.argv.slice(2);
  if (folders.length === 0) throw new Error('name the folders that hold the lists, for example: node scripts/screening-quality.ts data/ofac-names');
  const found = (await Promise.all(folders.map((folder) => readLists(folder)))).flatMap((each) => each.lists);
  const page = qualityPage(found.flatMap((list) => list.entries), found.map((list) => `${list.list} of ${list.version}, ${list.entries.length.toLocaleString('en')} entries`), SEED);
  writeFileSync(PAGE, page);
  process.stdout.write(page);
}
