/**
 * What a round found becomes entries, in one transaction with how far it came: new hits, hits that are weighed anew,
 * and hits that are over. Nothing is said twice: a pair that stands as it stood is left alone, and a person whom an
 * officer has found to be another than the listed one stays so until that day, unless a number now says otherwise.
 */

import { append, type NewEntry, type Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import type { OpenStatement, StatedPeople } from '../../vault/index.ts';
import { applyToHits } from './fold.ts';
import { saysTheSame, type HitBody } from './hit.ts';
import type { NewestNames } from './follow.ts';

/** Who writes what the watch found. */
export const WATCH = 'screening';
const BASIS = 'people screened by the lists in force';

/** What a round found. */
export interface RoundHits {
  readonly hits: readonly HitBody[];
  /** A list that changed, which of its entries are gone, and which were changed: `holds` weighs a person with one of them again. */
  readonly list?: NewestNames;
  readonly removed?: readonly string[];
  readonly weighed?: { readonly entries: ReadonlySet<string>; readonly holds: (entry: string, statements: readonly OpenStatement[]) => boolean };
}

interface Standing {
  readonly hit: number; readonly person: string; readonly entry: string; readonly state: 'open' | 'confirmed' | 'cleared';
  readonly decision: HitBody['decision']; readonly ground: HitBody['ground']; readonly score: number; readonly strength: number; readonly until: number | null;
}

/** Writes what a round found. */
export async function enterHits(tx: Tx, now: Instant, people: StatedPeople, round: RoundHits): Promise<void> {
  const found = new Map(round.hits.map((hit) => [keyOf(hit), hit]));
  const entries: NewEntry<'screening-hit' | 'screening-released'>[] = [];
  const before = await standing(tx, [...found.values()]);
  for (const [key, hit] of found) {
    const known = before.pairs.get(key);
    if (known !== undefined ? !isNews(hit, known) : isCleared(hit, before.cleared, now)) continue;
    entries.push({ kind: 'screening-hit', actor: WATCH, basis: BASIS, body: known === undefined ? hit : { ...hit, replaces: known.hit } });
  }
  if (round.list !== undefined) entries.push(...await released(tx, people, round, round.list, found));
  for (const entry of await append(tx, now, entries)) await applyToHits(tx, entry);
}

const keyOf = (of: { readonly person: string; readonly list: string; readonly entry: string }): string => `${of.person} ${of.list}:${of.entry}`;

/** Is a pair that has a hit worth another? Not when it says the same, was confirmed, or was found to be another person and no number speaks against it. */
function isNews(hit: HitBody, known: Standing): boolean {
  if (known.state === 'confirmed' || saysTheSame(hit, known)) return false;
  return known.state === 'open' || (hit.ground === 'number' && known.ground !== 'number');
}

/** A person who was found to be another than the listed one is another than that one on every list. */
function isCleared(hit: HitBody, cleared: ReadonlyMap<string, number>, now: Instant): boolean {
  return hit.ground !== 'number' && (cleared.get(`${hit.person} ${hit.subject}`) ?? 0) > now;
}

async function standing(tx: Tx, hits: readonly HitBody[]): Promise<{ pairs: Map<string, Standing>; cleared: Map<string, number> }> {
  const people = hits.map((hit) => hit.person);
  const pairs = await tx.query<Standing & { asked: string; list: string }>(
    `select t.person as asked, h.hit, h.person, h.list, h.entry, h.state, h.decision, h.ground, h.score, h.strength, h.until
     from unnest($1::text[], $2::text[], $3::text[]) as t(person, list, entry) join vault.person a on a.id = decode(t.person, 'hex') or a.merged_into = decode(t.person, 'hex')
     join screening.hit h on h.person = encode(a.id, 'hex') and h.list = t.list and h.entry = t.entry and h.state in ('open', 'confirmed', 'cleared') order by h.hit`,
    [people, hits.map((hit) => hit.list), hits.map((hit) => hit.entry)]);
  const cleared = await tx.query<{ asked: string; subject: string; until: number }>(
    `select t.person as asked, h.subject, max(h.until) as until from unnest($1::text[], $2::text[]) as t(person, subject) join vault.person a on a.id = decode(t.person, 'hex') or a.merged_into = decode(t.person, 'hex')
     join screening.hit h on h.person = encode(a.id, 'hex') and h.subject = t.subject and h.state = 'cleared' group by 1, 2`, [people, hits.map((hit) => hit.subject)]);
  return {
    pairs: new Map(pairs.rows.map((row) => [keyOf({ person: row.asked, list: row.list, entry: row.entry }), row])),
    cleared: new Map(cleared.rows.map((row) => [`${row.asked} ${row.subject}`, row.until])),
  };
}

/** Hits of entries that have left the list, and of changed entries that no longer concern the person. A confirmed one ends by delisting alone. */
async function released(tx: Tx, people: StatedPeople, round: RoundHits, list: NewestNames, found: ReadonlyMap<string, HitBody>): Promise<NewEntry<'screening-released'>[]> {
  const { removed = [], weighed } = round;
  const gone = new Set(removed);
  const asked = [...removed, ...(weighed?.entries ?? [])];
  if (asked.length === 0) return [];
  const hits = (await tx.query<Standing>(
    `select hit, person, entry, state from screening.hit where list = $1 and entry = any($2) and state in ('open', 'confirmed', 'cleared') order by hit`, [list.list, asked])).rows;
  const changed = hits.filter((hit) => hit.state === 'open' && !gone.has(hit.entry));
  const present = await people.present(tx, changed.map((hit) => hit.person));
  const opened = await people.open([...new Set(changed.map((hit) => hit.person))]);
  const over = (hit: Standing): 'delisted' | 'entry-changed' | undefined => {
    if (gone.has(hit.entry)) return 'delisted';
    const person = hit.state === 'open' ? present.get(hit.person) : undefined;
    if (person === undefined || found.has(keyOf({ person, list: list.list, entry: hit.entry }))) return undefined;
    return weighed?.holds(hit.entry, opened.get(person) ?? []) === true ? undefined : 'entry-changed';
  };
  return hits.flatMap((hit) => {
    const reason = over(hit);
    return reason === undefined ? [] : [{ kind: 'screening-released', actor: WATCH, basis: BASIS, body: { hit: hit.hit, reason, version: list.version } }];
  });
}
