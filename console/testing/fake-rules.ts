/**
 * The rules of the fake nation and what is done to them: a few invented rules whose thresholds can be drafted, a back-test that is there at
 * once, and proposals of two people. It keeps the contract and judges nothing that the real house judges.
 */
import { createHash } from 'node:crypto';
import { agreeRulesBody, backtestBody, closeRulesBody, draftBody, expressionBody, proposeRulesBody, type Answer, type BacktestAnswer, type RuleParameterRow, type RuleProposalRow, type RuleRow } from '../../src/contract/console.ts';
import type { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';
import { w } from './nation-firms.ts';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const base = hash('the set in force');
const hour = 3_600_000_000;

const parameter = (name: string, en: string, ur: string, unit: RuleParameterRow['unit'], value: number, more: Partial<RuleParameterRow> = {}): RuleParameterRow => ({
  name, title: w(en, ur), unit, value, pack: value, mayChange: true, provenance: { status: 'assumption', clause: w('Example assumptions', 'مثالی مفروضے') }, ...more,
});
const parameters: readonly RuleParameterRow[] = [
  parameter('example.count', 'Example: how many', 'مثال: کتنے', 'count', 3),
  parameter('example.sum', 'Example: how much', 'مثال: کتنی رقم', 'paisa', 80_000_000, { provenance: { status: 'decided', clause: w('set by the authority, two officers agreeing', 'اتھارٹی نے خود طے کیا، دو افسران کی منظوری سے') }, pack: 100_000_000 }),
  parameter('example.share', 'Example: which share', 'مثال: کتنا حصہ', 'ratio', 0.9, { provenance: { status: 'draft', clause: w('Example Rules, r.2', 'مثالی قواعد، r.2') } }),
  parameter('example.quiet', 'Example: quiet for', 'مثال: خاموشی', 'duration', 24 * hour),
  parameter('law.threshold', 'Threshold of the law', 'قانون کی حد', 'paisa', 200_000_000, { mayChange: false, provenance: { status: 'prescribed', clause: w('Example Act, s.1', 'مثالی ایکٹ، s.1') } }),
];
const rule = (id: string, en: string, ur: string, of: readonly string[], more: Partial<RuleRow> = {}): RuleRow => ({
  id, version: 1, hash: hash(id), title: w(en, ur), indicator: 'RF-T1', clause: 'Example of a source', weight: 35, subject: 'person', crossFirm: true, looksAt: w('receipts', 'وصولیاں'),
  fires: w('the number of receipts within 24 hours is at least 3, and their sum is at least PKR 800,000', '24 گھنٹوں میں وصولیوں کی تعداد کم از کم 3 ہو، اور ان کا مجموعہ کم از کم \u2066PKR 800,000\u2069 ہو'),
  innocent: w('Salary and rent.', 'تنخواہ اور کرایہ۔'), text: 'count[24h](in) >= example.count and sum[24h](in) >= example.sum', parameters: [...of], quiet: 'example.quiet', cost: { nanoseconds: 10, bytes: 16 }, state: 'in-force', ...more,
});
const rules: readonly RuleRow[] = [
  rule('example-one', 'Many receipts within a day', 'ایک دن میں کئی وصولیاں', ['example.count', 'example.sum']),
  rule('example-two', 'Received and sent out again', 'وصول ہوا اور نکل گیا', ['example.share', 'law.threshold'], { indicator: null, crossFirm: false, cost: { nanoseconds: 12_012, bytes: 0 } }),
  rule('example-three', 'A rule of the next set', 'اگلے مجموعے کا قاعدہ', ['example.sum'], { state: 'joins', quiet: null, subject: 'firm' }),
];

type Asked = { readonly reader: string; readonly params: Record<string, string>; readonly body: unknown; readonly refuse: (code: 'NOT_FOUND' | 'SECOND_PERSON_REQUIRED' | 'DECISION_STALE') => Turned; readonly present: (body: object, stepUp: string | undefined) => void };

export class FakeRules {
  readonly #proposals: RuleProposalRow[] = [{
    entry: 51, at: nowUs - 5 * hour, actor: 'st-3', state: 'waits', base, hash: hash('proposed'), effectiveFrom: nowUs + hour, reasons: 'Synthetic: too many families are met.', changes: [{ parameter: 'example.count', value: 4, before: 3 }],
    joins: [], tried: hash('result'), backtest: 1, mine: false, maySecond: true,
  }];
  readonly #tests: BacktestAnswer[] = [tested(1, [{ parameter: 'example.count', value: 4 }])];

  answer(name: string, asked: Asked): unknown {
    switch (name) {
      case 'rules': return this.#table(asked.reader);
      case 'checkRules': return check(asked.body);
      case 'checkExpression': return expressed(asked.body);
      case 'startBacktest': { const one = tested(this.#tests.length + 1, backtestBody.parse(asked.body).changes); this.#tests.unshift(one); return { id: one.id }; }
      case 'backtest': case 'cancelBacktest': case 'resumeBacktest': {
        const one = this.#tests.find((each) => each.id === Number(asked.params['id']));
        if (one === undefined) throw asked.refuse('NOT_FOUND');
        return name === 'backtest' ? one : { id: one.id };
      }
      case 'proposeRules': return this.#propose(asked);
      case 'agreeRules': { const { stepUp } = agreeRulesBody.parse(asked.body); return this.#end(asked, 'agreed', stepUp); }
      case 'closeRules': closeRulesBody.parse(asked.body); return this.#end(asked, 'sent-back', undefined);
      default: return null;
    }
  }

  #table(reader: string): Answer<'rules'> {
    const set = { entry: 12, at: nowUs - 900 * hour, hash: base, effectiveFrom: nowUs - 900 * hour, actor: 'supervisor', second: 'senior', proposal: null };
    const proposals = this.#proposals.map((one) => ({ ...one, mine: one.actor === reader, maySecond: one.state === 'waits' && one.actor !== reader }));
    return { asOf: nowUs, base, inForce: set, coming: [{ ...set, entry: 60, hash: hash('coming'), effectiveFrom: nowUs + 48 * hour }], sets: [set], rules: [...rules], parameters: [...parameters], proposals, backtests: this.#tests.map(({ found: _found, ...row }) => row), reach: { from: nowUs - 3000 * hour, to: nowUs } };
  }

  #propose(asked: Asked): unknown {
    const { stepUp, backtest, ...body } = proposeRulesBody.parse(asked.body);
    asked.present(body, stepUp);
    const entry = 70 + this.#proposals.length;
    this.#proposals.unshift({ entry, at: nowUs, actor: asked.reader, state: 'waits', base, hash: hash(String(entry)), effectiveFrom: body.effectiveFrom, reasons: body.reasons, changes: body.changes.map((one) => ({ ...one, before: null })), joins: [], tried: null, backtest: backtest ?? null, mine: true, maySecond: false });
    return { entry, waits: true };
  }

  #end(asked: Asked, state: 'agreed' | 'sent-back', stepUp: string | undefined): unknown {
    const at = this.#proposals.findIndex((one) => one.entry === Number(asked.params['proposal']) && one.state === 'waits');
    const one = this.#proposals[at];
    if (one === undefined) throw asked.refuse('DECISION_STALE');
    if (state === 'agreed') {
      if (one.actor === asked.reader) throw asked.refuse('SECOND_PERSON_REQUIRED');
      asked.present({ proposal: one.entry }, stepUp);
    }
    this.#proposals[at] = { ...one, state };
    return { entry: one.entry, waits: false };
  }
}

