/**
 * Alerts and decisions for the console: `alerts` holds and decides, `monitor` says what was found, ClickHouse
 * gives the events; this puts them into the contract's shapes.
 */

import { decide, type Session, type StaffDesk } from '../../access/index.ts';
import {
  alertName, assignAlert, listAlerts, listDecisions, needsSecond, proposeDecision, readAlert, secondDecision, withdrawDecision, type AlertListed, type DecisionRow,
} from '../../alerts/index.ts';
import type { Answer, LiveEvents } from '../../contract/console.ts';
import { readEvents } from '../../insight/index.ts';
import { withActor, type Tx } from '../../log/index.ts';
import { assert, instantOf, parsePersonId, reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { rowsOf, type EventGround } from './events.ts';
import { given } from './filings.ts';
import { bodyOfFinding, findingAnswer, isRule, listWords, measureName, quantityOf, ruleOf, type Worded } from './finding.ts';
import { skipOf } from './page.ts';
import { alertToActOn, barredAssignee, unlessPresent } from './permit.ts';
import { staffRef } from './session.ts';

/** What the alerts' routes need from the house. */
export interface AlertGround extends EventGround {
  readonly desk: StaffDesk;
  /** Tells those who watch that an alert or a decision changed. */
  readonly tell: <Name extends 'alert' | 'decision'>(name: Name, change: LiveEvents[Name]) => void;
}

type AlertReading = 'alerts' | 'alert' | 'decisions';
type AlertAct = 'assign' | 'propose' | 'second' | 'withdraw';
type AlertRow = Answer<'alerts'>['items'][number];
type Decision = Answer<'decisions'>['items'][number];
type StaffRef = Answer<'staff'>['items'][number];

const PAGE = 100;
const TIMELINE_MAX = 200;
const AGE_BOUNDS_H: Readonly<Record<string, readonly [number, number]>> = { 'under-4h': [0, 4], '4h-24h': [4, 24], '1d-3d': [24, 72], '3d-7d': [72, 168], 'over-7d': [168, 1e6] };

/** What answers the alerts' routes. */
export function alertRoutes(ground: AlertGround): Pick<StaffRoutes, AlertReading | AlertAct> {
  return { ...readingRoutes(ground), ...actingRoutes(ground) };
}

function readingRoutes(ground: AlertGround): Pick<StaffRoutes, AlertReading> {
  return {
    alerts: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const people = await peopleOf(ground, session);
      return withActor(ground.pool, session.actor, async (tx) => {
        const page = await listAlerts(tx, {
          view: query.view ?? 'open', account: session.member.account, sort: query.sort ?? 'score', skip, limit, ...given('severities', query.severity?.split(',')),
          ...given('firm', query.firm === undefined ? undefined : ground.directory.byCode(query.firm)?.id ?? ''), ...given('rule', query.rule), ...given('holds', query.holds), ...given('person', query.person), ...ageOf(query.age, now),
        });
        const items = await alertRows(tx, page.items, session, people, ground);
        return { asOf: now, items, next: skip + items.length < page.total && items.length > 0 ? String(skip + items.length) : null, total: page.total, views: page.views };
      });
    },
    alert: async ({ session, params, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const people = await peopleOf(ground, session);
      return readWhole(ground, session, numberOf(params.id), people, now);
    },
    decisions: async ({ session, query, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const skip = skipOf(query.cursor);
      const limit = query.limit ?? PAGE;
      const people = await peopleOf(ground, session);
      return withActor(ground.pool, session.actor, async (tx) => {
        const rows = await listDecisions(tx, { waitingOnly: query.state !== 'all', skip, limit: limit + 1 });
        const waiting = await listDecisions(tx, { waitingOnly: true, skip: 0, limit: 500 });
        const all = waiting.map((row) => decisionAnswer(row, session, people));
        return {
          asOf: now, items: rows.slice(0, limit).map((row) => decisionAnswer(row, session, people)), next: rows.length > limit ? String(skip + limit) : null,
          waiting: all.length, mine: all.filter((each) => each.maySecond).length,
        };
      });
    },
  };
}

function actingRoutes(ground: AlertGround): Pick<StaffRoutes, AlertAct> {
  return {
    assign: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const id = numberOf(params.id);
      const alert = await alertToActOn(ground, session, 'alert.assign', id, body.version);
      const barred = 'code' in alert ? alert : await barredAssignee(ground, session, body.to);
      if (barred !== undefined) return barred;
      const refused = await assignAlert(ground.pool, now, { account: session.member.account, actor: session.actor }, id, body);
      return refused ?? acted(ground, session, id, undefined);
    },
    propose: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const id = numberOf(params.id);
      const alert = await alertToActOn(ground, session, 'alert.decide', id, body.version);
      if ('code' in alert) return alert;
      const { stepUp, ...proposal } = body;
      const absent = await unlessPresent(ground, session, now, { action: 'alert.decide', severity: alert.severity }, { act: 'alert.decide', by: session.member.account, alert: params.id, ...proposal }, stepUp);
      if (absent !== undefined) return absent;
      const done = await proposeDecision(ground.pool, now, { account: session.member.account, actor: session.actor }, id, body);
      return 'code' in done ? done : acted(ground, session, id, done.decision);
    },
    second: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const decision = numberOf(params.id);
      const [row] = await withActor(ground.pool, session.actor, (tx) => listDecisions(tx, { waitingOnly: false, id: decision, skip: 0, limit: 1 }));
      if (row === undefined) return reject('NOT_FOUND');
      for (const firm of row.firms) {
        const allowed = decide(session.member, 'decision.second', { firm, proposer: row.proposed_by });
        if (!allowed.allowed) return allowed.rejection;
      }
      if (row.state !== 'waiting') return reject('DECISION_STALE');
      const { stepUp, ...verdict } = body;
      const absent = await unlessPresent(
        ground, session, now, { action: 'decision.second', proposer: row.proposed_by, severity: row.severity },
        { act: 'decision.second', by: session.member.account, decision: params.id, outcome: row.outcome, ...verdict }, stepUp);
      if (absent !== undefined) return absent;
      const done = await secondDecision(ground.pool, now, { account: session.member.account, actor: session.actor }, decision, body);
      return 'code' in done ? done : acted(ground, session, done.alert, decision);
    },
    withdraw: async ({ session, params, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const decision = numberOf(params.id);
      const done = await withdrawDecision(ground.pool, now, { account: session.member.account, actor: session.actor }, decision);
      return 'code' in done ? done : acted(ground, session, done.alert, decision);
    },
  };
}

