/**
 * Two rules of a peer on its own messages. Tazama (Apache-2.0) judges ISO 20022 payments: a customer credit transfer (pacs.008) and
 * its status (pacs.002). Its sample rule 901 counts the debtor's statuses of the last day; its event flow rule lets
 * a payment pass, or blocks it, by conditions that were set on an account. Here are messages of that shape from a seed,
 * the two rules in the language of the house, an adapter, and the documented meaning written out once more, against which every verdict is held.
 *
 * Documented: 901 gives `.x00` unless the status is ACCC; else it counts the statuses of the debtor's account that are at most 86,400,000 ms older and not
 * newer, the payment itself among them: below 2 `.01`, below 4 `.02`, else `.03`. The event flow rule takes the conditions of debtor and
 * creditor whose span holds the instant: `override` unless a block stands that cannot be overridden, else `block`, else `none`.
 * Two statuses of one account in one millisecond have no documented order; the generator makes none.
 */

import { parseCondition } from '../src/monitor/language/index.ts';
import { compileRules, openState, planOf, step, type Law } from '../src/monitor/engine/index.ts';
import type { Finding, RuleTerm } from '../src/monitor/index.ts';
import { EVENT_KINDS, FLAG, assert } from '../src/terms/index.ts';
import { randomOf } from '../src/screening/quality/index.ts';
import { ActivityBatch } from './activity.ts';

const DAY_MS = 86_400_000;
const START_MS = 1_803_884_400_000;
/** A window of ours ends just before a day's age and theirs just after: time runs slower by half a millisecond a day, so that both bounds fall on the same milliseconds. */
const MICROS = (DAY_MS * 1_000) / (DAY_MS + 0.5);
const OUT = EVENT_KINDS.indexOf('asset-withdrawal');

type Velocity = '.x00' | '.01' | '.02' | '.03';
type Flow = 'none' | 'override' | 'block';
/** What the two rules say of a payment. */
export interface Verdict {
  readonly velocity: Velocity;
  readonly flow: Flow;
}

/** A condition on an account, in force from one instant to another. */
interface Condition {
  readonly account: string;
  readonly side: 'debtor' | 'creditor';
  readonly kind: 'override' | 'overridable-block' | 'non-overridable-block';
  readonly fromMs: number;
  readonly toMs: number;
}

/** A payment as its two messages, each as text. */
export interface Payment {
  readonly transfer: string;
  readonly status: string;
}

/** Messages and conditions from a seed; a few debtors pay often, and some statuses come exactly a day, or a millisecond more, after another. */
export function inventPayments(seed: number, count: number, accounts: number): { readonly payments: readonly Payment[]; readonly conditions: readonly Condition[] } {
  const random = randomOf(seed);
  const [last, now] = [new Map<number, number>(), { ms: START_MS }];
  const payments = Array.from({ length: count }, (_, n): Payment => {
    const debtor = Math.floor(random() ** 2 * accounts);
    const before = last.get(debtor);
    now.ms += 1 + Math.floor((random() * 8 * DAY_MS) / count);
    if (before !== undefined && random() < 0.02 && before + DAY_MS > now.ms) now.ms = before + DAY_MS + (random() < 0.5 ? 0 : 1);
    last.set(debtor, now.ms);
    return messagesOf(n, now.ms, accountOf(debtor), accountOf(Math.floor(random() * accounts)), 100 + Math.floor(random() * 1e6), random() < 0.9 ? 'ACCC' : 'RJCT');
  });
  const span = now.ms - START_MS;
  const conditions = Array.from({ length: Math.ceil(accounts / 4) }, (): Condition => {
    const fromMs = START_MS + Math.floor(random() * span);
    return { account: accountOf(Math.floor(random() ** 2 * accounts)), side: random() < 0.5 ? 'debtor' : 'creditor', kind: KINDS[Math.floor(random() * 3)] ?? 'override', fromMs, toMs: fromMs + Math.floor(random() * span / 2) };
  });
  return { payments, conditions };
}

const KINDS = ['override', 'overridable-block', 'non-overridable-block'] as const;
const accountOf = (n: number): string => `acc-${String(n).padStart(8, '0')}`;

