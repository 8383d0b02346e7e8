/**
 * `nigran screen`: a file of queries or of pairs, one JSON a line, answered one JSON a line without a server. Lists come
 * from a folder, or are those that lie with the house. Answers go to stdout, what became of the lists to stderr.
 */

import { once } from 'node:events';
import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../log/engine/index.ts';
import { PastLists, answerLines, linesOf, readLists, subjectsOf, type BatchGround, type PastState } from '../screening/index.ts';
import type { Options } from './options.ts';

/** OFAC's lists as they lie with the house; public domain (data/PROVENANCE.md). */
const OWN_LISTS = join(import.meta.dirname, '..', '..', 'data', 'ofac-names');

/** Screens a file of lines; gives the exit code. A line that cannot be answered has its code in its place. */
export async function runScreen(options: Options): Promise<number> {
  const [file, pairs] = [options.text('file'), options.text('pairs')];
  if ((file === undefined) === (pairs === undefined)) throw new Refusal('screen takes a file of queries or of pairs', 'nigran screen --file=in.jsonl, or nigran screen --pairs=in.jsonl');
  const path = file ?? pairs ?? '';
  if (path !== '-' && !existsSync(path)) throw new Refusal(`there is no file ${path}`, 'name a file of one JSON object a line, or - for standard input');
  const folder = options.text('lists') ?? OWN_LISTS;
  const ground: BatchGround = { screen: pairs === undefined ? await readGround(folder) : undefined };
  const past = ground.screen === undefined ? undefined : new PastLists(ground.screen.known.codes, (asOf, knownAt) => readPast(folder, knownAt !== undefined && knownAt < asOf ? knownAt : asOf));
  const bytes: AsyncIterable<Uint8Array> = path === '-' ? process.stdin : createReadStream(path);
  for await (const answer of answerLines(linesOf(bytes), ground, undefined, past)) {
    if (!process.stdout.write(`${answer}\n`)) await once(process.stdout, 'drain');
  }
  return 0;
}

/** The lists of a folder as they stood on a day: of each the newest state of that day or before. */
async function readPast(folder: string, day: string): Promise<PastState> {
  const { lists } = await readLists(folder, day);
  for (const list of lists) process.stderr.write(`as of ${day}: ${list.list} of ${list.version}: ${list.entries.length} entries, ${list.quarantined.length} rows set aside\n`);
  return { entries: lists.flatMap((list) => list.entries), versions: new Map(lists.map((list) => [list.list, list.version])) };
}

async function readGround(folder: string): Promise<BatchGround['screen']> {
  if (!existsSync(folder)) throw new Refusal(`there is no folder ${folder}`, 'name the folder that holds the list files: --lists=DIR');
  const found = await readLists(folder);
  for (const { file, code } of found.refused) process.stderr.write(`not taken: ${file}: ${code}\n`);
  for (const list of found.lists) process.stderr.write(`${list.list} of ${list.version}: ${list.entries.length} entries, ${list.quarantined.length} rows set aside\n`);
  if (found.lists.length === 0) throw new Refusal(`no list could be read in ${folder}`, 'see what was not taken, above');
  const entries = found.lists.flatMap((list) => list.entries);
  return {
    entries, subjects: subjectsOf(entries).subjectOf, versions: new Map(found.lists.map((list) => [list.list, list.version])),
    known: { codes: found.lists.map((list) => list.list), since: found.lists.map((list) => list.version).reduce((a, b) => (a > b ? a : b)) },
  };
}
