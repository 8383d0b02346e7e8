/** Alerts of the fake nation, explained from the very events that were planted, so that every figure opens what it counts. */
import type { Alert, AlertRow, EventFilter, Explained, Finding, Measure, Severity, TimelineEvent } from '../../src/contract/console.ts';
import { HOUR_US } from '../../src/terms/index.ts';
import { w } from './nation-firms.ts';
import { USDT, nowUs, type FakeEvent } from './nation-events.ts';
import { rules, type RuleKey } from './nation-rules.ts';

export type Planted = { readonly rule: RuleKey; readonly also: readonly RuleKey[]; readonly severity: Severity; readonly score: number; readonly person: string | null; readonly events: readonly FakeEvent[]; readonly state?: 'provisional' | 'withdrawn' };

const assumed = { status: 'assumption', clause: w('Pack default, no instrument', 'پیک کا طے شدہ، کوئی دستاویز نہیں') } as const;
const hours24 = w('24 h', '24 گھنٹے');
const sumPaisa = (events: readonly FakeEvent[], way: 'in' | 'out'): number => events.filter((one) => one.way === way).reduce((sum, one) => sum + (one.pkr?.paisa ?? 0), 0);
const senders = (events: readonly FakeEvent[]): number => new Set(events.filter((one) => one.way === 'in').map((one) => one.counterparty)).size;
const firmsOf = (events: readonly FakeEvent[]): string[] => [...new Set(events.map((one) => one.firm))];
const spanMs = (events: readonly FakeEvent[]): number => Math.round((Math.max(...events.map((one) => one.at)) - Math.min(...events.map((one) => one.at))) / 1000);

function measuresOf(planted: Planted, evidence: EventFilter): Measure[] {
  const { events } = planted;
  const inPaisa = sumPaisa(events, 'in');
  const share = Math.min(1, sumPaisa(events, 'out') / Math.max(inPaisa, 1));
  const count = senders(events);
  const firms = firmsOf(events).length;
  const ins: EventFilter = { ...evidence, way: 'in' };
  const outs: EventFilter = { ...evidence, way: 'out' };
  const money: Measure = { name: w('Taken in', 'آمد'), value: { kind: 'pkr', paisa: inPaisa }, threshold: { kind: 'pkr', paisa: 300_000_000 }, comparison: 'at-least', margin: { kind: 'pkr', paisa: inPaisa - 300_000_000 }, provenance: assumed, evidence: ins };
  const left: Measure = { name: w('Sent on', 'آگے بھیجا'), value: { kind: 'ratio', value: share }, threshold: { kind: 'ratio', value: 0.9 }, comparison: 'at-least', margin: { kind: 'ratio', value: share - 0.9 }, provenance: assumed, evidence: outs };
  const held: Measure = { name: w('Time from first in to last out', 'پہلی آمد سے آخری نکاسی'), value: { kind: 'duration', ms: spanMs(events) }, threshold: { kind: 'duration', ms: 7 * 3_600_000 }, comparison: 'at-most', margin: { kind: 'duration', ms: spanMs(events) - 7 * 3_600_000 }, provenance: assumed, evidence };
  const many: Measure = { name: w('Sending wallets', 'بھیجنے والے والٹ'), value: { kind: 'count', value: count }, threshold: { kind: 'count', value: 8 }, comparison: 'at-least', margin: { kind: 'count', value: count - 8 }, provenance: assumed, evidence: ins };
  const wide: Measure = { name: w('Firms involved', 'شامل ادارے'), value: { kind: 'count', value: firms }, threshold: { kind: 'count', value: 1 }, comparison: 'at-least', margin: { kind: 'count', value: firms - 1 }, provenance: assumed, evidence };
  if (planted.rule === 'manyIn') return [many, money, left, held, wide];
  if (planted.rule === 'listed' || planted.rule === 'service') return [{ name: w('Match', 'مطابقت'), value: { kind: 'count', value: events.length }, threshold: null, comparison: 'present', margin: null, provenance: { status: 'prescribed', clause: w('Act s.12', 'ایکٹ دفعہ 12') }, evidence }, money];
  if (planted.rule === 'structuring') {
    const near = events.filter((one) => one.way === 'in').length;
    return [{ ...many, name: w('Deposits just below PKR 1,000,000', 'PKR 1,000,000 سے ذرا کم جمع'), value: { kind: 'count', value: near }, threshold: { kind: 'count', value: 4 }, margin: { kind: 'count', value: near - 4 }, provenance: { status: 'draft', clause: w('Draft travel rule', 'مجوزہ ٹریول رول') } }, money];
  }
  return [money, left, held];
}

function findingOf(planted: Planted, key: RuleKey, id: string, points: number, entry: number): Finding {
  const evidence: EventFilter = { finding: id };
  const measures = measuresOf({ ...planted, rule: key }, evidence);
  const firms = firmsOf(planted.events);
  const state = planted.state ?? 'settled';
  const last = Math.max(...planted.events.map((one) => one.admittedAt));
  const { innocent: _innocent, ...rule } = rules[key];
  const alone = firms.length < 2 ? [] : [...firms.map((firm) => {
    const own = measuresOf({ ...planted, rule: key, events: planted.events.filter((one) => one.firm === firm) }, { ...evidence, firm });
    const short = own.filter((one) => one.margin !== null && one.comparison === 'at-least' && JSON.stringify(one.margin).includes('-')).length;
    return { firm, values: own.map((one) => ({ value: one.value, evidence: one.evidence })), fires: false, why: w(short <= 1 ? 'No, one short' : `No, ${short} short`, short <= 1 ? 'نہیں، ایک کم' : `نہیں، ${short} کم`) };
  }), { firm: null, values: measures.map((one) => ({ value: one.value, evidence: one.evidence })), fires: true, why: w('Yes', 'ہاں') }];
  return {
    id, rule, state, points, decidedAt: last, settledAt: state === 'provisional' ? null : Math.min(nowUs, last + 600_000_000), window: hours24, measures,
    clearing: planted.rule === 'listed' ? null : w('one wallet fewer than the threshold, or PKR 1 less than the sum, or one more hour.', 'حد سے ایک والٹ کم، یا رقم میں PKR 1 کم، یا ایک گھنٹہ زیادہ۔'),
    seenAlone: alone, entry,
  };
}

