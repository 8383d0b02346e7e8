/**
 * Firms and the overview for the console. About a real firm nothing but published facts leaves: it has no
 * feed, so `activity` is null whatever a table might hold.
 */

import { countAlerts } from '../../alerts/index.ts';
import { severities as SEVERITIES, type Answer } from '../../contract/console.ts';
import { flows, tradedByDay } from '../../insight/index.ts';
import { readFeeds, readFilings, readRefusals } from '../../intake/index.ts';
import { LEDGER, SYSTEM, newestHead, readEntries, withActor, type Entry } from '../../log/index.ts';
import { formatKarachiDay, instantOf, karachiDay, reject, REJECTIONS, type Instant, type RejectionCode } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { basisWords, entryTitle } from '../words/entry.ts';
import type { Directory, FirmCard } from './directory.ts';
import { ruleOf } from './finding.ts';
import { countDays, countOverdue, feedOf, sumCounts, type DayCounts, type HealthGround } from './health.ts';
import { skipOf } from './page.ts';

const PAGE = 100;
const TRADED_DAYS = 30;
const HISTORY_MAX = 100;
const SOURCE = { en: 'synthetic reference rate of each hour', ur: 'ہر گھنٹے کا فرضی حوالہ نرخ' };

/** What the screens of firms need of the moment, asked once for all firms. */
interface Moment {
  readonly today: ReadonlyMap<string, DayCounts>;
  readonly feeds: Awaited<ReturnType<typeof readFeeds>>;
  readonly traded: ReadonlyMap<number, number>;
  readonly days: readonly { readonly day: string; readonly paisa: number }[];
  readonly alerts: Awaited<ReturnType<typeof countAlerts>>;
}

/** What answers the firms' routes and the overview. */
export function firmRoutes(ground: HealthGround): Pick<StaffRoutes, 'firms' | 'firm' | 'overview'> {
  return {
    firms: async ({ query, now }) => {
      const moment = await readMoment(ground, now);
      const wanted = ground.directory.all().filter((card) => (query.stage === undefined || card.stage.id === query.stage) && (query.q === undefined || matches(card, query.q)));
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      return {
        asOf: now, items: wanted.slice(skip, skip + limit).map((card) => rowOf(card, moment, ground, now)), next: skip + limit < wanted.length ? String(skip + limit) : null, total: wanted.length,
        ladder: ladderOf(ground),
      };
    },
    firm: async ({ params, now }) => {
      const card = ground.directory.byCode(params.code);
      if (card === undefined) return reject('NOT_FOUND');
      return firmAnswer(card, await readMoment(ground, now), ground, now);
    },
    overview: ({ now }) => overview(ground, now),
  };
}

function matches(card: FirmCard, text: string): boolean {
  const wanted = text.toLowerCase();
  return [card.ref.code, card.ref.name.en, card.ref.name.ur].some((name) => name.toLowerCase().includes(wanted));
}

async function readMoment(ground: HealthGround, now: Instant): Promise<Moment> {
  const day = karachiDay(now);
  const name = formatKarachiDay(day);
  const [traded, record] = await Promise.all([
    tradedByDay(ground.analytics, day - TRADED_DAYS, day - 1),
    withActor(ground.pool, SYSTEM, async (tx) => ({ counted: await countDays(tx, day), feeds: await readFeeds(tx), alerts: await countAlerts(tx) })),
  ]);
  const today = new Map(ground.directory.all().map((card) => [card.id, sumCounts(name, record.counted.filter((each) => each.firm === card.id && each.counts.day === name).map((each) => each.counts))]));
  const byFirm = new Map<number, number>();
  const byDay = new Map<number, number>();
  for (const row of traded) {
    byFirm.set(row.firm, (byFirm.get(row.firm) ?? 0) + row.paisa);
    byDay.set(row.day, (byDay.get(row.day) ?? 0) + row.paisa);
  }
  const days = Array.from({ length: TRADED_DAYS }, (_, i) => ({ day: formatKarachiDay(day - TRADED_DAYS + i), paisa: byDay.get(day - TRADED_DAYS + i) ?? 0 }));
  return { today, feeds: record.feeds, alerts: record.alerts, traded: byFirm, days };
}

/** A firm has activity when it is invented and has sent something. */
const hasFeed = (card: FirmCard, moment: Moment): boolean => card.ref.invented && moment.feeds.has(card.id);

function rowOf(card: FirmCard, moment: Moment, ground: HealthGround, now: Instant): Answer<'firms'>['items'][number] {
  const counts = moment.today.get(card.id);
  return {
    firm: card.ref, stage: card.stage, stageSince: card.stageSince,
    activity: !hasFeed(card, moment) || counts === undefined ? null : {
      feed: feedOf(card, moment.feeds, ground.directory, now), today: counts, traded30d: moment.traded.get(card.number) ?? 0, openAlerts: moment.alerts.byFirm.get(card.id)?.length ?? 0,
    },
  };
}

function ladderOf(ground: HealthGround): Answer<'firms'>['ladder'] {
  return ground.directory.ladder().map(({ stage, may }) => ({ stage, may, firms: ground.directory.all().filter((card) => card.stage.id === stage.id).map((card) => card.ref) }));
}

