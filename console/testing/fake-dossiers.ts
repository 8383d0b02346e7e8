/**
 * The fake server's desk of licensing: it keeps dossiers while it runs, refuses what is stale, what one person would decide
 * alone and what is asked without presence, and moves a firm when two have agreed.
 */
import { agreeBody, closeBody, decisionBody, judgementBody, letterBody, momentBody, screeningBody, waiverBody, type Answer, type DueRow } from '../../src/contract/console.ts';
import type { RejectionCode } from '../../src/terms/index.ts';
import { createHash } from 'node:crypto';
import { dossierOf, fakeFirms, formsAnswer, objects, type FakeDossier } from './answers-dossier.ts';
import { nowUs } from './nation-events.ts';
import { w } from './nation-firms.ts';

type Query = Record<string, string>;
/** What the fake server hands in: who asks, and how a refusal and a wish for presence are told. */
export interface Asking {
  readonly reader: string;
  readonly body: unknown;
  readonly params: Record<string, string>;
  refuse(code: RejectionCode): Error;
  present(body: unknown, stepUp: string | undefined): void;
  tell(code: string): void;
}
export type DossierAct = 'proposeStep' | 'agree' | 'closeProposal' | 'judgeGate' | 'recordMoment' | 'recordScreening' | 'sendLetter' | 'waive';

export class FakeDossiers {
  readonly #dossiers = new Map(fakeFirms.map((one) => [one.firm.code, dossierOf(one)]));
  readonly #waived = new Set<string>();
  #entry = 100;

  constructor() {
    const waiting = this.#dossiers.get('HZL');
    if (waiting !== undefined) waiting.proposals = [this.#proposal(waiting, 'licensing', { seen: waiting.version, reasons: 'Registration was shown by the letter of the unit.', evidence: [], step: { event: 'register', from: '', to: 'aml-registered' } })];
  }

  dossiers(query: Query): Answer<'dossiers'> {
    const rows = [...this.#dossiers.values()].map((one): Answer<'dossiers'>['items'][number] => {
      const forward = one.steps.find((step) => step.way === 'forward');
      const deadline = one.clocks.find((clock) => clock.state === 'runs');
      return {
        firm: one.firm, stage: one.stage, version: one.version, waiting: one.proposals.filter((each) => each.state === 'waits').length, questions: one.letters.filter((each) => each.open).length, breaches: one.due.filter((each) => each.state === 'breach').length,
        forward: forward === undefined ? null : { title: forward.title, met: forward.gates.filter((gate) => gate.state === 'met').length, gates: forward.gates.length }, deadline: deadline?.day === undefined || deadline.day === null ? null : { title: deadline.title, day: deadline.day },
      };
    }).filter((row) => (query['stage'] === undefined || row.stage.id === query['stage']) && (query['waiting'] === undefined || row.waiting > 0));
    return { asOf: nowUs, items: rows.slice(0, Number(query['limit'] ?? 100)), next: null, total: rows.length };
  }

