/** The fake server's answers about firms and what they send: lists and sums counted from the nation. */
import type { Answer } from '../../src/contract/console.ts';
import { DAY_US } from '../../src/terms/index.ts';
import { nowUs, priceSource, type FakeEvent } from './nation-events.ts';
import { clause, firms, reporting, stageOrder, stages, w, type FakeFirm } from './nation-firms.ts';
import { dayOfUs, type Nation } from './nation.ts';

const today = dayOfUs(nowUs);
const limit = clause('assumption', 'Pack default, no instrument', 'پیک کا طے شدہ، کوئی دستاویز نہیں');
const limitMs = 60_000;

export function dayCountsOf(nation: Nation, day: string, firm?: string) {
  const events = nation.events.filter((one) => dayOfUs(one.admittedAt) === day && (firm === undefined || one.firm === firm));
  const rejected = nation.rejections.filter((one) => dayOfUs(one.at) === day && (firm === undefined || one.firm.code === firm)).length;
  const of = (state: FakeEvent['state']): number => events.filter((one) => one.state === state).length;
  const held = of('held');
  const accepted = events.length - held;
  return { day, sent: accepted + held + rejected, accepted, duplicate: 0, held, rejected, decided: accepted - of('undecided') - of('quarantined'), undecided: of('undecided'), quarantined: of('quarantined') };
}

export function feedOf(code: string) {
  const lagMs = code === 'MKB' ? 252_000 : 1_600 + (code.charCodeAt(0) % 7) * 240;
  return { lastReceivedAt: nowUs - lagMs * 1000, lagMs, late: lagMs > limitMs, limitMs, limit };
}

const thirtyDays = Array.from({ length: 30 }, (_, back) => dayOfUs(nowUs - (30 - back) * DAY_US));
const tradedOf = (nation: Nation, firm: string): number =>
  nation.events.filter((one) => one.kind === 'trade' && one.firm === firm && thirtyDays.includes(dayOfUs(one.at))).reduce((sum, one) => sum + (one.pkr?.paisa ?? 0), 0);

export function rowOf(nation: Nation, one: FakeFirm): Answer<'firms'>['items'][number] {
  const { code } = one.firm;
  return {
    firm: one.firm, stage: stages[one.at].stage, stageSince: Date.parse(`${one.since}T06:00:00Z`) * 1000,
    activity: one.share === 0 ? null : {
      feed: feedOf(code), today: dayCountsOf(nation, today, code), traded30d: tradedOf(nation, code),
      openAlerts: [...nation.alerts.values()].filter((alert) => alert.row.state === 'open' && alert.row.firms.includes(code)).length,
    },
  };
}

export const ladder = (): Answer<'firms'>['ladder'] => stageOrder.map((key) => ({ ...stages[key], firms: firms.filter((one) => one.at === key).map((one) => one.firm) }));

export function firmsAnswer(nation: Nation, query: Record<string, string>): Answer<'firms'> {
  const q = (query['q'] ?? '').toLowerCase();
  const items = firms.map((one) => rowOf(nation, one)).filter((row) => (query['stage'] === undefined || row.stage.id === query['stage']) && `${row.firm.code} ${row.firm.name.en} ${row.firm.name.ur}`.toLowerCase().includes(q));
  return { asOf: nowUs, items, next: null, total: items.length, ladder: ladder() };
}

const gate = (state: 'met' | 'missing' | 'waits', en: string, ur: string, basis: [string, string], at: string | null, note: [string, string] | null = null, status: 'prescribed' | 'unset' = 'prescribed') =>
  ({ state, title: w(en, ur), at: at === null ? null : Date.parse(`${at}T06:00:00Z`) * 1000, note: note === null ? null : w(note[0], note[1]), provenance: clause(status, basis[0], basis[1]) });