async function firmAnswer(card: FirmCard, moment: Moment, ground: HealthGround, now: Instant): Promise<Answer<'firm'>> {
  const active = hasFeed(card, moment);
  const read = await withActor(ground.pool, SYSTEM, async (tx) => ({
    filings: await readFilings(tx, { firm: card.id, skip: 0, limit: 1 }), refusals: await readRefusals(tx, { firm: card.id, skip: 0, limit: 1, fromDay: formatKarachiDay(karachiDay(now)) }),
    entries: await readEntries(tx, { from: 0, kinds: ['firm-registered', 'stage-changed', 'client-registered', 'feed-stopped'], limit: 5_000 }),
  }));
  const history = read.entries.filter((entry) => 'firm' in entry.body && entry.body.firm === card.id);
  const [last] = read.filings.items;
  const severities = moment.alerts.byFirm.get(card.id) ?? [];
  return {
    asOf: now, row: rowOf(card, moment, ground, now), registerNumber: null, published: card.published, steps: card.steps, gates: card.gates, services: card.services, limits: [], flags: card.flags,
    rejections: active ? read.refusals.byCode.flatMap((each) => (isCode(each.code) ? [{ code: each.code, count: each.count }] : [])) : [],
    alerts: active ? SEVERITIES.map((severity) => ({ severity, count: severities.filter((each) => each === severity).length })) : [],
    lastSubmission: !active || last === undefined ? null : { id: last.id, at: instantOf(last.received_at), sent: last.accepted + last.duplicate + last.held + last.rejected, rejected: last.rejected, entry: last.entry_index },
    history: history.slice(-HISTORY_MAX).reverse().map((entry) => historyOf(entry, ground.directory)), historyTotal: history.length,
  };
}

const isCode = (text: string): text is RejectionCode => Object.hasOwn(REJECTIONS, text);

function historyOf(entry: Entry, directory: Directory): Answer<'firm'>['history'][number] {
  const title = entryTitle(entry.kind);
  const to = 'to' in entry.body && typeof entry.body.to === 'string' ? entry.body.to : undefined;
  const stage = to === undefined ? undefined : directory.ladder().find((step) => step.stage.id === to)?.stage.title ?? { en: to, ur: to };
  return {
    at: entry.admittedAt, title: stage === undefined ? title : { en: `${title.en}: ${stage.en}`, ur: `${title.ur}: ${stage.ur}` }, actors: entry.second === undefined ? [entry.actor] : [entry.actor, entry.second], basis: basisWords(entry.basis), entry: entry.index,
  };
}

const AGES = ['under-4h', '4h-24h', '1d-3d', '3d-7d', 'over-7d'] as const;
const AGE_LIMITS_H = [4, 24, 72, 168, Infinity];

async function overview(ground: HealthGround, now: Instant): Promise<Answer<'overview'>> {
  const moment = await readMoment(ground, now);
  const day = karachiDay(now);
  const active = ground.directory.all().filter((card) => hasFeed(card, moment));
  const limit = ground.directory.feedLimit();
  const feeds = active.map((card) => feedOf(card, moment.feeds, ground.directory, now));
  const deadlineMs = ground.directory.decideLimitMs();
  const [corridors, head, record] = await Promise.all([
    flows(ground.analytics, day - TRADED_DAYS, day - 1), newestHead(ground.pool, LEDGER),
    withActor(ground.pool, SYSTEM, async (tx) => ({
      overdue: await countOverdue(tx, now, deadlineMs), refusals: await readRefusals(tx, { skip: 0, limit: 1, fromDay: formatKarachiDay(day) }),
      findings: (await tx.query<{ state: string; n: number }>('select state, count(*) as n from monitor.finding group by state')).rows,
    })),
  ]);
  const found = (state: string) => record.findings.filter((row) => row.state === state).reduce((sum, row) => sum + row.n, 0);
  const cells = AGES.flatMap((age, i) => SEVERITIES.map((severity) => ({ severity, age, count: moment.alerts.cells.filter((cell) => cell.severity === severity && ageIndex(cell.raised_at, now) === i).length })));
  return {
    asOf: now, today: sumCounts(formatKarachiDay(day), active.map((card) => moment.today.get(card.id)).filter((counts) => counts !== undefined)), overdue: record.overdue, deadlineMs,
    checkpoint: head === undefined ? null : { size: head.size, at: instantOf(head.signedAt) },
    traded: { days: [...moment.days], total: moment.days.reduce((sum, each) => sum + each.paisa, 0), source: SOURCE },
    findings: { settled: found('settled') + found('corrected'), provisional: found('provisional'), withdrawn: found('withdrawn') },
    alerts: {
      open: moment.alerts.cells.length, oldestRaisedAt: moment.alerts.cells.length === 0 ? null : instantOf(Math.min(...moment.alerts.cells.map((cell) => cell.raised_at))), cells,
      byRule: moment.alerts.byRule.slice(0, 40).map((each) => ({ rule: each.rule, title: ruleOf(each.rule).title, open: each.open })),
    },
    feeds: { expected: active.length, onTime: feeds.filter((feed) => !feed.late).length, limitMs: limit.ms, limit: limit.provenance },
    flows: {
      from: formatKarachiDay(day - TRADED_DAYS), to: formatKarachiDay(day - 1), source: SOURCE,
      items: corridors.flatMap((flow) => {
        const card = ground.directory.byNumber(flow.firm);
        return card === undefined ? [] : [{ way: flow.way, firm: card.ref.code, end: { kind: flow.end, place: /^[A-Z]{2}$/.test(flow.place) ? flow.place : null }, paisa: flow.paisa, events: flow.events }];
      }),
    },
    firms: active.map((card, i) => ({ firm: card.ref, stage: card.stage, traded30d: moment.traded.get(card.number) ?? 0, today: moment.today.get(card.id) ?? sumCounts(formatKarachiDay(day), []), feed: feeds[i] ?? feedOf(card, moment.feeds, ground.directory, now) })),
    ladder: ladderOf(ground), rejections: record.refusals.byCode.flatMap((each) => (isCode(each.code) ? [{ code: each.code, count: each.count }] : [])),
  };
}

function ageIndex(raisedAt: number, now: Instant): number {
  const hours = (now - raisedAt) / 3.6e9;
  return AGE_LIMITS_H.findIndex((limit) => hours < limit);
}