  dossier(code: string, reader: string): Answer<'dossier'> | null {
    const one = this.#dossiers.get(code);
    return one === undefined ? null : { ...one, due: one.due.filter((row) => !this.#waived.has(keyOf(row))), proposals: one.proposals.map((each) => ({ ...each, mine: each.by === reader, maySecond: each.state === 'waits' && each.by !== reader })) };
  }

  forms(): Answer<'forms'> {
    return formsAnswer();
  }

  object(sha256: string): Answer<'dossierObject'> | null {
    const text = objects.get(sha256);
    return text === undefined ? null : { sha256, base64: Buffer.from(text).toString('base64') };
  }

  headroom(code: string, services: Answer<'headroom'>['services']): Answer<'headroom'> | null {
    const one = this.#dossiers.get(code);
    return one === undefined ? null : { asOf: nowUs, firm: one.firm, stage: one.stage, services, limits: [], conditions: [] };
  }

  obligations(query: Query): Answer<'obligations'> {
    const weight: Readonly<Record<DueRow['state'], number>> = { breach: 0, overdue: 0, reminds: 1, due: 2, open: 3 };
    const all = [...this.#dossiers.values()].flatMap((one) => one.due).filter((row) => !this.#waived.has(keyOf(row)));
    const wanted = all.filter((row) => (query['firm'] === undefined || row.firm.code === query['firm']) && (query['duty'] === undefined || row.obligation === query['duty']));
    const shown = wanted.filter((row) => query['state'] === undefined || row.state === query['state']).toSorted((a, b) => weight[a.state] - weight[b.state] || (a.day ?? '9').localeCompare(b.day ?? '9'));
    const of = (state: DueRow['state']): number => wanted.filter((row) => row.state === state).length;
    const start = Number(query['cursor'] ?? 0);
    const end = start + Number(query['limit'] ?? 100);
    return {
      asOf: nowUs, items: shown.slice(start, end), next: end < shown.length ? String(end) : null, total: shown.length, counts: { open: of('open'), due: of('due'), reminds: of('reminds'), overdue: of('overdue'), breach: of('breach') },
      duties: [...new Map(all.map((row) => [row.obligation, { obligation: row.obligation, title: row.title }])).values()], firms: [...new Map(all.map((row) => [row.firm.code, row.firm])).values()],
    };
  }

  act(name: DossierAct, asking: Asking): Answer<'agree'> {
    const one = this.#dossiers.get(asking.params['code'] ?? '');
    if (one === undefined) throw asking.refuse('NOT_FOUND');
    const waits = name === 'proposeStep' ? this.#propose(one, asking) : false;
    if (name === 'agree') this.#agree(one, asking);
    if (name === 'closeProposal') this.#close(one, asking);
    if (name === 'judgeGate') this.#judge(one, asking);
    if (name === 'recordMoment') this.#moment(one, asking);
    if (name === 'recordScreening') this.#screen(one, asking);
    if (name === 'sendLetter') this.#letter(one, asking);
    if (name === 'waive') { const body = waiverBody.parse(asking.body); this.#waived.add(`${one.firm.code} ${body.obligation} ${body.occurrence}`); }
    asking.tell(one.firm.code);
    return { entry: this.#entry, waits };
  }

  #said(one: FakeDossier, asking: Pick<Asking, 'reader'>, en: string, ur: string, about: string, second: string | null = null): number {
    this.#entry += 1;
    one.history = [{ entry: this.#entry, at: nowUs, title: w(en, ur), about, actor: asking.reader, second, basis: 'Example Act, s.4' }, ...one.history];
    return this.#entry;
  }

  #proposal(one: FakeDossier, by: string, body: ReturnType<typeof decisionBody.parse>): FakeDossier['proposals'][number] {
    this.#entry += 1;
    const step = one.steps.find((each) => each.event === body.step?.event);
    const rung = one.ladder.find((each) => each.rung === body.rung?.rung);
    return {
      entry: this.#entry, at: nowUs, by, state: 'waits', seen: body.seen, reasons: body.reasons, basis: 'Example Act, s.4', evidence: body.evidence, maySecond: false, caps: (body.caps ?? []).map(({ limit, value }) => ({ limit, value, title: one.capsOpen.find((each) => each.limit === limit)?.title ?? w(limit, limit), unit: 'count' })), mine: false,
      step: step === undefined ? null : { event: step.event, title: step.title, to: step.to, services: body.step?.services ?? null, effectiveFrom: body.step?.effectiveFrom ?? null },
      rung: rung === undefined || body.rung === undefined ? null : { rung: rung.rung, title: rung.title, target: body.rung.target, terms: body.rung.terms, fineMinor: body.rung.fineMinor ?? null, plan: body.rung.plan ?? null },
    };
  }

  #propose(one: FakeDossier, asking: Asking): boolean {
    const body = decisionBody.parse(asking.body);
    if (body.seen !== one.version || one.proposals.some((each) => each.state === 'waits')) throw asking.refuse('DECISION_STALE');
    const rung = one.ladder.find((each) => each.rung === body.rung?.rung);
    const step = one.steps.find((each) => each.event === body.step?.event);
    if (step?.gates.some((gate) => gate.state !== 'met') === true) throw asking.refuse('GATE_UNMET');
    if ((body.rung?.fineMinor ?? 0) > (rung?.capMinor ?? 0)) throw asking.refuse('FINE_ABOVE_CAP');
    asking.present(asking.body, body.stepUp);
    const proposal = this.#proposal(one, asking.reader, body);
    if (step === undefined && rung?.second === false) { this.#measure(one, proposal, null); return false; }
    one.proposals = [...one.proposals, proposal];
    this.#said(one, asking, 'Decision proposed', 'فیصلہ تجویز ہوا', body.step?.event ?? body.rung?.rung ?? '');
    return true;
  }

  #waiting(one: FakeDossier, asking: Asking): FakeDossier['proposals'][number] {
    const found = one.proposals.find((each) => each.entry === Number(asking.params['proposal']) && each.state === 'waits');
    if (found === undefined) throw asking.refuse('PROPOSAL_UNKNOWN');
    return found;
  }

  #agree(one: FakeDossier, asking: Asking): void {
    const body = agreeBody.parse(asking.body);
    const proposal = this.#waiting(one, asking);
    if (proposal.by === asking.reader) throw asking.refuse('SECOND_PERSON_REQUIRED');
    if (body.seen !== one.version || proposal.seen !== one.version) throw asking.refuse('DECISION_STALE');
    asking.present(asking.body, body.stepUp);
    one.proposals = one.proposals.map((each) => (each === proposal ? { ...each, state: 'agreed' } : each));
    if (proposal.rung !== null) this.#measure(one, proposal, asking.reader);
    if (proposal.step !== null) {
      one.stage = proposal.step.to;
      one.steps = [];
      one.version = this.#said(one, { reader: proposal.by }, 'Stage changed', 'مرحلہ بدلا', proposal.step.to.id, asking.reader);
    }
  }

  #measure(one: FakeDossier, proposal: FakeDossier['proposals'][number], second: string | null): void {
    if (proposal.rung === null) return;
    const { rung, title, target, terms, fineMinor, plan } = proposal.rung;
    one.version = this.#said(one, { reader: proposal.by }, 'Measure taken', 'اقدام ہوا', rung, second);
    one.measures = [...one.measures, { entry: one.version, at: nowUs, by: proposal.by, second, rung, title, target, terms, reasons: proposal.reasons, fineMinor, plan }];
  }

  #close(one: FakeDossier, asking: Asking): void {
    closeBody.parse(asking.body);
    const proposal = this.#waiting(one, asking);
    one.proposals = one.proposals.map((each) => (each === proposal ? { ...each, state: proposal.by === asking.reader ? 'withdrawn' : 'sent-back' } : each));
    this.#said(one, asking, 'Decision closed', 'تجویز ختم', proposal.step?.event ?? '');
  }

  #gate(one: FakeDossier, test: (gate: FakeDossier['steps'][number]['gates'][number]) => boolean, state: 'met' | 'unmet'): void {
    one.steps = one.steps.map((step) => ({ ...step, gates: step.gates.map((gate) => (test(gate) ? { ...gate, state, lacks: state === 'met' ? [] : gate.lacks, entry: one.version } : gate)) }));
  }