function sentenceOf(planted: Planted, alert: string): Explained {
  const { events } = planted;
  const own = { alert };
  const ins = events.filter((one) => one.way === 'in' && one.money?.symbol === 'USDT');
  const amount = ins.reduce((sum, one) => sum + Number(one.money?.amount ?? 0), 0).toFixed(2);
  const person = planted.person;
  const figures: Explained['figures'] = {
    window: { value: { kind: 'duration', ms: spanMs(events) }, evidence: own },
    in: { value: ins.length > 0 ? { kind: 'money', amount, asset: USDT.asset, symbol: 'USDT' } : { kind: 'pkr', paisa: sumPaisa(events, 'in') }, evidence: { ...own, way: 'in' } },
    wallets: { value: { kind: 'count', value: senders(events) }, evidence: { ...own, way: 'in' } },
    share: { value: { kind: 'ratio', value: Math.min(1, sumPaisa(events, 'out') / Math.max(1, sumPaisa(events, 'in'))) }, evidence: { ...own, way: 'out' } },
    firms: { value: { kind: 'count', value: firmsOf(events).length }, evidence: own },
    ...(person === null ? {} : { person: { value: { kind: 'person', person }, evidence: { person } } }),
  };
  const who = person === null ? { en: 'the firm', ur: 'ادارے نے' } : { en: 'one person, {person},', ur: 'ایک شخص {person} نے' };
  const text = planted.rule === 'structuring'
    ? w(`Within {window} ${who.en} paid in {in} in parts, each just below the draft threshold.`, `{window} میں ${who.ur} {in} حصوں میں جمع کرائے، ہر حصہ مجوزہ حد سے ذرا کم۔`)
    : w(`Within {window} ${who.en} took in {in} from {wallets} wallets at {firms} firms and sent {share} of it on.${firmsOf(events).length > 1 ? ' Neither firm could see the other half.' : ''}`,
      `{window} میں ${who.ur} {firms} اداروں پر {wallets} والٹ سے {in} لیے اور اس کا {share} آگے بھیج دیا۔${firmsOf(events).length > 1 ? ' کوئی ادارہ دوسرا حصہ نہیں دیکھ سکتا تھا۔' : ''}`);
  return { text, figures };
}

function timelineOf(planted: Planted, alert: string): Alert['timeline'] {
  const names = new Map<string, string>();
  const items = planted.events.toSorted((a, b) => a.at - b.at).map((one): TimelineEvent => {
    const isWallet = one.counterparty !== null && one.counterparty.startsWith('0x');
    if (isWallet && one.counterparty !== null && !names.has(one.counterparty)) names.set(one.counterparty, `W${names.size + 1}`);
    return { firm: one.firm, id: one.id, kind: one.kind, at: one.at, way: one.way, money: one.money, pkr: one.pkr, end: one.end, counterparty: isWallet ? names.get(one.counterparty ?? '') ?? null : one.counterparty, late: one.late };
  });
  return { items: items.slice(0, 200), total: items.length, evidence: { alert } };
}

/** Makes the alert of a planted pattern and marks its events with it. */
export function alertOf(planted: Planted, number: number, entry: number): Alert {
  const id = `AL-${number}`;
  const keys = [planted.rule, ...planted.also];
  const findings = keys.map((key, place) => findingOf(planted, key, `${id}-${place + 1}`, Math.round(planted.score * (place === 0 ? 0.45 : 0.3)), entry + place));
  for (const event of planted.events) {
    event.alerts.push(id);
    event.findings.push(...findings.map((one) => one.id));
  }
  const raisedAt = Math.max(...planted.events.map((one) => one.admittedAt)) + 3_000_000;
  const row: AlertRow = {
    id, version: 1, title: rules[planted.rule].title, severity: planted.severity, score: planted.score, person: planted.person, firms: firmsOf(planted.events), raisedAt, state: 'open',
    findings: planted.state ?? 'settled', assignee: null, waiting: null, needsSecond: planted.severity === 'critical' || planted.severity === 'high',
  };
  return {
    asOf: nowUs, row, sentence: sentenceOf(planted, id), innocent: rules[planted.rule].innocent,
    alsoChecked: [{ text: w('No match by wallet on the OFAC list of {ofac}.', '{ofac} کی OFAC فہرست میں کوئی والٹ نہیں ملا۔'), figures: { ofac: { value: { kind: 'instant', at: Date.parse('2025-12-24T00:00:00Z') * 1000 }, evidence: null } } }],
    findings, timeline: timelineOf(planted, id),
    steps: [{ at: raisedAt, by: null, what: 'raised', note: null, entry }, ...(planted.state === 'withdrawn' ? [{ at: Math.min(nowUs, raisedAt + HOUR_US / 3), by: null, what: 'finding-withdrawn' as const, note: 'A correction of the firm changed two amounts.', entry: entry + 1 }] : [])],
  };
}
