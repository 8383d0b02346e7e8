/**
 * The fake nation assembled: events, submissions, rejections, alerts, decisions, ledger entries. Everything
 * that a screen adds up is counted from these lists, so that parts and totals cannot disagree.
 */
import type { Alert, Decision, EntryRow, RejectionRow, SubmissionRow } from '../../src/contract/console.ts';
import { DAY_US, HOUR_US, REJECTIONS, formatKarachiDay, instantOf, karachiDay, type RejectionCode } from '../../src/terms/index.ts';
import { chanceOf } from './chance.ts';
import { alertOf, type Planted } from './nation-alerts.ts';
import { EventBook, RUPEE, background, gatherAndSend, nowUs, passThrough, structure, type FakeEvent } from './nation-events.ts';
import { firms, reporting, staff, stages, w } from './nation-firms.ts';
import type { RuleKey } from './nation-rules.ts';

export const dayOfUs = (at: number): string => formatKarachiDay(karachiDay(instantOf(at)));

export type Nation = {
  readonly events: FakeEvent[];
  readonly submissions: SubmissionRow[];
  readonly rejections: RejectionRow[];
  readonly alerts: Map<string, Alert>;
  readonly decisions: Map<string, Decision>;
  readonly entries: EntryRow[];
};

function plantAlerts(book: EventBook, people: readonly string[]): Planted[] {
  const { chance } = book;
  const planted: Planted[] = [];
  const person = (place: number): string => people[place] ?? '';
  const at = (hours: number): number => nowUs - Math.floor(hours * HOUR_US);
  planted.push({ rule: 'manyIn', also: ['private', 'pass'], severity: 'critical', score: 94, person: person(0), events: gatherAndSend(book, person(0), ['SDX', 'RCH'], at(1.5), 12) });
  planted.push({ rule: 'listed', also: [], severity: 'critical', score: 91, person: person(1), events: passThrough(book, person(1), 'DSM', 'DSM', at(11)) });
  planted.push({ rule: 'structuring', also: ['burst'], severity: 'high', score: 85, person: person(2), events: structure(book, person(2), ['RCH', 'SDX'], at(2), 6) });
  planted.push({ rule: 'pass', also: ['private'], severity: 'high', score: 80, person: person(3), events: passThrough(book, person(3), 'CHX', 'KHX', at(7)), state: 'provisional' });
  planted.push({ rule: 'service', also: [], severity: 'high', score: 88, person: null, events: passThrough(book, person(4), 'MKB', 'MKB', at(2.5)) });
  planted.push({ rule: 'manyIn', also: ['private'], severity: 'medium', score: 61, person: person(5), events: gatherAndSend(book, person(5), ['KHX'], at(20), 9), state: 'withdrawn' });
  const kinds: readonly RuleKey[] = ['private', 'burst', 'dormant', 'drain', 'structuring', 'pass', 'manyIn'];
  for (let place = 6; place < 64; place += 1) {
    const rule = chance.pick(kinds);
    const score = chance.whole(31, 78);
    const when = at(1 + chance.next() ** 2 * 250);
    const a = chance.pick(reporting).firm.code;
    const b = chance.pick(reporting).firm.code;
    const events = rule === 'structuring' ? structure(book, person(place), [a, b], when, 5) : rule === 'manyIn' ? gatherAndSend(book, person(place), [a, b], when, 9) : passThrough(book, person(place), a, b, when);
    planted.push({ rule, also: score > 60 ? ['burst'] : [], severity: score > 72 ? 'high' : score > 52 ? 'medium' : 'low', score, person: person(place), events });
  }
  return planted;
}

/** Reports that came a day after what they tell: a day by event and a day by admission then differ. */
function lateOnes(book: EventBook, people: readonly string[]): void {
  for (let n = 0; n < 7; n += 1) {
    book.add({ firm: 'MKB', kind: 'fiat-in', at: nowUs - 30 * HOUR_US - n * 60_000_000, admittedAt: nowUs - 3 * HOUR_US, person: people[n] ?? null, way: 'in', coin: RUPEE, amount: 41_000 + n * 500, end: { kind: 'bank', place: 'PK' }, counterparty: 'IBFT' });
  }
}

/** Batches of up to 40 events a firm and hour, each with its counts. */
function submit(events: FakeEvent[], chance: ReturnType<typeof chanceOf>): SubmissionRow[] {
  const batches = new Map<string, FakeEvent[]>();
  for (const event of events) {
    const key = `${event.firm} ${Math.floor(event.admittedAt / (2 * HOUR_US))}`;
    batches.set(key, [...(batches.get(key) ?? []), event]);
  }
  const leaves = new Map<string, number>();
  return [...batches.values()].map((batch) => {
    const [first] = batch;
    const firm = firms.find((one) => one.firm.code === first?.firm)?.firm;
    if (first === undefined || firm === undefined) throw new Error('a batch has a firm');
    const leaf = leaves.get(firm.code) ?? 0;
    leaves.set(firm.code, leaf + 1);
    const id = `${firm.code}-${String(leaf + 1).padStart(5, '0')}`;
    batch.forEach((event, line) => Object.assign(event, { submission: id, line: line + 1 }));
    const receivedAt = Math.max(...batch.map((event) => event.admittedAt));
    const accepted = batch.length;
    return {
      id, firm, receivedAt, format: 'ndjson' as const, bytes: accepted * chance.whole(380, 540), sent: accepted, accepted, duplicate: 0, held: 0, rejected: 0,
      receipt: { leaf, treeSize: leaf + 1, entry: null, batchHash: chance.hex(64) },
    };
  }).toSorted((a, b) => b.receivedAt - a.receivedAt);
}

