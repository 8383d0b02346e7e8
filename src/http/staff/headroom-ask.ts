/**
 * One question of headroom: may this firm take a customer, list an asset, offer a service, pay something out? Answered from
 * the framework, from decisions that the firm was told, from the firm's own figures and from published lists; never from
 * alerts, cases or other firms. Nothing here asks for the monitor's findings, and the same question gets the same answer
 * whatever is suspected.
 *
 * Only law says no. What is a draft, an assumption or unset is shown and reminds. A figure that cannot be had now makes the
 * answer unknown where a cap binds, never a yes.
 */

import type { Answer } from '../../contract/console.ts';
import { inForce, stageAllows, type Cap } from '../../framework/index.ts';
import { countCustomers } from '../../intake/index.ts';
import { readFirm } from '../../licensing/index.ts';
import { withActor, type Analytics, type Tx } from '../../log/index.ts';
import { EVENT_KINDS, FLAG, chainFamily, reject, type EventKind, type Instant, type Service } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { sourceShape, type Opened } from './dossier-parts.ts';
import { capSource } from './headroom.ts';
import type { DossierGround } from './dossiers.ts';
import { PublishedWallets } from './published-wallets.ts';

type Asked = Answer<'headroomAsk'>;
type Ground = Asked['grounds'][number];
type Limit = Cap['limit'];

/** What headroom needs beside the dossiers: figures of the firm's own events, and the wallets of published lists. */
export interface HeadroomGround extends DossierGround {
  readonly analytics: Pick<Analytics, 'ask'>;
}

/** What answers the question's route. */
export function headroomRoutes(ground: HeadroomGround): Pick<StaffRoutes, 'headroomAsk'> {
  const wallets = new PublishedWallets(ground.pool, (sha256) => ground.licensing.object(sha256));
  return {
    headroomAsk: async ({ session, params, query, now }) => (session === undefined ? reject('SESSION_REQUIRED') : withActor(ground.pool, session.actor, async (tx) => {
      const card = ground.directory.byCode(params.code);
      const firm = card === undefined ? undefined : await readFirm(tx, { firm: card.id });
      if (card === undefined || firm === undefined) return reject('NOT_FOUND');
      return askHeadroom(tx, { ...ground, wallets }, { card, firm, dossier: await ground.licensing.read(tx, firm.firm) }, query, now);
    })),
  };
}

/** The question, as the route's query has it. */
interface Question {
  readonly ask: 'take-customer' | 'list-asset' | 'offer-service' | 'pay-out';
  readonly service?: string | undefined;
  readonly asset?: string | undefined;
  readonly customer?: string | undefined;
  readonly paisa?: number | undefined;
  readonly chain?: string | undefined;
  readonly address?: string | undefined;
}

/** Which measure each question is about. */
const MEASURE: Readonly<Record<Question['ask'], Limit['measure'] | undefined>> = { 'take-customer': 'customers', 'list-asset': 'assets', 'pay-out': 'paid-out', 'offer-service': undefined };
const FORCE_HOLDS: Readonly<Record<'freeze' | 'review' | 'information', Ground['holds']>> = { freeze: 'no', review: 'unknown', information: 'yes' };

/** Answers the question. */
async function askHeadroom(tx: Tx, ground: HeadroomGround & { readonly wallets: PublishedWallets }, opened: Opened, question: Question, now: Instant): Promise<Asked> {
  const { card } = opened;
  const grounds = [serviceGround(ground, opened, question, now), ...await limitGrounds(tx, ground, opened, question, now), ...await listGrounds(ground, question, now)];
  const law = grounds.filter((one) => !one.reminds);
  const may = law.some((one) => one.holds === 'no') ? 'no' : law.some((one) => one.holds === 'unknown') ? 'unknown' : 'yes';
  return { asOf: now, firm: card.ref, stage: card.stage, ask: question.ask, may, grounds };
}

/** The service that is asked for; of the other questions, that the stage allows any service at all. */
function serviceGround({ licensing: { framework } }: HeadroomGround, { firm }: Opened, question: Question, now: Instant): Ground {
  const held = firm.held.findLast((one) => one.from <= now);
  const source = inForce(framework.stages.get(held?.stage ?? '')?.permissions, now);
  const open = (service: Service): boolean => held !== undefined && stageAllows(framework, held.stage, service, now, held.services);
  const asked = [...framework.services].find(([service]) => service === question.service);
  const holds = question.service === undefined ? [...framework.services.keys()].some(open) : asked !== undefined && open(asked[0]);
  return {
    what: 'service', id: question.service ?? 'any', title: asked?.[1].title ?? { en: 'A service that the stage allows', ur: 'مرحلے میں اجازت یافتہ خدمت' }, holds: holds ? 'yes' : 'no', reminds: false, unit: '', live: null, would: null, limit: null, entry: null,
    provenance: source === undefined ? { status: 'unset', clause: null } : sourceShape(source),
  };
}