function messagesOf(n: number, ms: number, debtor: string, creditor: string, amount: number, status: string): Payment {
  const [at, instruction, endToEnd] = [new Date(ms).toISOString(), `INSTR${n}`, `E2E${String(n).padStart(12, '0')}`];
  const party = (name: string) => ({ Nm: name, Id: { PrvtId: { DtAndPlcOfBirth: { BirthDt: '1968-02-01', CityOfBirth: 'Unknown', CtryOfBirth: 'ZZ' }, Othr: [{ Id: `${name}-id`, SchmeNm: { Prtry: 'TAZAMA_EID' } }] } }, CtctDtls: { MobNb: '+00-000000000' } });
  const account = (id: string) => ({ Id: { Othr: [{ Id: id, SchmeNm: { Prtry: 'MSISDN' }, Nm: 'Invented' }] }, Nm: 'Invented' });
  const agent = (id: string) => ({ FinInstnId: { ClrSysMmbId: { MmbId: id } } });
  return {
    transfer: JSON.stringify({
      TxTp: 'pacs.008.001.10', FIToFICstmrCdtTrf: {
        GrpHdr: { MsgId: `T${n}`, CreDtTm: at, NbOfTxs: 1, SttlmInf: { SttlmMtd: 'CLRG' } },
        CdtTrfTxInf: {
          PmtId: { InstrId: instruction, EndToEndId: endToEnd }, IntrBkSttlmAmt: { Amt: { Amt: amount / 100, Ccy: 'XTS' } }, InstdAmt: { Amt: { Amt: amount / 100, Ccy: 'XTS' } }, ChrgBr: 'DEBT',
          Dbtr: party('Invented Debtor'), DbtrAcct: account(debtor), DbtrAgt: agent('fsp001'), CdtrAgt: agent('fsp002'), Cdtr: party('Invented Creditor'), CdtrAcct: account(creditor), Purp: { Cd: 'MP2P' },
        },
        RmtInf: { Ustrd: 'Invented' },
      },
    }),
    status: JSON.stringify({ TxTp: 'pacs.002.001.12', FIToFIPmtSts: { GrpHdr: { MsgId: `S${n}`, CreDtTm: at }, TxInfAndSts: { OrgnlInstrId: instruction, OrgnlEndToEndId: endToEnd, TxSts: status, AccptncDtTm: at, InstgAgt: agent('fsp001'), InstdAgt: agent('fsp002') } } }),
  };
}

/** A status with what its transfer said. */
interface Status {
  readonly id: string;
  readonly atMs: number;
  readonly debtor: string;
  readonly creditor: string;
  readonly paisa: number;
  readonly isAccepted: boolean;
}

/** A value within parsed JSON. Throws where it is not there. */
function within(json: unknown, ...path: readonly (string | number)[]): unknown {
  let at = json;
  for (const key of path) {
    const here: unknown = typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined;
    if (here === undefined) throw new Error(`a message has no ${path.join('.')}`);
    at = here;
  }
  return at;
}

/** Reads the two messages of a payment. Throws where they do not belong together. */
function readPayment({ transfer, status }: Payment): Status {
  const [order, said]: [unknown, unknown] = [JSON.parse(transfer), JSON.parse(status)];
  const [body, report] = [within(order, 'FIToFICstmrCdtTrf', 'CdtTrfTxInf'), within(said, 'FIToFIPmtSts')];
  const id = String(within(report, 'TxInfAndSts', 'OrgnlEndToEndId'));
  if (within(body, 'PmtId', 'EndToEndId') !== id) throw new Error('a status reports another payment');
  return {
    id, atMs: Date.parse(String(within(report, 'GrpHdr', 'CreDtTm'))), isAccepted: within(report, 'TxInfAndSts', 'TxSts') === 'ACCC', paisa: Math.round(Number(within(body, 'IntrBkSttlmAmt', 'Amt', 'Amt')) * 100),
    debtor: String(within(body, 'DbtrAcct', 'Id', 'Othr', 0, 'Id')), creditor: String(within(body, 'CdtrAcct', 'Id', 'Othr', 0, 'Id')),
  };
}

/** The documented meaning, over plain lists. */
export function documentedVerdicts(payments: readonly Payment[], conditions: readonly Condition[]): Map<string, Verdict> {
  const seen = new Map<string, number[]>();
  return new Map(payments.map((payment) => {
    const status = readPayment(payment);
    const own = [...seen.get(status.debtor) ?? [], status.atMs];
    seen.set(status.debtor, own);
    const count = own.filter((ms) => ms <= status.atMs && status.atMs - ms <= DAY_MS).length;
    return [status.id, { velocity: !status.isAccepted ? '.x00' : count < 2 ? '.01' : count < 4 ? '.02' : '.03', flow: flowOf(status, conditions) }];
  }));
}