const usual: readonly { code: RejectionCode; place: string }[] = [
  { code: 'EVENT_FIELD_MISSING', place: 'amount.value' }, { code: 'EVENT_ID_CONFLICT', place: 'id' }, { code: 'EVENT_AMOUNT_INVALID', place: 'amount.value' }, { code: 'EVENT_IN_FUTURE', place: 'at' },
  { code: 'EVENT_ASSET_UNKNOWN', place: 'amount.asset' }, { code: 'EVENT_ADDRESS_INVALID', place: 'address' }, { code: 'EVENT_TARGET_UNKNOWN', place: 'target' },
];

function turnAway(submissions: SubmissionRow[], chance: ReturnType<typeof chanceOf>): RejectionRow[] {
  const rows: RejectionRow[] = [];
  for (const [place, row] of submissions.entries()) {
    if (chance.next() > 0.14 && !(row.firm.code === 'MKB' && chance.next() < 0.4)) continue;
    const count = chance.whole(1, row.firm.code === 'MKB' ? 6 : 3);
    Object.assign(row, { rejected: count, sent: row.sent + count });
    for (let n = 0; n < count; n += 1) {
      const { code, place: where } = chance.pick(usual);
      const later = submissions.slice(0, place).findLast((one) => one.firm.code === row.firm.code);
      if (!(code in REJECTIONS)) continue;
      rows.push({ id: `R-${rows.length + 1}`, firm: row.firm, submission: row.id, line: row.accepted + n + 1, at: row.receivedAt, code, place: where, mendedBy: later !== undefined && chance.next() < 0.5 ? later.id : null });
    }
  }
  return rows.toSorted((a, b) => b.at - a.at);
}

function enter(submissions: SubmissionRow[]): EntryRow[] {
  const entries: Omit<EntryRow, 'index'>[] = [];
  for (const one of firms) {
    entries.push({ kind: 'stage-changed', version: 1, at: Date.parse(`${one.since}T06:00:00Z`) * 1000, ...(one.firm.invented ? { actor: 'N. Baig', second: 'F. Mirza', basis: w('NOC reg. 16', 'NOC ضابطہ 16') } : { actor: 'public announcement', second: null, basis: null }), title: w(`${one.firm.name.en}: ${stages[one.at].stage.title.en}`, `${one.firm.name.ur}: ${stages[one.at].stage.title.ur}`), firm: one.firm.code });
  }
  entries.push({ kind: 'list-published', version: 1, at: Date.parse('2026-11-01T05:00:00Z') * 1000, actor: 'screening', second: null, basis: null, title: w('OFAC wallet list of 24 Dec 2025', '24 دسمبر 2025 کی OFAC والٹ فہرست'), firm: null });
  for (const row of submissions) entries.push({ kind: 'submission-received', version: 1, at: row.receivedAt, actor: row.firm.code, second: null, basis: w('Act s.48', 'ایکٹ دفعہ 48'), title: w(`Batch of ${row.accepted} events`, `${row.accepted} واقعات کی کھیپ`), firm: row.firm.code });
  const sorted = entries.toSorted((a, b) => a.at - b.at).map((entry, index): EntryRow => ({ ...entry, index }));
  for (const row of submissions) {
    const entry = sorted.find((one) => one.kind === 'submission-received' && one.firm === row.firm.code && one.at === row.receivedAt);
    if (row.receipt !== null && entry !== undefined) Object.assign(row.receipt, { entry: entry.index });
  }
  return sorted;
}

function decideSome(alerts: Map<string, Alert>): Map<string, Decision> {
  const [first, second, third] = [...alerts.values()].map((one) => one.row);
  const decisions = new Map<string, Decision>();
  const put = (id: string, row: typeof first, outcome: Decision['outcome'], reason: Decision['reason'], note: string, by: Decision['proposedBy'], minutes: number): void => {
    if (row === undefined) return;
    const decision: Decision = { id, alert: row.id, alertTitle: row.title, severity: row.severity, outcome, reason, note, state: 'waiting', proposedBy: by, proposedAt: nowUs - minutes * 60_000_000, secondBy: null, secondAt: null, secondNote: null, maySecond: true, whyNot: null, entry: null };
    decisions.set(id, decision);
    Object.assign(row, { waiting: decision, assignee: by });
  };
  put('D-1', first, 'escalate', 'cross-firm-pattern', 'No proof that the wallet is their own is held at either firm.', staff.raza, 22);
  put('D-2', third, 'dismiss', 'expected-for-profile', 'Salary agent, the same parts every month since July.', staff.khan, 49);
  if (second !== undefined) Object.assign(second, { assignee: staff.khan });
  return decisions;
}

export function makeNation(seed: number): Nation {
  const book = new EventBook(seed);
  const people = Array.from({ length: 420 }, () => book.chance.hex(32));
  const planted = plantAlerts(book, people);
  background(book, people.slice(80), 6_000);
  lateOnes(book, people.slice(80));
  const alerts = new Map(planted.map((one, place) => alertOf(one, 20_418 - place * 7, 400 + place)).map((alert) => [alert.row.id, alert]));
  const lateFirm = book.all.filter((event) => event.firm === 'MKB' && event.admittedAt > nowUs - 600_000_000);
  for (const event of lateFirm) Object.assign(event, { admittedAt: nowUs - 600_000_000 });
  for (const event of book.all.filter((one) => one.firm === 'TTD' && one.at > nowUs - 13 * DAY_US && one.kind === 'trade')) Object.assign(event, { kind: 'sign-in', money: null, pkr: null });
  const chance = chanceOf(seed + 1);
  const submissions = submit(book.all, chance);
  const rejections = turnAway(submissions, chance);
  const entries = enter(submissions);
  return { events: book.all.toSorted((a, b) => b.at - a.at), submissions, rejections, alerts, decisions: decideSome(alerts), entries };
}
