/**
 * The desk where thresholds are turned: the table of rules, drafts, back-tests, proposals. `monitor` says what a draft comes to and holds
 * four eyes, `insight` tries it on the past; here the reader's power is asked, presence proven over the proposal, and words are put to it.
 * Persons that a draft adds or drops are named only for who may read alerts.
 */

import { actionsOf, decide, type Session } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { parameterAt, ruleParametersAt, type Framework } from '../../framework/index.ts';
import { listBacktests, type BacktestDesk, type BacktestFound, type BacktestRow } from '../../insight/index.ts';
import { SYSTEM, withActor, type Objects, type Tx } from '../../log/index.ts';
import { checkRule, conditionWords, eventWords, parseCondition, printCondition, type ToldFault } from '../../monitor/language/index.ts';
import { SET_BY_AUTHORITY, costsOf, draftRules, drawnFrom, newestRules, newestSet, parametersOf, setAt, versionHash, type Parameter, type RuleDocument, type RuleStanding, type StandingSet } from '../../monitor/rules/policy.ts';
import type { RuleTerm } from '../../monitor/index.ts';
import { assert, instantOf, reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { ruleOf } from './finding.ts';
import type { PresenceGround } from './presence.ts';
import { ruleActRoutes } from './rule-acts.ts';

/** What these routes need from the house. */
export interface RuleGround extends PresenceGround {
  readonly framework: Framework;
  readonly objects: Objects;
  readonly backtests: BacktestDesk;
}

type Values = Readonly<Record<string, Parameter>>;
type Reading = 'rules' | 'checkRules' | 'checkExpression' | 'startBacktest' | 'backtest' | 'cancelBacktest' | 'resumeBacktest' | 'proposeRules' | 'agreeRules' | 'closeRules';
const SETS_MAX = 50;

/** What answers the routes; the acts stand in `rule-acts.ts`. */
export function ruleRoutes(ground: RuleGround): Pick<StaffRoutes, Reading> {
  const { pool, objects, backtests } = ground;
  const seen = async (id: number | Rejection): Promise<{ id: number } | Rejection> => (typeof id === 'number' ? { id } : id);
  return {
    ...ruleActRoutes({ ...ground, packAt: (now) => packAt(ground, now) }),
    rules: async ({ session, now }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(pool, SYSTEM, (tx) => table(tx, ground, session, now))),
    checkRules: async ({ body, now }) => withActor(pool, SYSTEM, async (tx) => draftAnswer((await newestSet(tx, objects)).document, packAt(ground, now), body.changes)),
    checkExpression: async ({ body, now }) => withActor(pool, SYSTEM, async (tx) => expressionAnswer(drawnFrom((await newestSet(tx, objects)).document, packAt(ground, now)), body.looksAt, body.text)),
    startBacktest: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { set, document } = await withActor(pool, SYSTEM, (tx) => newestSet(tx, objects));
      const made = draftRules(document, packAt(ground, now), body.changes);
      if ('faults' in made) return reject('RULES_FAULTY', made.faults[0]?.code);
      if (made.draft.touched.length === 0) return reject('REQUEST_INVALID', 'changes');
      return seen(await backtests.start({ base: set.hash, draft: made.draft, changes: body.changes, from: instantOf(body.from), to: instantOf(body.to) }, session.member.account));
    },
    backtest: async ({ session, params }) => {
      const one = await backtests.read(params.id);
      return session === undefined || one === undefined ? reject('NOT_FOUND') : { ...rowShape(one), found: one.found === null ? null : foundShape(one.found, actionsOf(session.member).includes('alert.read')) };
    },
    cancelBacktest: async ({ params }) => seen(await backtests.cancel(params.id)),
    resumeBacktest: async ({ params }) => seen(await backtests.resume(params.id)),
  };
}

/** The pack's own values on the day. */
function packAt({ framework }: RuleGround, now: Instant): Values {
  return ruleParametersAt(framework, now);
}

