/**
 * The quality of the matcher on cases built from real lists, as the figures of docs/reference/screening-quality.md. It
 * asks only names, as a customer file without birth dates would; what else is known can only help. Figures alone
 * leave this file, never a name of a list.
 */

import type { ListEntry } from '../entity.ts';
import { Matcher } from '../match/matcher.ts';
import { DECISION_POLICY, MATCHER_VERSION } from '../match/policy.ts';
import { readQuery } from '../match/query.ts';
import { qualitySet, type QualityCase } from './cases.ts';

/** Candidates among which the sought entry counts as found. */
const FOUND_AMONG = 5;

/** What one class of cases came to; shares are 0 to 1. */
export interface ClassQuality {
  readonly class: string;
  readonly cases: number;
  /** Sought entry among the first five candidates. Zero for names of nobody. */
  readonly found: number;
  /** Sought entry at or above the threshold; for names of nobody, anything at or above it. */
  readonly alerted: number;
  /** Of the queries that alert, those that alert on the sought entry. */
  readonly precise: number;
  readonly isNobody: boolean;
}

/** Measures every class at the threshold of the policy. `withSchema`: queries say whether they ask for a person or a firm. */
export function measureQuality(entries: readonly ListEntry[], seed: number, withSchema: boolean): ClassQuality[] {
  const set = qualitySet(entries, seed);
  const matcher = new Matcher({ entries: set.entries });
  return [...Map.groupBy(set.cases, (each) => each.class)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, cases]) => {
    const answers = cases.map((each) => askCase(matcher, each, withSchema));
    const count = (holds: (answer: Answer) => boolean): number => answers.filter(holds).length;
    const isNobody = cases.every((each) => each.entry === undefined);
    const anyAlert = count((each) => each.anyAlert);
    const alerted = isNobody ? anyAlert : count((each) => each.alerted);
    return { class: name, cases: cases.length, found: count((each) => each.found) / cases.length, alerted: alerted / cases.length, precise: isNobody ? 0 : anyAlert === 0 ? 1 : alerted / anyAlert, isNobody };
  });
}

interface Answer {
  readonly found: boolean;
  readonly alerted: boolean;
  readonly anyAlert: boolean;
}

function askCase(matcher: Matcher, { name, schema, entry }: QualityCase, withSchema: boolean): Answer {
  const query = readQuery(withSchema ? { name, schema } : { name });
  const result = 'code' in query ? query : matcher.screen(query);
  if ('code' in result) return { found: false, alerted: false, anyAlert: false };
  const { candidates } = result;
  const at = candidates.findIndex((each) => each.list === entry?.list && each.entry === entry.entry);
  const bar = DECISION_POLICY.review.weight;
  return { found: at >= 0 && at < FOUND_AMONG, alerted: at >= 0 && (candidates[at]?.score ?? 0) >= bar, anyAlert: (candidates[0]?.score ?? 0) >= bar };
}

/** The page of the figures. `lists` says what was asked against. */
export function qualityPage(entries: readonly ListEntry[], lists: readonly string[], seed: number): string {
  const rows = measureQuality(entries, seed, false);
  const nobody = rows.filter((row) => row.isNobody);
  const nobodyCases = nobody.reduce((sum, row) => sum + row.cases, 0);
  const heldUp = nobody.reduce((sum, row) => sum + row.alerted * row.cases, 0) / nobodyCases;
  return [
    '# Quality of name screening', '',
    'Made by `node scripts/screening-quality.ts DIR...`, whose folders hold the lists; not by hand. The cases are built by `src/screening/quality/`: aliases that a list',
    'itself gives are taken out of the index and asked for by name alone, sorted by how they differ from the primary name; primary names are treated',
    'mechanically; names in original script are taken out likewise; names of nobody are combined at random. No date of birth, nationality or schema is given.', '',
    `Matcher \`${MATCHER_VERSION}\`, threshold ${DECISION_POLICY.review.weight}, seed ${seed}. Lists: ${lists.join('; ')}.`, '',
    '`recall at 5`: the sought entry is among the first five. `alerts`: it is at or above the threshold. `precision`: of the queries that alert, those that',
    'alert on the sought entry.', '',
    '| class | cases | recall at 5 | alerts | precision |', '|---|---:|---:|---:|---:|',
    ...rows.filter((row) => !row.isNobody).map((row) => `| ${row.class} | ${row.cases} | ${percent(row.found)} | ${percent(row.alerted)} | ${percent(row.precise)} |`), '',
    `Names of nobody: ${nobodyCases}, of which ${percent(heldUp)} are held up.`, '',
    '| names of nobody | cases | held up |', '|---|---:|---:|',
    ...nobody.map((row) => `| ${row.class.replace('nobody, ', '')} | ${row.cases} | ${percent(row.alerted)} |`), '',
  ].join('\n');
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}