const gates: Answer<'firm'>['gates'] = [
  gate('met', 'Company incorporated in Pakistan', 'پاکستان میں کمپنی کا قیام', ['Act s.19(4)', 'ایکٹ دفعہ 19(4)'], '2026-08-18'),
  gate('met', 'goAML registration complete', 'goAML رجسٹریشن مکمل', ['NOC reg. 17.1', 'NOC ضابطہ 17.1'], '2026-06-27'),
  gate('met', 'Due diligence live before the first service', 'پہلی خدمت سے پہلے جانچ جاری', ['NOC reg. 9.3', 'NOC ضابطہ 9.3'], '2026-06-26'),
  gate('missing', 'Resident key individual with authority', 'مقیم بااختیار کلیدی فرد', ['Act s.21', 'ایکٹ دفعہ 21'], null, ['clearance awaited', 'منظوری کا انتظار']),
  gate('waits', 'Licensing regulations issued', 'لائسنسنگ ضوابط کا اجرا', ['NOC reg. 15.3(c)', 'NOC ضابطہ 15.3(c)'], null, ['not published', 'شائع نہیں ہوئے'], 'unset'),
];
const serviceNames: readonly [string, string, string, boolean][] = [
  ['advisory', 'Advisory', 'مشاورت', false], ['broker-dealer', 'Broker-dealer', 'بروکر ڈیلر', true], ['custody', 'Custody and administration', 'تحویل', true], ['exchange', 'Exchange', 'ایکس‌چینج', true], ['lending', 'Lending and borrowing', 'قرض', false],
  ['derivatives', 'Derivatives', 'ڈیریویٹوز', true], ['management', 'Management and investment', 'انتظام و سرمایہ کاری', false], ['transfer', 'Transfer and settlement', 'منتقلی و تصفیہ', false], ['issuance', 'Issuance', 'اجرا', false], ['mining', 'Mining-related', 'کان کنی سے متعلق', false],
];
const path = ['application', 'noc', 'aml', 'licensing', 'provisional', 'licensed'] as const;

function stepsOf(one: FakeFirm): Answer<'firm'>['steps'] {
  const at = path.findIndex((key) => key === one.at);
  const reached = one.at === 'suspended' || one.at === 'revoked' ? 3 : at;
  return path.map((key, place) => ({ stage: stages[key].stage, state: place < reached ? 'done' : place === reached ? 'now' : 'later', since: place === reached ? Date.parse(`${one.since}T06:00:00Z`) * 1000 : null, note: place === reached ? stages[key].may : null, clause: place > reached ? w('Act s.21', 'ایکٹ دفعہ 21') : null }));
}

