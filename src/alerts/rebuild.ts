/**
 * Folds the alerts again: changes to findings and acts of officers in the order of the ledger, an act after
 * everything that the ledger held before it. It appends nothing; each alert takes the number that the ledger gave
 * it, and an alert or an act that the ledger and the fold do not agree on is told.
 *
 * It folds as far as the alerts had followed: the place is no view, and stays.
 */

import { isKind, readEntries, type Entry, type Tx } from '../log/index.ts';
import { applyDecided, numberOfName } from './decided.ts';
import { foldFinding, nextNumber, type FindingFact, type Opener } from './fold.ts';
import { lockFold, readChanges, type Place } from './follow.ts';

/** The views that `rebuildAlerts` folds. */
export const alertViews: readonly string[] = ['alerts.alert', 'alerts.finding', 'alerts.evidence', 'alerts.step', 'alerts.decision'];

const PAGE = 1_000;
const FAULTS_MAX = 20;
const START: Place = { entry: -1, n: -1 };

/** Drops the views' rows and folds again; gives what ledger and fold do not agree on. `tx`: as the owner of the tables, after the monitor's views. */
export async function rebuildAlerts(tx: Tx): Promise<readonly string[]> {
  for (const view of [...alertViews].reverse()) await tx.query(`delete from ${view}`);
  const until = await lockFold(tx);
  const { raised, decided } = await readOwn(tx);
  const faults: string[] = [];
  const open = openerFrom(raised, faults);
  let next = 0;
  const actBelow = async (entry: number): Promise<void> => {
    for (let act = decided[next]; act !== undefined && act.index < entry; act = decided[next]) {
      if ((await applyDecided(tx, act)) === 'adrift') faults.push(`entry ${act.index} decides about ${act.body.alert}, which does not wait for it`);
      next += 1;
    }
  };
  for await (const { place, fact } of changes(tx)) {
    if (isAfter(place, until)) break;
    await actBelow(fact.entry);
    await foldFinding(tx, fact, open);
  }
  await actBelow(Number.MAX_SAFE_INTEGER);
  for (const left of [...raised.values()].flat()) faults.push(`entry ${left.index} raises ${left.body.alert}, which nothing in the log raises`);
  return faults.slice(0, FAULTS_MAX);
}

const isAfter = (place: Place, other: Place): boolean => place.entry > other.entry || (place.entry === other.entry && place.n > other.n);

async function* changes(tx: Tx): AsyncGenerator<{ readonly place: Place; readonly fact: FindingFact }> {
  for (let at = START; ;) {
    const page = await readChanges(tx, at, PAGE);
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    at = last.place;
  }
}

interface Own {
  /** Entries that raised an alert, by subject, in order. */
  readonly raised: Map<string, Entry<'alert-raised'>[]>;
  readonly decided: Entry<'alert-decided'>[];
}

async function readOwn(tx: Tx): Promise<Own> {
  const own: Own = { raised: new Map(), decided: [] };
  for (let from = 0; ;) {
    const page = await readEntries(tx, { from, kinds: ['alert-raised', 'alert-decided'], limit: PAGE });
    for (const entry of page) {
      if (isKind(entry, 'alert-decided')) own.decided.push(entry);
      if (isKind(entry, 'alert-raised')) own.raised.set(entry.body.subject, [...(own.raised.get(entry.body.subject) ?? []), entry]);
    }
    const last = page.at(-1);
    if (last === undefined) return own;
    from = last.index + 1;
  }
}

/** The numbers that the ledger gave, taken in its order for each subject. */
function openerFrom(raised: Own['raised'], faults: string[]): Opener {
  return async (tx, subject) => {
    const entry = raised.get(subject)?.shift();
    if (entry !== undefined) return numberOfName(entry.body.alert);
    faults.push(`an alert about ${subject} follows from the log, and no entry raises it`);
    return nextNumber(tx, 'alerts.alert');
  };
}