/** Tells those who watch, and answers an act with the alert and the decision as they are after it. */
async function acted(ground: AlertGround, session: Session, id: number, decision: number | undefined): Promise<Answer<'assign'> | Rejection> {
  const people = await peopleOf(ground, session);
  return withActor(ground.pool, session.actor, async (tx) => {
    const found = await readAlert(tx, id);
    if (found === undefined) return reject('NOT_FOUND');
    const rows = decision === undefined ? [] : await listDecisions(tx, { waitingOnly: false, id: decision, skip: 0, limit: 1 });
    const [row] = await alertRows(tx, [found.alert], session, people, ground);
    assert(row !== undefined, 'an alert that was read has a row');
    ground.tell('alert', { id: row.id, version: row.version, severity: row.severity, change: row.state === 'open' ? 'changed' : 'closed' });
    if (rows[0] !== undefined) ground.tell('decision', { id: `D-${rows[0].id}`, state: rows[0].state });
    return { row, decision: rows[0] === undefined ? null : decisionAnswer(rows[0], session, people) };
  });
}

const numberOf = (id: string): number => Number(id.slice(id.indexOf('-') + 1));

function ageOf(age: string | undefined, now: Instant): { readonly raisedFrom?: number; readonly raisedTo?: number } {
  const bounds = age === undefined ? undefined : AGE_BOUNDS_H[age];
  return bounds === undefined ? {} : { raisedFrom: now - bounds[1] * 3.6e9, raisedTo: now - bounds[0] * 3.6e9 };
}