  #judge(one: FakeDossier, asking: Asking): void {
    const body = judgementBody.parse(asking.body);
    if (body.seen !== one.version) throw asking.refuse('DECISION_STALE');
    const gate = one.steps.flatMap((step) => step.gates).find((each) => each.gate === body.gate);
    if (gate === undefined || one.weighed === null) throw asking.refuse('GATE_UNKNOWN');
    one.version = this.#said(one, asking, 'Gate judged', 'شرط جانچی گئی', body.gate);
    one.weighed = { ...one.weighed, findings: [...one.weighed.findings.filter((each) => each.gate !== body.gate), { gate: body.gate, title: gate.title, about: gate.about, outcome: body.outcome, entry: one.version, at: nowUs, by: asking.reader, seen: body.seen, reasons: body.reasons, criteria: gate.criteria.map((each) => ({ ...each, note: body.criteria.find((said) => said.criterion === each.criterion)?.note ?? '', score: body.criteria.find((said) => said.criterion === each.criterion)?.score ?? null })) }] };
    this.#gate(one, (each) => each.gate === body.gate, body.outcome);
  }

  #moment(one: FakeDossier, asking: Asking): void {
    const body = momentBody.parse(asking.body);
    one.version = this.#said(one, asking, 'Moment recorded', 'واقعہ درج', body.event);
    this.#gate(one, (gate) => gate.lacks.some((lack) => lack.what === 'moment' && lack.name === body.event), 'met');
  }

  #screen(one: FakeDossier, asking: Asking): void {
    const body = screeningBody.parse(asking.body);
    if (one.weighed === null) return;
    one.version = this.#said(one, asking, 'Applicant screened', 'درخواست گزار کی اسکریننگ', '');
    one.weighed = { ...one.weighed, screening: { entry: one.version, at: nowUs, by: asking.reader, lists: body.lists.map((each) => ({ ...each, title: w(each.list, each.list) })), results: body.results } };
    if (body.results.every((each) => each.result === 'clear')) this.#gate(one, (gate) => gate.shown === 'screened', 'met');
  }

  #letter(one: FakeDossier, asking: Asking): void {
    const body = letterBody.parse(asking.body);
    const text = createHash('sha256').update(body.text).digest('hex');
    objects.set(text, body.text);
    const entry = this.#said(one, asking, 'Letter sent', 'خط بھیجا گیا', body.subject);
    one.letters = [...one.letters, { entry, at: nowUs, from: 'authority', role: body.role, subject: body.subject, text, answers: null, open: body.role === 'question', attachments: [] }];
  }
}

const keyOf = (row: DueRow): string => `${row.firm.code} ${row.obligation} ${row.occurrence}`;