export function firmAnswer(nation: Nation, code: string): Answer<'firm'> | null {
  const one = firms.find((firm) => firm.firm.code === code);
  if (one === undefined) return null;
  const row = rowOf(nation, one);
  const active = row.activity !== null;
  const own = nation.entries.filter((entry) => entry.firm === code).toReversed();
  const rejected = nation.rejections.filter((rejection) => rejection.firm.code === code && dayOfUs(rejection.at) === today);
  const people = new Set(nation.events.filter((event) => event.firm === code).map((event) => event.person)).size;
  const last = nation.submissions.find((submission) => submission.firm.code === code);
  return {
    asOf: nowUs, row, registerNumber: one.register,
    published: one.firm.invented ? null : { text: w('Holds a no-objection certificate (NOC) of 12 December 2025, as announced. An NOC is not a licence. Nothing else is shown about this firm.', '12 دسمبر 2025 کا این او سی رکھتا ہے، جیسا اعلان ہوا۔ این او سی لائسنس نہیں۔ اس ادارے کے بارے میں اور کچھ نہیں دکھایا جاتا۔'), source: 'public announcement, 12 December 2025' },
    steps: one.at === 'sandbox' ? [] : stepsOf(one), gates: active ? gates : [],
    services: serviceNames.map(([id, en, ur, open]) => ({ id, title: w(en, ur), open: open && active && one.at !== 'suspended', provenance: clause('prescribed', open ? 'NOC reg. 2.3' : 'Act Sch. I', open ? 'NOC ضابطہ 2.3' : 'ایکٹ جدول اول') })),
    limits: !active ? [] : [
      { title: w('Customers', 'گاہک'), live: { kind: 'count', value: people }, limit: { kind: 'count', value: 400 }, bound: 'ceiling', provenance: limit, evidence: { firm: code } },
      { title: w('Traded, 30 days', '30 دن کا لین دین'), live: { kind: 'pkr', paisa: row.activity?.traded30d ?? 0 }, limit: { kind: 'pkr', paisa: Math.round((row.activity?.traded30d ?? 0) * 1.06) + 100 }, bound: 'ceiling', provenance: limit, evidence: { firm: code, kind: 'trade' } },
      { title: w('Held cold, at least', 'کم از کم سرد تحویل'), live: { kind: 'ratio', value: 0.931 }, limit: { kind: 'ratio', value: 0.9 }, bound: 'floor', provenance: limit, evidence: null },
      { title: w('Capital', 'سرمایہ'), live: { kind: 'pkr', paisa: 0 }, limit: null, bound: 'floor', provenance: { status: 'unset', clause: null }, evidence: null },
    ],
    flags: active ? [{ title: w('Legal flag, unresolved.', 'قانونی اختلاف، غیر حل شدہ۔'), text: w('Act s.50(1) forbids service without a licence; NOC reg. 2.3 opens four before it. Known from secondary sources only.', 'ایکٹ کی دفعہ 50(1) لائسنس کے بغیر خدمت سے روکتی ہے؛ NOC ضابطہ 2.3 پہلے ہی چار کھولتا ہے۔ صرف ثانوی ذرائع سے معلوم۔') }] : [],
    rejections: [...new Set(rejected.map((rejection) => rejection.code))].map((one_) => ({ code: one_, count: rejected.filter((rejection) => rejection.code === one_).length })),
    alerts: (['critical', 'high', 'medium', 'low'] as const).map((severity) => ({ severity, count: [...nation.alerts.values()].filter((alert) => alert.row.state === 'open' && alert.row.severity === severity && alert.row.firms.includes(code)).length })),
    lastSubmission: last === undefined ? null : { id: last.id, at: last.receivedAt, sent: last.sent, rejected: last.rejected, entry: last.receipt?.entry ?? null },
    history: own.filter((entry) => entry.kind !== 'submission-received').concat(own.filter((entry) => entry.kind === 'submission-received').slice(0, 5)).map((entry) => ({ at: entry.at, title: entry.title, actors: [entry.actor, ...(entry.second === null ? [] : [entry.second])], basis: entry.basis, entry: entry.index })),
    historyTotal: own.length,
  };
}