function flowOf({ debtor, creditor, atMs }: Status, conditions: readonly Condition[]): Flow {
  const kinds = new Set(conditions.filter((one) => one.account === (one.side === 'debtor' ? debtor : creditor) && atMs >= one.fromMs && atMs <= one.toMs).map((one) => one.kind));
  if (kinds.has('override') && !kinds.has('non-overridable-block')) return 'override';
  return kinds.has('overridable-block') || kinds.has('non-overridable-block') ? 'block' : 'none';
}

function rule(id: string, on: RuleTerm['on'], text: string): RuleTerm {
  const read = parseCondition(text);
  assert('tree' in read, `${text} is a condition`);
  const words = { en: id, ur: id };
  return { id, version: 1, title: words, indicator: null, clause: 'Tazama, sample rules', weight: 0, subject: 'person', crossFirm: false, on, when: read.tree, quiet: '', innocent: words };
}

/** An accepted payment is marked as hosted; a condition that holds is a listing. Each band is a rule, and exactly one of them holds. */
const ACCEPTED = { any: ['out'], all: ['hosted'], none: [] } as const;
const RULES: readonly RuleTerm[] = [
  rule('.01', ACCEPTED, 'count[24h](out) <= 1'), rule('.02', ACCEPTED, 'count[24h](out) >= 2 and count[24h](out) <= 3'), rule('.03', ACCEPTED, 'count[24h](out) >= 4'),
  rule('flow', { any: ['listed'], all: [], none: [] }, 'event is (listed)'),
];

/** The conditions as a list that is asked by debtor and creditor at an instant. */
function lawOf(conditions: readonly Condition[]): Law {
  const plan = planOf(RULES.map((one) => one.when));
  const rules = compileRules('payments', RULES, {}, plan);
  const byAccount = Map.groupBy(conditions, (one) => one.account);
  const lookup: Law['wallets']['lookup'] = (_family, address, at) => {
    const [debtor = '', creditor = ''] = address.split('>');
    const own = [...byAccount.get(debtor) ?? [], ...byAccount.get(creditor) ?? []];
    const flow = own.length === 0 ? 'none' : flowOf({ id: '', atMs: Math.round((at - START_MS * 1_000) / MICROS) + START_MS, debtor, creditor, paisa: 0, isAccepted: true }, own);
    return flow === 'none' ? undefined : { list: flow, entry: '', version: '', force: 'information' };
  };
  return { rulesAt: () => rules, permits: () => true, wallets: { lookup } };
}

/** The two rules on the engine, fed with messages. Verdicts are its findings. */
export class PaymentJudge {
  readonly #state = openState({ plan: planOf(RULES.map((one) => one.when)), bytesMax: 2 ** 31 });
  readonly #law: Law;
  readonly #people = new Map<string, number>();

  constructor(conditions: readonly Condition[]) {
    this.#law = lawOf(conditions);
  }

  /** Judges payments in the order in which they come; gives the findings of each, by its id. */
  judge(payments: readonly Payment[]): { readonly ids: readonly string[]; readonly findings: readonly Finding[] } {
    const batch = new ActivityBatch(payments.length);
    const ids: string[] = [];
    let newest = 0;
    for (const payment of payments) {
      const status = readPayment(payment);
      const person = this.#people.get(status.debtor) ?? this.#people.size;
      this.#people.set(status.debtor, person);
      const at = START_MS * 1_000 + Math.floor((status.atMs - START_MS) * MICROS);
      newest = Math.max(newest, at);
      ids.push(status.id);
      batch.addText({ kind: OUT, at, number: 0, person, firm: 1, paisa: status.paisa, flags: FLAG.moves | (status.isAccepted ? FLAG.hosted : 0), party: 0 }, status.id, `${status.debtor}>${status.creditor}`);
    }
    const outcome = step(this.#state, { events: batch, admittedAt: newest }, this.#law);
    assert(!outcome.full, 'there is room for the payments');
    return { ids, findings: outcome.changes.flatMap((change) => (change.change === 'raised' ? [change.finding] : [])) };
  }
}

/** The verdict that findings on a payment amount to. */
export function verdictsOf(judged: ReturnType<PaymentJudge['judge']>): Map<string, Verdict> {
  const verdicts = new Map<string, Verdict>(judged.ids.map((id) => [id, { velocity: '.x00', flow: 'none' }]));
  for (const finding of judged.findings) {
    const known = verdicts.get(finding.event.id);
    assert(known !== undefined, 'a finding is about a payment that was judged');
    const flow = finding.listed?.list === 'override' ? 'override' : 'block';
    const velocity = finding.rule === '.01' || finding.rule === '.02' || finding.rule === '.03' ? finding.rule : known.velocity;
    verdicts.set(finding.event.id, { velocity, flow: finding.rule === 'flow' ? flow : known.flow });
  }
  return verdicts;
}
