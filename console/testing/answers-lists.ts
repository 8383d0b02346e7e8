/** The fake server's lists: events, submissions, rejections, alerts, ledger; filtered as the contract says, in pages. */
import type { Answer, Decision } from '../../src/contract/console.ts';
import { nowUs, type FakeEvent } from './nation-events.ts';
import { dayOfUs, type Nation } from './nation.ts';

type Query = Record<string, string>;

/** A page of rows; the cursor is the place of the next row. */
function page<T>(rows: readonly T[], query: Query): { items: T[]; next: string | null; total: number } {
  const start = Number(query['cursor'] ?? 0);
  const limit = Number(query['limit'] ?? 100);
  const end = start + limit;
  return { items: rows.slice(start, end), next: end < rows.length ? String(end) : null, total: rows.length };
}

const inDays = (at: number, query: Query): boolean => (query['from'] === undefined || dayOfUs(at) >= query['from']) && (query['to'] === undefined || dayOfUs(at) <= query['to']);

const tests: Readonly<Record<string, (event: FakeEvent, value: string) => boolean>> = {
  firm: (event, value) => event.firm === value,
  kind: (event, value) => value.split(',').includes(event.kind),
  person: (event, value) => event.person === value,
  asset: (event, value) => event.money?.asset === value,
  way: (event, value) => event.way === value,
  end: (event, value) => event.end?.kind === value,
  place: (event, value) => event.end?.place === value,
  wallet: (event, value) => event.counterparty === value,
  transaction: () => false,
  state: (event, value) => event.state === value,
  late: (event, value) => String(event.late) === value,
  submission: (event, value) => event.submission === value,
  alert: (event, value) => event.alerts.includes(value),
  finding: (event, value) => event.findings.includes(value),
  since: (event, value) => event.at >= Number(value),
  before: (event, value) => event.at < Number(value),
  atLeast: (event, value) => (event.pkr?.paisa ?? 0) >= Number(value) * 100,
};

export function eventsAnswer(nation: Nation, query: Query): Answer<'events'> {
  const rows = nation.events.filter((event) => {
    const at = query['clock'] === 'admitted' ? event.admittedAt : event.at;
    return inDays(at, query) && Object.entries(query).every(([key, value]) => tests[key]?.(event, value) ?? true);
  });
  const sorted = query['sort'] === 'oldest' ? rows.toReversed() : query['sort'] === 'value' ? rows.toSorted((a, b) => (b.pkr?.paisa ?? 0) - (a.pkr?.paisa ?? 0)) : rows;
  const sum = (way: string): number => rows.filter((one) => one.way === way).reduce((total, one) => total + (one.pkr?.paisa ?? 0), 0);
  const { items, ...rest } = page(sorted, query);
  return { asOf: nowUs, lagMs: 1_400, ...rest, items: items.map(({ findings: _findings, ...row }) => row), sums: { inPaisa: sum('in'), outPaisa: sum('out') } };
}

export function eventAnswer(nation: Nation, firm: string, id: string): Answer<'event'> | null {
  const event = nation.events.find((one) => one.firm === firm && one.id === id);
  const submission = nation.submissions.find((one) => one.id === event?.submission);
  if (event === undefined || submission === undefined || submission.receipt === null) return null;
  const { findings: _findings, ...row } = event;
  return {
    asOf: nowUs, row, corrections: [],
    body: { v: 1, id, kind: event.kind, stream: 'main', seq: event.line, at: new Date(event.at / 1000).toISOString(), ...(event.money === null ? {} : { amount: { asset: event.money.asset, value: event.money.amount } }), ...(event.counterparty === null ? {} : { counterparty: event.counterparty }) },
    batch: { hash: submission.receipt.batchHash, entry: submission.receipt.entry ?? 0, position: `17/${submission.receipt.leaf}`, decidedAt: event.admittedAt + 120_000 },
  };
}

export function submissionsAnswer(nation: Nation, query: Query): Answer<'submissions'> {
  const rows = nation.submissions.filter((row) => (query['firm'] === undefined || row.firm.code === query['firm']) && inDays(row.receivedAt, query)
    && (query['outcome'] === undefined || (query['outcome'] === 'rejected' ? row.rejected > 0 : query['outcome'] === 'held' ? row.held > 0 : row.rejected + row.held === 0)));
  const sum = (key: 'sent' | 'accepted' | 'duplicate' | 'held' | 'rejected'): number => rows.reduce((total, row) => total + row[key], 0);
  return { asOf: nowUs, ...page(rows, query), sums: { sent: sum('sent'), accepted: sum('accepted'), duplicate: sum('duplicate'), held: sum('held'), rejected: sum('rejected') } };
}