type People = ReadonlyMap<string, StaffRef>;

async function peopleOf(ground: AlertGround, session: Session): Promise<People> {
  return new Map((await ground.desk.colleagues(session)).map((each) => [each.account, staffRef({ account: each.account, name: each.name, roles: each.member.roles })]));
}

function personOf(people: People, account: string): StaffRef {
  return people.get(account) ?? { id: account, name: account, role: { en: 'former colleague', ur: 'سابق ساتھی' } };
}

async function alertRows(tx: Tx, rows: readonly AlertListed[], session: Session, people: People, ground: AlertGround): Promise<AlertRow[]> {
  const waiting = await listDecisions(tx, { waitingOnly: true, alerts: rows.map((row) => row.id), skip: 0, limit: 500 });
  const byAlert = new Map(waiting.map((row) => [row.alert, row]));
  return rows.map((row) => {
    const decision = byAlert.get(row.id);
    return {
      id: alertName(row.id), version: row.version, title: ruleOf(row.lead_rule).title, severity: row.severity, score: row.score, person: row.person === null ? null : parsePersonId(row.person) ?? null,
      firms: row.firms.map((firm) => ground.directory.byId(firm)?.ref.code ?? firm), raisedAt: instantOf(row.raised_at), state: row.state, findings: row.findings,
      assignee: row.assignee === null ? null : personOf(people, row.assignee), waiting: decision === undefined ? null : decisionAnswer(decision, session, people), needsSecond: needsSecond(row.severity),
    };
  });
}

function decisionAnswer(row: DecisionRow, session: Session, people: People): Decision {
  const may = decide(session.member, 'decision.second', { proposer: row.proposed_by });
  const maySecond = row.state === 'waiting' && may.allowed;
  return {
    id: `D-${row.id}`, alert: alertName(row.alert), alertTitle: ruleOf(row.lead_rule).title, severity: row.severity, outcome: row.outcome, reason: row.reason as Decision['reason'], note: row.note, state: row.state,
    proposedBy: personOf(people, row.proposed_by), proposedAt: instantOf(row.proposed_at), secondBy: row.second_by === null ? null : personOf(people, row.second_by),
    secondAt: row.second_at === null ? null : instantOf(row.second_at), secondNote: row.second_note, maySecond, whyNot: maySecond ? null : whyNot(row, session), entry: row.entry,
  };
}

function whyNot(row: DecisionRow, session: Session): Worded {
  if (row.state !== 'waiting') return { en: 'It is decided.', ur: 'فیصلہ ہو چکا ہے۔' };
  if (row.proposed_by === session.member.account) return { en: 'You proposed it; another person must second it.', ur: 'آپ نے تجویز دی؛ تائید کوئی اور کرے گا۔' };
  return { en: 'Your role may not second decisions.', ur: 'آپ کے عہدے کو تائید کا اختیار نہیں۔' };
}

async function readWhole(ground: AlertGround, session: Session, id: number, people: People, now: Instant): Promise<Answer<'alert'> | Rejection> {
  const read = await withActor(ground.pool, session.actor, async (tx) => {
    const found = await readAlert(tx, id);
    return found === undefined ? undefined : { ...found, row: (await alertRows(tx, [found.alert], session, people, ground))[0] };
  });
  if (read?.row === undefined || read.findings[0] === undefined) return reject('NOT_FOUND');
  const name = alertName(id);
  const lead = read.findings[0];
  const only = (await ground.evidenceOf(name, undefined)).map(([firm, event]) => [ground.directory.byId(firm)?.number ?? 0, event] as const);
  const timeline = await readEvents(ground.analytics, { only, ...given('person', read.alert.person ?? undefined) }, 'oldest', 0, TIMELINE_MAX);
  const events = await rowsOf(timeline.items, ground);
  return {
    asOf: now, row: read.row, sentence: sentenceOf(read.row, lead, name), innocent: ruleOf(lead.rule, lead.rule_version).innocent, alsoChecked: [],
    findings: read.findings.map((finding) => findingAnswer(finding, name, ground.directory)),
    timeline: {
      items: events.map((event) => ({ firm: event.firm, id: event.id, kind: event.kind, at: event.at, way: event.way, money: event.money, pkr: event.pkr, end: event.end, counterparty: event.counterparty === null ? null : shortName(event.counterparty, events), late: event.late })),
      total: timeline.total, evidence: { alert: name },
    },
    steps: read.steps.map((step) => ({ at: instantOf(step.at), by: step.by_account === null ? null : personOf(people, step.by_account), what: stepOf(step.what), note: stepNote(step, people), entry: step.entry })),
  };
}

