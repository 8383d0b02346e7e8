/**
 * `nigran evaluate`: how well the rules find what was planted, in a nation from a seed or in files of others. It
 * needs no server. The answer is a line for each typology, group and view.
 */

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { evaluateMaterial, givenMaterial, nationOf, type Evaluation, type Judged } from '../../bench/evaluate/index.ts';
import { Refusal } from '../log/engine/index.ts';
import type { Options } from './options.ts';

/** People of the judge's nation: enough for a few cases of each typology, and an answer within two minutes on two cores. */
const PEOPLE = 50_000;
const PEOPLE_MAX = 5_000_000;
/** Cases of each typology for each person: as in the `city` of the demo. */
const CASES_EACH = 60 / 500_000;
const CHUNK_BYTES = 1 << 20;
const LINE_BYTES_MAX = 1 << 20;
const UNREAD_SHOWN = 20;

/** Runs the verb; gives the exit code. */
export function runEvaluate(options: Options): number {
  const [seed, events, labels] = [options.text('seed'), options.text('events'), options.text('labels')];
  if ((seed === undefined) === (events === undefined)) throw new Refusal('evaluate needs either a seed or events with their labels', '--seed=s1, or --events=FILE --labels=FILE');
  const evaluation = seed === undefined ? judgeFiles(events ?? '', labels) : evaluateMaterial(nationOf(seed, sizeOf(options.text('people'))));
  if (options.has('json')) process.stdout.write(`${JSON.stringify(evaluation.rows)}\n`);
  else process.stdout.write(tableOf(evaluation.rows));
  tellUnread(evaluation);
  return 0;
}

function sizeOf(text: string | undefined): { people: number; perTypology: number } {
  const people = Number(text ?? PEOPLE);
  if (!Number.isInteger(people) || people < 1_000 || people > PEOPLE_MAX) throw new Refusal(`--people is a whole number from 1,000 to ${PEOPLE_MAX.toLocaleString('en')}`, `the default is ${PEOPLE.toLocaleString('en')}`);
  return { people, perTypology: Math.max(2, Math.round(people * CASES_EACH)) };
}

function judgeFiles(events: string, labels: string | undefined): Evaluation {
  if (labels === undefined) throw new Refusal('--labels is missing', 'name the file that says which events were planted');
  try {
    return evaluateMaterial(givenMaterial({ events: linesOf(events), labels: readFileSync(labels, 'utf8') }));
  } catch (error) {
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') throw new Refusal(`the files cannot be read: ${error.code}`, 'check both paths', error);
    if (error instanceof SyntaxError || (error instanceof Error && error.name === '$ZodError') || (error instanceof Error && 'issues' in error)) {
      throw new Refusal(`${labels} is no file of labels`, 'each line or item has case, typology, and events with firm and id', error);
    }
    throw error;
  }
}

/** Lines of a file, a piece at a time; a line of more than 1 MiB is cut there and refused as no JSON. */
function* linesOf(path: string): Generator<string> {
  const file = openSync(path, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    let rest = Buffer.alloc(0);
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      let text = Buffer.concat([rest, chunk.subarray(0, read)]);
      for (let end = text.indexOf(10); end >= 0; end = text.indexOf(10)) {
        yield text.toString('utf8', 0, end);
        text = text.subarray(end + 1);
      }
      rest = text.length > LINE_BYTES_MAX ? text.subarray(0, LINE_BYTES_MAX) : text;
    }
    if (rest.length > 0) yield rest.toString('utf8');
  } finally {
    closeSync(file);
  }
}

function tableOf(rows: readonly Judged[]): string {
  const cell = (value: number | null): string => (value === null ? '-' : value.toFixed(3)).padStart(10);
  const head = `${'typology'.padEnd(28)} ${'view'.padEnd(10)} ${'cases'.padStart(6)} ${'recall'.padStart(10)} ${'precision'.padStart(10)} ${'hours'.padStart(10)}\n`;
  return head + rows.map((row) => `${row.typology.padEnd(28)} ${row.view.padEnd(10)} ${String(row.cases).padStart(6)} ${cell(row.recall)} ${cell(row.precision)} ${cell(row.timeToDetectionHours)}\n`).join('');
}

function tellUnread({ unread, strangers, events, active, bestFirm }: Evaluation): void {
  process.stderr.write(`${events} events of ${active} active people judged; the firm view is that of firm ${bestFirm ?? '-'}; ${unread.length} lines were not judged\n`);
  if (strangers > 0) process.stderr.write(`${strangers} customers are introduced by no line: each is judged as a person of one firm\n`);
  for (const { line, code, detail } of unread.slice(0, UNREAD_SHOWN)) process.stderr.write(`line ${line}: ${code} ${detail}\n`);
}