export function rejectionsAnswer(nation: Nation, query: Query): Answer<'rejections'> {
  const all = nation.rejections.filter((row) => (query['firm'] === undefined || row.firm.code === query['firm']) && (query['submission'] === undefined || row.submission === query['submission']) && inDays(row.at, query));
  const byCode = [...new Set(all.map((row) => row.code))].map((code) => ({ code, count: all.filter((row) => row.code === code).length })).toSorted((a, b) => b.count - a.count);
  return { asOf: nowUs, ...page(all.filter((row) => query['code'] === undefined || row.code === query['code']), query), byCode };
}

/** The kept line of a refusal: one that can be read, and one that can not. */
export function keptLineAnswer(nation: Nation, submission: string, line: number): Answer<'keptLine'> | null {
  const row = nation.rejections.find((one) => one.submission === submission && one.line === line);
  if (row === undefined) return null;
  const text = row.code === 'EVENT_NOT_JSON' ? '{"v":1,"id":' : JSON.stringify({ v: 1, id: `${row.firm.code.toLowerCase()}-x`, kind: 'fiat-in', at: new Date(row.at / 1000).toISOString() }, null, 2);
  return { row, text, cut: false, bytes: text.length };
}

/** As this reader sees a decision: who proposed it may not second it. */
export function seenBy(decision: Decision, reader: string, maySecond: boolean): Decision {
  const own = decision.proposedBy.id === reader;
  return { ...decision, maySecond: maySecond && !own && decision.state === 'waiting', whyNot: own ? { en: 'You proposed it', ur: 'تجویز آپ نے دی' } : maySecond ? null : { en: 'Your role may not second', ur: 'آپ کا عہدہ تائید نہیں کر سکتا' } };
}

export function alertsAnswer(nation: Nation, query: Query, reader: string): Answer<'alerts'> {
  const rows = [...nation.alerts.values()].map((alert) => alert);
  const views = {
    open: (row: typeof rows[number]['row']) => row.state === 'open', unassigned: (row: typeof rows[number]['row']) => row.state === 'open' && row.assignee === null,
    mine: (row: typeof rows[number]['row']) => row.state === 'open' && row.assignee?.id === reader, second: (row: typeof rows[number]['row']) => row.waiting !== null && row.waiting.proposedBy.id !== reader, closed: (row: typeof rows[number]['row']) => row.state !== 'open',
  };
  const ages = { 'under-4h': [0, 4], '4h-24h': [4, 24], '1d-3d': [24, 72], '3d-7d': [72, 168], 'over-7d': [168, 1e9] };
  const inAge = (at: number): boolean => { const bounds = Object.entries(ages).find(([key]) => key === query['age'])?.[1]; const hours = (nowUs - at) / 3.6e9; return bounds === undefined || (hours >= (bounds[0] ?? 0) && hours < (bounds[1] ?? 0)); };
  const view = Object.entries(views).find(([key]) => key === (query['view'] ?? 'open'))?.[1] ?? views.open;
  const kept = rows.filter(({ row, findings }) => view(row) && inAge(row.raisedAt) && (query['severity'] === undefined || query['severity'].split(',').includes(row.severity))
    && (query['firm'] === undefined || row.firms.includes(query['firm'])) && (query['rule'] === undefined || findings.some((finding) => finding.rule.id === query['rule'])) && (query['person'] === undefined || row.person === query['person']));
  const sorted = kept.map(({ row }) => row).toSorted((a, b) => (query['sort'] === 'age' ? a.raisedAt - b.raisedAt : query['sort'] === 'raised' ? b.raisedAt - a.raisedAt : b.score - a.score));
  const count = (test: (row: typeof rows[number]['row']) => boolean): number => rows.filter(({ row }) => test(row)).length;
  return { asOf: nowUs, ...page(sorted, query), views: { open: count(views.open), unassigned: count(views.unassigned), mine: count(views.mine), second: count(views.second), closed: count(views.closed) } };
}

export function ledgerAnswer(nation: Nation, query: Query): Answer<'ledger'> {
  const rows = nation.entries.toReversed().filter((row) => (query['kind'] === undefined || row.kind === query['kind']) && (query['firm'] === undefined || row.firm === query['firm']) && (query['at'] === undefined || row.index <= Number(query['at'])));
  const { total: _total, ...rest } = page(rows, query);
  return { asOf: nowUs, size: nation.entries.length, ...rest, kinds: [...new Set(nation.entries.map((row) => row.kind))] };
}