async function limitGrounds(tx: Tx, ground: HeadroomGround, opened: Opened, question: Question, now: Instant): Promise<Ground[]> {
  const { licensing } = ground;
  const measure = MEASURE[question.ask];
  if (measure === undefined) return [];
  const caps = new Map(licensing.caps(opened.firm, opened.dossier, now).map((cap) => [cap.limit.limit, cap]));
  const stage = opened.firm.held.findLast((one) => one.from <= now)?.stage;
  const limits = [...licensing.framework.limits.values()].flatMap((dated) => inForce(dated, now) ?? []).filter((limit) => limit.measure === measure && limit.bound === 'ceiling' && (limit.stage === stage || caps.has(limit.limit)));
  return Promise.all(limits.map(async (limit) => {
    const cap = caps.get(limit.limit);
    const value = cap?.value ?? (typeof limit.value === 'number' ? limit.value : null);
    const figures = await figuresOf(tx, ground, opened, question, limit, now);
    const holds = value === null ? 'yes' : figures === undefined ? 'unknown' : figures.would <= value ? 'yes' : 'no';
    return {
      what: 'limit' as const, id: limit.limit, title: limit.title, holds, reminds: cap === undefined, unit: limit.unit, live: figures?.live ?? null, would: figures?.would ?? null, limit: value, entry: cap?.entry ?? null,
      provenance: cap === undefined ? sourceShape(limit) : capSource(cap),
    };
  }));
}

/** What the firm has now and would have, in the limit's unit; `undefined` when the figure cannot be had. */
async function figuresOf(tx: Tx, ground: HeadroomGround, { firm }: Opened, question: Question, limit: { readonly measure: string; readonly per: string; readonly windowUs: number | undefined }, now: Instant): Promise<{ readonly live: number; readonly would: number } | undefined> {
  try {
    if (limit.measure === 'customers') {
      const live = await countCustomers(tx, firm.firm);
      return { live, would: live + 1 };
    }
    if (limit.measure === 'assets') {
      const [row] = await ground.analytics.ask(ASSETS, { firm: firm.number, legs: FLAG.secondLeg | FLAG.fiat, asset: question.asset ?? '', kinds: numbersOf(['asset-deposit', 'asset-withdrawal', 'trade', 'p2p-trade']) });
      const live = numberIn(row, 'live');
      return { live, would: live + (numberIn(row, 'known') > 0 ? 0 : 1) };
    }
    if (limit.per === 'customer' && question.customer === undefined) return undefined;
    const from = limit.windowUs === undefined ? 0 : now - limit.windowUs;
    const [row] = await ground.analytics.ask(PAID, { firm: firm.number, legs: FLAG.secondLeg, from, customer: limit.per === 'customer' ? question.customer ?? '' : '', kinds: numbersOf(['fiat-out', 'asset-withdrawal']), correct: EVENT_KINDS.indexOf('correct'), cancel: EVENT_KINDS.indexOf('cancel') });
    const live = numberIn(row, 'live');
    return { live, would: live + (question.paisa ?? 0) };
  } catch {
    return undefined;
  }
}

const numbersOf = (kinds: readonly EventKind[]): number[] => kinds.map((kind) => EVENT_KINDS.indexOf(kind));

/** ClickHouse gives 64-bit numbers as texts. */
function numberIn(row: unknown, key: string): number {
  const value = Number(new Map(Object.entries(Object(row))).get(key) ?? Number.NaN);
  if (!Number.isFinite(value)) throw new Error(`the analytics store gives no ${key}`);
  return value;
}

const ASSETS = `
select toString(uniqExact(asset)) as live, toString(countIf(asset = {asset:String})) as known from events
where firm = {firm:UInt16} and kind in {kinds:Array(UInt8)} and bitAnd(flags, {legs:UInt32}) = 0`;
/** Events as they stand: what was corrected counts as corrected, what was cancelled not at all. */
const PAID = `
select toString(sum(paisa)) as live from events
where firm = {firm:UInt16} and at > {from:Int64} and bitAnd(flags, {legs:UInt32}) = 0 and ({customer:String} = '' or customer = {customer:String})
  and (kind in {kinds:Array(UInt8)} or (kind = {correct:UInt8} and replacement_kind in {kinds:Array(UInt8)}))
  and id not in (select target from events where firm = {firm:UInt16} and kind in ({correct:UInt8}, {cancel:UInt8}))`;

/** Where the value would go, as the published lists know it. */
async function listGrounds(ground: HeadroomGround & { readonly wallets: PublishedWallets }, { ask, chain, address }: Question, now: Instant): Promise<Ground[]> {
  if (ask !== 'pay-out' || chain === undefined || address === undefined) return [];
  const listed = (await ground.wallets.read()).lookup(chainFamily(chain), address, now);
  if (listed === undefined) return [];
  const term = inForce(ground.licensing.framework.lists.get(listed.list), now) ?? ground.licensing.framework.lists.get(listed.list)?.at(-1);
  const title = { en: `${term?.title.en ?? listed.list}, entry ${listed.entry} of ${listed.version}`, ur: `${term?.title.ur ?? listed.list}، اندراج ${listed.entry}، ${listed.version}` };
  return [{
    what: 'list', id: listed.list, title, holds: FORCE_HOLDS[listed.force], reminds: listed.force === 'information', unit: '', live: null, would: null, limit: null, entry: null,
    provenance: term === undefined ? { status: 'unset', clause: null } : sourceShape(term),
  }];
}