function expressed(body: unknown): Answer<'checkExpression'> {
  const { text } = expressionBody.parse(body);
  if (!text.includes('>=')) return { faults: [{ code: 'TEXT_SYNTAX', place: '1', detail: 'a comparison (>= or <=) is missing', remedy: 'Mend the expression at the place that is named.' }], sound: null };
  return { faults: [], sound: { text, looksAt: w('payments out', 'روانہ ادائیگیاں'), fires: w('the number of different receivers within 24 hours is at least 12', '24 گھنٹوں میں مختلف وصول کنندگان کی تعداد کم از کم 12 ہو'), cost: { nanoseconds: 12_010, bytes: 8 } } };
}

function check(body: unknown): Answer<'checkRules'> {
  const { changes } = draftBody.parse(body);
  const zero = changes.filter((one) => one.value === 0);
  if (zero.length > 0) return { faults: zero.map((one) => ({ rule: 'example-one', code: 'ALWAYS_TRUE', place: one.parameter, detail: 'holds whatever happens', remedy: 'Strike the condition: it holds for every event.' })), hash: null, touched: [], joins: [] };
  return { faults: [], hash: hash(JSON.stringify(changes)), touched: rules.filter((one) => one.state === 'joins' || changes.some((each) => one.parameters.includes(each.parameter))).map(({ id, fires }) => ({ id, fires })), joins: ['example-three'] };
}

function tested(id: number, changes: BacktestAnswer['changes']): BacktestAnswer {
  const people = ['7f3a91c2d4e5f60718293a4b5c6d7e8f', '0123456789abcdef0123456789abcdef'];
  return {
    id, by: 'st-3', askedAt: nowUs - 6 * hour, from: nowUs - 48 * hour, to: nowUs, base, draft: hash(`draft ${id}`), changes, state: 'done', rowsDone: 24_000, rowsTotal: 24_000, seconds: 1.4, fault: null, sha256: hash('result'),
    found: {
      findings: { base: 40, draft: 22 }, people: { base: 12, draft: 7 }, added: 0, dropped: 5, addedPeople: [], droppedPeople: people,
      days: [{ day: '2026-11-23', people: { base: 7, draft: 4 }, findings: { base: 21, draft: 12 } }, { day: '2026-11-24', people: { base: 5, draft: 3 }, findings: { base: 19, draft: 10 } }],
      rules: [{ id: 'example-one', title: w('Many receipts within a day', 'ایک دن میں کئی وصولیاں'), base: 40, draft: 22 }], provinces: [{ name: 'punjab', people: 500, base: 8, draft: 5 }, { name: 'sindh', people: 400, base: 4, draft: 2 }],
      incomes: [{ name: 'low', people: 600, base: 9, draft: 4 }, { name: 'high', people: 300, base: 3, draft: 3 }], judged: { escalated: { base: 4, draft: 4 }, dismissed: { base: 4, draft: 1 }, escalatedInAll: 5 },
    },
  };
}