export function overviewAnswer(nation: Nation): Answer<'overview'> {
  const open = [...nation.alerts.values()].map((alert) => alert.row).filter((row) => row.state === 'open');
  const ageOf = (at: number) => { const hours = (nowUs - at) / 3.6e9; return hours < 4 ? 'under-4h' : hours < 24 ? '4h-24h' : hours < 72 ? '1d-3d' : hours < 168 ? '3d-7d' : 'over-7d'; };
  const cells = new Map<string, { severity: typeof open[number]['severity']; age: ReturnType<typeof ageOf>; count: number }>();
  for (const row of open) {
    const age = ageOf(row.raisedAt);
    const cell = cells.get(`${row.severity} ${age}`) ?? { severity: row.severity, age, count: 0 };
    cells.set(`${row.severity} ${age}`, { ...cell, count: cell.count + 1 });
  }
  const flows = new Map<string, Answer<'overview'>['flows']['items'][number]>();
  for (const event of nation.events) {
    if (event.way === 'none' || event.end === null) continue;
    const key = `${event.way} ${event.firm} ${event.end.kind} ${event.end.place ?? ''}`;
    const flow = flows.get(key) ?? { way: event.way, firm: event.firm, end: event.end, paisa: 0, events: 0 };
    flows.set(key, { ...flow, paisa: flow.paisa + (event.pkr?.paisa ?? 0), events: flow.events + 1 });
  }
  const traded = thirtyDays.map((day) => ({ day, paisa: nation.events.filter((event) => event.kind === 'trade' && dayOfUs(event.at) === day).reduce((sum, event) => sum + (event.pkr?.paisa ?? 0), 0) }));
  const counts = dayCountsOf(nation, today);
  const findings = [...nation.alerts.values()].flatMap((alert) => alert.findings);
  const titles = new Map(findings.map((finding) => [finding.rule.id, finding.rule.title]));
  const rejectedToday = nation.rejections.filter((rejection) => dayOfUs(rejection.at) === today);
  return {
    asOf: nowUs, today: counts, overdue: 0, deadlineMs: 60_000, checkpoint: { size: nation.entries.length, at: nowUs - 20_000_000 },
    traded: { days: traded, total: traded.reduce((sum, one) => sum + one.paisa, 0), source: priceSource },
    findings: { settled: findings.filter((one) => one.state === 'settled').length, provisional: findings.filter((one) => one.state === 'provisional').length, withdrawn: findings.filter((one) => one.state === 'withdrawn').length },
    alerts: {
      open: open.length, oldestRaisedAt: open.length === 0 ? null : Math.min(...open.map((row) => row.raisedAt)), cells: [...cells.values()],
      byRule: [...titles].map(([rule, title]) => ({ rule, title, open: [...nation.alerts.values()].filter((alert) => alert.row.state === 'open' && alert.findings.some((finding) => finding.rule.id === rule)).length })),
    },
    feeds: { expected: reporting.length, onTime: reporting.filter((one) => !feedOf(one.firm.code).late).length, limitMs, limit },
    flows: { from: thirtyDays[0] ?? today, to: today, source: priceSource, items: [...flows.values()] },
    firms: reporting.map((one) => ({ firm: one.firm, stage: stages[one.at].stage, traded30d: tradedOf(nation, one.firm.code), today: dayCountsOf(nation, today, one.firm.code), feed: feedOf(one.firm.code) })),
    ladder: ladder(),
    rejections: [...new Set(rejectedToday.map((one) => one.code))].map((code) => ({ code, count: rejectedToday.filter((one) => one.code === code).length })),
  };
}

export function engineAnswer(nation: Nation): Answer<'engine'> {
  const up = (name: Answer<'engine'>['engines'][number]['name'], version: string | null) => ({ name, state: 'up' as const, version, where: 'embedded' as const, since: nowUs - 3 * DAY_US, note: null });
  const head = nation.submissions.length;
  return {
    asOf: nowUs, deadlineMs: 60_000, overdue: 0, log: { head, decided: head, analytics: head - 2, analyticsLagMs: 1_400 },
    engines: [up('server', '0.1.0'), up('postgresql', '18.4'), up('clickhouse', '26.7'), { ...up('vault', '0.1.0'), note: w('Ended once at 09:12 and came back by itself.', '09:12 پر ایک بار رکا اور خود بحال ہوا۔') }, up('event-log', null), up('objects', null)],
    workers: [0, 1].map((n) => ({ id: `worker-${n + 1}`, state: 'up', partitions: 128, epoch: 4 + n, controlEpoch: 31, position: Math.floor(head / 2) + n, behind: 0, lagMs: 420, eventsPerSecond: 212 + n * 13, people: 208 + n, restarts: n })),
    days: Array.from({ length: 14 }, (_, back) => dayCountsOf(nation, dayOfUs(nowUs - back * DAY_US))),
    feeds: reporting.map((one) => ({ firm: one.firm, feed: feedOf(one.firm.code), today: dayCountsOf(nation, today, one.firm.code), gaps: one.firm.code === 'MKB' ? 2 : 0, closing: one.firm.code === 'MKB' ? 'missing' : 'agrees' })),
    quarantine: [],
  };
}