/** `W3`: the third counterparty that this alert names; the whole address is on the event. */
function shortName(counterparty: string, events: readonly { readonly counterparty: string | null }[]): string {
  if (counterparty.length <= 16) return counterparty;
  const known = [...new Set(events.flatMap((event) => (event.counterparty !== null && event.counterparty.length > 16 ? [event.counterparty] : [])))];
  return `W${known.indexOf(counterparty) + 1}`;
}

/** A person's own words as they are; of the monitor's steps the rule's title, of an assignment the colleague's name. */
function stepNote(step: { readonly what: string; readonly note: string | null }, people: People): string | Worded | null {
  const { what, note } = step;
  if (note === null) return null;
  if (what === 'assigned') return personOf(people, note).name;
  return ['raised', 'grew', 'settled', 'finding-withdrawn'].includes(what) && isRule(note) ? ruleOf(note).title : note;
}

const STEPS = ['raised', 'grew', 'assigned', 'unassigned', 'proposed', 'approved', 'sent-back', 'withdrawn', 'dismissed', 'escalated', 'settled', 'finding-withdrawn'] as const;

function stepOf(what: string): (typeof STEPS)[number] {
  const step = STEPS.find((each) => each === what);
  assert(step !== undefined, `a step is one of the list, not ${what}`);
  return step;
}

/** One plain sentence: who, what the leading rule says, and its numbers, each of which opens its events. */
function sentenceOf(row: AlertRow, lead: Parameters<typeof findingAnswer>[0], alert: string): Answer<'alert'>['sentence'] {
  const rule = ruleOf(lead.rule, lead.rule_version);
  const body = bodyOfFinding(lead);
  const evidence = { alert, finding: lead.id };
  const figures: Answer<'alert'>['sentence']['figures'] = { firms: { value: { kind: 'count', value: row.firms.length }, evidence } };
  if (row.person !== null) figures['person'] = { value: { kind: 'person', person: row.person }, evidence: { person: row.person } };
  for (const [i, measure] of body.measures.entries()) if (measure.threshold !== null) figures[`m${i}`] = { value: quantityOf(measure.unit, measure.value), evidence };
  const parts = (language: 'en' | 'ur') => body.measures.flatMap((measure, i) => (measure.threshold === null ? [] : [`${measureName(measure.code)[language]} {m${i}}`])).join('; ');
  const blind = body.seenAlone.length > 1 && body.seenAlone.every((seen) => !seen.fires);
  const who = row.person === null ? row.firms[0] ?? '' : '{person}';
  const listed = (language: 'en' | 'ur') => (body.listed === null ? '' : ` (${listWords(body.listed)[language]})`);
  const numbers = (language: 'en' | 'ur') => (parts(language) === '' ? '' : `: ${parts(language)}`);
  return {
    text: {
      en: `${who}: ${rule.title.en}${listed('en')}${numbers('en')}. ${blind ? 'No firm could see this alone.' : ''}`.trim(),
      ur: `${who}: ${rule.title.ur}${listed('ur')}${numbers('ur')}۔ ${blind ? 'کوئی ایک فرم اسے تنہا نہیں دیکھ سکتی تھی۔' : ''}`.trim(),
    },
    figures,
  };
}