async function table(tx: Tx, ground: RuleGround, session: Session, now: Instant): Promise<Answer<'rules'>> {
  const { set, document, standing } = await newestSet(tx, ground.objects);
  const pack = packAt(ground, now);
  const values = drawnFrom(document, pack);
  const inForce = setAt(standing.sets, now);
  assert(inForce !== undefined, 'a house has rules in force');
  const terms = newestRules();
  const backtests = (await listBacktests(tx)).map((row) => ground.backtests.shown(row));
  const costs = costsOf(terms);
  return {
    asOf: now, base: set.hash, inForce: setShape(inForce), coming: standing.sets.filter((one) => one.effectiveFrom > now).slice(-SETS_MAX).map(setShape), sets: standing.sets.slice(-SETS_MAX).map(setShape),
    rules: terms.map((term) => ruleShape(term, document, values, costs)), parameters: parameterShapes(ground.framework, values, pack, terms, now),
    proposals: standing.proposals.toReversed().map((one) => proposalShape(one, backtests, session)), backtests: backtests.map(rowShape), reach: await reachOf(tx),
  };
}

async function reachOf(tx: Tx): Promise<Answer<'rules'>['reach']> {
  const found = await tx.query<{ first: number | null; last: number | null }>('select min(admitted_at) as first, max(admitted_at) as last from log.event_batch');
  const [row] = found.rows;
  return row === undefined || row.first === null || row.last === null ? null : { from: row.first, to: row.last };
}

const setShape = (set: StandingSet): Answer<'rules'>['inForce'] => ({ ...set, effectiveFrom: set.effectiveFrom, second: set.second ?? null, proposal: set.proposal ?? null });

function ruleShape(term: RuleTerm, document: RuleDocument, values: Values, costs: ReturnType<typeof costsOf>): Answer<'rules'>['rules'][number] {
  const needed = parametersOf(term);
  const cost = costs.get(term.id) ?? { nanoseconds: 0, bytes: 0 };
  const isIn = document.rules.some((one) => one.id === term.id && one.version === term.version);
  return {
    id: term.id, version: term.version, hash: versionHash(term, values), title: term.title, indicator: term.indicator, clause: term.clause, weight: term.weight, subject: term.subject, crossFirm: term.crossFirm,
    looksAt: eventWords(term.on), fires: conditionWords(term.when, (name) => values[name]), innocent: term.innocent, text: printCondition(term.when), parameters: needed.filter((name) => name !== term.quiet), quiet: term.quiet === '' ? null : term.quiet,
    cost: { nanoseconds: Math.round(cost.nanoseconds), bytes: cost.bytes }, state: isIn ? 'in-force' : needed.every((name) => values[name] !== undefined) ? 'joins' : 'off',
  };
}

function parameterShapes(framework: Framework, values: Values, pack: Values, terms: readonly RuleTerm[], now: Instant): Answer<'rules'>['parameters'] {
  return [...new Set(terms.flatMap(parametersOf))].flatMap((name) => {
    const known = values[name];
    if (known === undefined) return [];
    const { value, unit, status, clause } = known;
    return [{
      name, title: parameterAt(framework, name, now)?.title ?? { en: name, ur: name }, unit, value, pack: pack[name]?.value ?? null, mayChange: status !== 'prescribed',
      provenance: { status: clause === SET_BY_AUTHORITY ? 'decided' as const : status, clause: clause === '' ? null : { en: clause, ur: clauseUrdu(framework, name, clause, now) } },
    }];
  });
}

/** The pack's clause in Urdu where it is the pack's; the authority's own word for what it set. */
function clauseUrdu(framework: Framework, name: string, clause: string, now: Instant): string {
  const own = parameterAt(framework, name, now)?.clause;
  return own?.en === clause ? own.ur : 'اتھارٹی نے خود طے کیا، دو افسران کی منظوری سے';
}

function proposalShape(one: RuleStanding['proposals'][number], backtests: readonly BacktestRow[], session: Session): Answer<'rules'>['proposals'][number] {
  const { tried, ...rest } = one;
  return {
    ...rest, tried: tried ?? null, backtest: backtests.find((row) => row.sha256 === tried && tried !== undefined)?.id ?? null, mine: one.actor === session.member.account,
    maySecond: one.state === 'waits' && decide(session.member, 'rule.second', { proposer: one.actor }).allowed,
  };
}

function rowShape(row: BacktestRow): Answer<'rules'>['backtests'][number] {
  const { id, by, askedAt, from, to, base, draft, changes, state, rowsDone, rowsTotal, seconds, fault, sha256 } = row;
  return { id, by, askedAt, from, to, base, draft, changes: [...changes], state, rowsDone, rowsTotal, seconds: Math.max(0, seconds), fault, sha256 };
}

type Found = Answer<'backtest'>['found'] & object;

function foundShape(found: BacktestFound, named: boolean): Found {
  const groups = (all: BacktestFound['provinces']): Found['provinces'] => Object.entries(all).map(([name, group]) => ({ name, ...group })).toSorted((a, b) => b.people - a.people);
  return {
    findings: found.findings, people: found.people, added: found.added, dropped: found.dropped, addedPeople: named ? [...found.addedPeople] : [], droppedPeople: named ? [...found.droppedPeople] : [],
    days: Object.entries(found.days).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([day, one]) => ({ day, ...one })),
    rules: Object.entries(found.rules).map(([id, one]) => ({ id, title: ruleOf(id).title, ...one })).toSorted((a, b) => b.base + b.draft - a.base - a.draft),
    provinces: groups(found.provinces), incomes: groups(found.incomes), judged: found.judged,
  };
}

function draftAnswer(document: RuleDocument, pack: Values, changes: readonly { readonly parameter: string; readonly value: number }[]): Answer<'checkRules'> {
  const made = draftRules(document, pack, changes);
  if ('faults' in made) return { faults: made.faults.map(({ rule, code, place, detail, remedy }) => ({ rule, code, place, detail, remedy })), hash: null, touched: [], joins: [] };
  const { draft } = made;
  const touched = newestRules().filter((term) => draft.touched.includes(term.id)).map((term) => ({ id: term.id, fires: conditionWords(term.when, (name) => draft.parameters[name]) }));
  return { faults: [], hash: draft.hash, touched, joins: [...draft.joins] };
}

/** Which events are read as in `event is (…)`: a fault there is told at its place behind `looksAt`. */
function expressionAnswer(values: Values, looksAt: string, text: string): Answer<'checkExpression'> {
  const opening = 'event is (';
  const read = parseCondition(`${opening}${looksAt})`);
  if ('faults' in read || read.tree.is !== 'event-is') {
    const places = 'faults' in read ? read.faults : [{ code: 'TEXT_SYNTAX' as const, place: '', detail: 'events are named and nothing else' }];
    return { faults: places.map(({ code, place, detail }) => ({ code, place: `looksAt.${Math.max(1, Number(place) - opening.length)}`, detail, remedy: REMEDY })), sound: null };
  }
  const judged = checkRule({ on: read.tree.where, text }, newestRules().map(({ id, on, when }) => ({ id, on, when })), { parameter: (name) => values[name] });
  if ('faults' in judged) return { faults: judged.faults.map(({ code, place, detail, remedy }: ToldFault) => ({ code, place, detail: detail.slice(0, 500), remedy })), sound: null };
  const { cost, ...sound } = judged.sound;
  return { faults: [], sound: { ...sound, cost: { nanoseconds: Math.round(cost.nanoseconds), bytes: cost.bytes } } };
}

const REMEDY = 'Name events as the table does: in, out, trade and others, joined by |, then with and without.';
