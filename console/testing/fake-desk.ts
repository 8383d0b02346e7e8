/**
 * What the fake server knows and does: sessions of the demo accounts, decisions of two people with their
 * presence check, and each route's answer. Roles here only need to differ; the real table is `access`'s.
 */
import { createHash, randomUUID } from 'node:crypto';
import { assignBody, passwordBody, permissions, proposeBody, secondBody, stepUpBody, totpBody, type Alert, type AlertRow, type Answer, type Decision, type Permission, type RouteName, type Session, type StaffRef } from '../../src/contract/console.ts';
import { peopleAnswer } from './answers-people.ts';
import { returnAnswer } from './answers-return.ts';
import { adoptionAnswer, frameworkAnswer, packDifference } from './answers-framework.ts';
import { conflictsAnswer, deputiesAnswer } from './answers-office.ts';
import { complaintsAnswer, warningsAnswer } from './answers-publication.ts';
import { engineAnswer, firmAnswer, firmsAnswer, overviewAnswer } from './answers-firms.ts';
import { alertsAnswer, eventAnswer, eventsAnswer, ledgerAnswer, keptLineAnswer, rejectionsAnswer, seenBy, submissionsAnswer } from './answers-lists.ts';
import { FakeDossiers, type DossierAct } from './fake-dossiers.ts';
import { makeLedger } from './fake-ledger.ts';
import { FakeOwnAccess } from './fake-own-access.ts';
import { FakeScreening } from './fake-screening.ts';
import { FakeOwnDossier } from './fake-own-dossier.ts';
import { FakeRules } from './fake-rules.ts';
import { Turned } from './fake-turned.ts';
import { nowUs } from './nation-events.ts';
import { firms, staff, w } from './nation-firms.ts';
import { makeNation, type Nation } from './nation.ts';

type Account = { readonly staff: StaffRef; readonly permissions: readonly Permission[]; readonly firm?: Session['firm'] };
const officer: readonly Permission[] = permissions.filter((one) => one !== 'dossier.file');
const analyst: readonly Permission[] = officer.filter((one) => one !== 'engine.read');
export const accounts: Readonly<Record<string, Account>> = {
  siddiqui: { staff: staff.siddiqui, permissions: officer },
  raza: { staff: staff.raza, permissions: analyst },
  baig: { staff: staff.baig, permissions: officer },
  mirza: { staff: staff.mirza, permissions: ['overview.read', 'firm.read', 'submission.read', 'ledger.read'] },
  malik: { staff: staff.malik, permissions: ['overview.read', 'firm.read', 'ledger.read', 'dossier.read', 'dossier.assess', 'stage.decide', 'stage.second'] },
  rind: { staff: { id: 'st-6', name: 'T. Rind', role: w('Compliance officer', 'کمپلائنس افسر') }, permissions: ['submission.read', 'dossier.read', 'dossier.file', 'freeze.read', 'staff.register', 'client.register', 'client.revoke'], firm: firms.find((one) => one.firm.code === 'BLN')?.firm ?? null },
};
/** Password and code of every fake account. */
export const secret = { password: 'correct horse', code: '123456' } as const;

export type Asked = { readonly cookie: string | undefined; readonly params: Record<string, string>; readonly query: Record<string, string>; readonly body: unknown; readonly tell: (name: string, data: unknown) => void };
type Given = { readonly value: unknown; readonly cookie?: string };

export class Desk {
  readonly #nation: Nation;
  readonly #ledger: ReturnType<typeof makeLedger>;
  readonly #sessions = new Map<string, Account>();
  readonly #dossiers = new FakeDossiers();
  readonly #own = new FakeOwnDossier();
  readonly #access = new FakeOwnAccess();
  readonly #rules = new FakeRules();
  readonly #screening: FakeScreening;
  #decided = 2;
  constructor(falsified: number | null, isEmpty: boolean) {
    const nation = makeNation(20_261_124);
    this.#nation = isEmpty ? { events: [], submissions: [], rejections: [], alerts: new Map(), decisions: new Map(), entries: nation.entries.slice(0, 3) } : nation;
    this.#ledger = makeLedger(this.#nation.entries, falsified);
    this.#screening = new FakeScreening(isEmpty);
  }

  reader(cookie: string | undefined): Account | null {
    return cookie === undefined ? null : this.#sessions.get(cookie) ?? null;
  }

  /** A new alert, above all others: a copy of the first under a number of its own. Gives what the live line tells of it. */
  raise(): { id: string; version: number; severity: 'critical'; change: 'raised' } {
    const [first] = this.#nation.alerts.values();
    if (first === undefined) throw new Error('an empty nation raises nothing');
    const id = `AL-${20_500 + this.#nation.alerts.size}`;
    this.#nation.alerts.set(id, { ...first, row: { ...first.row, id, version: 1, score: 99, waiting: null, assignee: null } });
    return { id, version: 1, severity: 'critical', change: 'raised' };
  }

  forbidden(name: RouteName): unknown {
    return { permission: name, offices: [staff.baig.role] };
  }

  async answer(name: RouteName, asked: Asked): Promise<Given> {
    const open = this.#entrance(name, asked);
    if (open !== null) return open;
    const reader = this.reader(asked.cookie);
    if (reader === null) throw new Turned('SESSION_REQUIRED');
    return { value: this.#inside(name, asked, reader) };
  }

  #entrance(name: RouteName, asked: Asked): Given | null {
    if (name === 'house') {
      const demoAccounts = Object.entries(accounts).map(([account, one]) => ({ account, name: one.staff.name, role: one.staff.role }));
      return { value: { authority: w('Virtual assets authority (demonstration)', 'ورچوئل اثاثوں کی اتھارٹی (مظاہرہ)'), synthetic: true, methods: ['password', 'passkey'], demoAccounts, demoHint: w('Password and code are printed where the demonstration was started.', 'پاس ورڈ اور کوڈ وہاں چھپے ہیں جہاں مظاہرہ شروع کیا گیا۔') } satisfies Answer<'house'> };
    }
    if (name === 'session') {
      const reader = this.reader(asked.cookie);
      return { value: { session: reader === null ? null : this.#session(reader) } };
    }
    if (name === 'signInPassword') {
      const body = passwordBody.parse(asked.body);
      if (accounts[body.account] === undefined || body.password !== secret.password) throw new Turned('SIGN_IN_FAILED');
      return { value: { ticket: body.account, expires: nowUs + 300_000_000 } };
    }
    if (name === 'signInTotp') {
      const body = totpBody.parse(asked.body);
      const account = accounts[body.ticket];
      if (account === undefined || body.code !== secret.code) throw new Turned('SIGN_IN_FAILED');
      const cookie = randomUUID();
      this.#sessions.set(cookie, account);
      return { value: this.#session(account), cookie };
    }
    return name === 'signInPasskeyOptions' || name === 'signInPasskey' ? ((): never => { throw new Turned('SIGN_IN_FAILED'); })() : null;
  }

  #session(account: Account): Session {
    const firm = account.firm ?? null;
    return { staff: account.staff, organisation: firm === null ? { id: 'authority', name: w('Authority', 'اتھارٹی') } : { id: 'firm', name: firm.name }, firm, permissions: [...account.permissions], expires: nowUs + 3_600_000_000, synthetic: true, hasPasskey: false, now: nowUs };
  }

  #inside(name: RouteName, asked: Asked, reader: Account): unknown {
    const nation = this.#nation;
    const { params, query } = asked;
    const own = (reader.firm ?? null) === null ? null : this.#own.answer(name, params, asked.body) ?? this.#access.answer(name, params, asked.body, (body, stepUp) => this.#present(body, stepUp));
    if (own !== null) return own;
    const ruled = this.#rules.answer(name, { reader: reader.staff.id, params, body: asked.body, refuse: (code) => new Turned(code), present: (body, stepUp) => this.#present(body, stepUp) });
    if (ruled !== null) return ruled;
    const screened = this.#screening.answer(name, { params, query, body: asked.body, reader: reader.staff, firm: reader.firm?.code ?? null, present: (body, stepUp) => this.#present(body, stepUp) });
    if (screened !== null) return screened;
    const found = <T>(value: T | null | undefined): T => { if (value === null || value === undefined) throw new Turned('NOT_FOUND'); return value; };
    switch (name) {
      case 'signOut': this.#sessions.delete(asked.cookie ?? ''); return {};
      case 'staff': return { items: Object.values(staff).slice(0, 4) };
      case 'stepUp': return this.#stepUp(asked.body);
      case 'overview': return overviewAnswer(nation);
      case 'firms': return firmsAnswer(nation, query);
      case 'firm': return found(firmAnswer(nation, params['code'] ?? ''));
      case 'submissions': return submissionsAnswer(nation, query);
      case 'submission': return found(nation.submissions.find((row) => row.id === params['id']));
      case 'rejections': return rejectionsAnswer(nation, query);
      case 'keptLine': return found(keptLineAnswer(nation, params['id'] ?? '', Number(params['line'])));
      case 'events': return eventsAnswer(nation, query);
      case 'event': return found(eventAnswer(nation, params['firm'] ?? '', params['id'] ?? ''));
      case 'alerts': { const answer = alertsAnswer(nation, query, reader.staff.id); return { ...answer, items: answer.items.map((row) => this.#row(row, reader)) }; }
      case 'alert': { const alert = found(nation.alerts.get(params['id'] ?? '')); return { ...alert, row: this.#row(alert.row, reader) }; }
      case 'decisions': return this.#decisions(query, reader);
      case 'assign': case 'propose': case 'second': case 'withdraw': return this.#act(name, asked, reader);
      case 'dossiers': return this.#dossiers.dossiers(query);
      case 'dossier': return found(this.#dossiers.dossier(params['code'] ?? '', reader.staff.id));
      case 'dossierObject': return found(this.#dossiers.object(params['sha256'] ?? ''));
      case 'forms': return this.#dossiers.forms();
      case 'headroom': return found(this.#dossiers.headroom(params['code'] ?? '', firmAnswer(nation, params['code'] ?? '')?.services ?? []));
      case 'obligations': return this.#dossiers.obligations(query);
      case 'proposeStep': case 'agree': case 'closeProposal': case 'judgeGate': case 'recordMoment': case 'recordScreening': case 'sendLetter': case 'waive': return this.#onDossier(name, asked, reader);
      case 'ledger': return ledgerAnswer(nation, query);
      case 'entry': return found(this.#ledger.entry(Number(params['index'])));
      case 'proof': return found(this.#ledger.proof(Number(params['index'])));
      case 'checkpoint': return this.#ledger.checkpoint();
      case 'consistency': return this.#ledger.consistency(Number(query['from']), Number(query['to']));
      case 'framework': return frameworkAnswer();
      case 'amlReturn': return returnAnswer(params['code'] ?? '', Number(query['year']));
      case 'firmPeople': return peopleAnswer(params['code'] ?? '');
      case 'adoption': return adoptionAnswer(reader.staff.id);
      case 'packDifference': return packDifference();
      case 'warnings': return warningsAnswer();
      case 'complaints': return complaintsAnswer(query);
      case 'conflicts': return conflictsAnswer(reader.staff.id);
      case 'deputies': return deputiesAnswer(reader.staff.id);
      case 'engine': return engineAnswer(nation);
      default: throw new Turned('NOT_FOUND');
    }
  }

  #onDossier(name: DossierAct, asked: Asked, reader: Account): unknown {
    return this.#dossiers.act(name, {
      reader: reader.staff.id, body: asked.body, params: asked.params, refuse: (code) => new Turned(code), present: (body, stepUp) => this.#present(body, stepUp), tell: (firm) => asked.tell('dossier', { firm }),
    });
  }

  #row(row: AlertRow, reader: Account): AlertRow {
    return { ...row, waiting: row.waiting === null ? null : seenBy(row.waiting, reader.staff.id, reader.permissions.includes('decision.second')) };
  }

  #decisions(query: Record<string, string>, reader: Account): Answer<'decisions'> {
    const all = [...this.#nation.decisions.values()].map((one) => seenBy(one, reader.staff.id, reader.permissions.includes('decision.second')));
    const waiting = all.filter((one) => one.state === 'waiting');
    return { asOf: nowUs, items: (query['state'] === 'all' ? all : waiting).slice(0, Number(query['limit'] ?? 100)), next: null, waiting: waiting.length, mine: waiting.filter((one) => one.maySecond).length };
  }

  #stepUp(body: unknown): Answer<'stepUp'> {
    const given = stepUpBody.parse(body);
    if (given.method === 'totp' && given.code !== secret.code) throw new Turned('SIGN_IN_FAILED');
    return { stepUp: Buffer.from(given.hash, 'hex').toString('base64'), expires: nowUs + 60_000_000 };
  }

  /** High and critical decisions ask for presence over their hash, as the real server does. */
  #present(body: unknown, stepUp: string | undefined): void {
    const { stepUp: _stepUp, ...decision } = { ...(typeof body === 'object' ? body : {}), stepUp: null };
    const hash = createHash('sha256').update(JSON.stringify(decision)).digest();
    if (stepUp !== hash.toString('base64')) throw new Turned('STEP_UP_REQUIRED', { hash: hash.toString('hex'), methods: ['totp'] });
  }

  #act(name: 'assign' | 'propose' | 'second' | 'withdraw', asked: Asked, reader: Account): unknown {
    const isDecision = name === 'second' || name === 'withdraw';
    const before = isDecision ? this.#nation.decisions.get(asked.params['id'] ?? '') : undefined;
    const alert = this.#nation.alerts.get(isDecision ? before?.alert ?? '' : asked.params['id'] ?? '');
    if (alert === undefined) throw new Turned('NOT_FOUND');
    let decision: Decision | null = before ?? null;
    if (name === 'assign') {
      const body = assignBody.parse(asked.body);
      if (body.version !== alert.row.version) throw new Turned('DECISION_STALE');
      Object.assign(alert.row, { assignee: Object.values(staff).find((one) => one.id === body.to) ?? null });
      this.#step(alert, reader, body.to === null ? 'unassigned' : 'assigned', null);
    } else if (name === 'propose') decision = this.#propose(alert, asked.body, reader);
    else decision = this.#second(name, alert, before, asked.body, reader);
    Object.assign(alert.row, { version: alert.row.version + 1 });
    asked.tell('alert', { id: alert.row.id, version: alert.row.version, severity: alert.row.severity, change: 'changed' });
    return { row: this.#row(alert.row, reader), decision };
  }

  #step(alert: Alert, reader: Account, what: Alert['steps'][number]['what'], note: string | null): void {
    alert.steps.push({ at: nowUs, by: reader.staff, what, note, entry: this.#nation.entries.length - 1 });
  }

  #propose(alert: Alert, given: unknown, reader: Account): Decision {
    const body = proposeBody.parse(given);
    if (body.version !== alert.row.version) throw new Turned('DECISION_STALE');
    if (alert.row.needsSecond) this.#present(given, body.stepUp);
    const closed = body.outcome === 'dismiss' ? 'dismissed' : 'escalated';
    this.#decided += 1;
    const decision: Decision = {
      id: `D-${this.#decided}`, alert: alert.row.id, alertTitle: alert.row.title, severity: alert.row.severity, outcome: body.outcome, reason: body.reason, note: body.note, state: alert.row.needsSecond ? 'waiting' : 'done-alone',
      proposedBy: reader.staff, proposedAt: nowUs, secondBy: null, secondAt: null, secondNote: null, maySecond: false, whyNot: null, entry: this.#nation.entries.length - 1,
    };
    this.#nation.decisions.set(decision.id, decision);
    Object.assign(alert.row, alert.row.needsSecond ? { waiting: decision } : { state: closed });
    this.#step(alert, reader, alert.row.needsSecond ? 'proposed' : closed, body.note);
    return decision;
  }

  #second(name: 'second' | 'withdraw', alert: Alert, decision: Decision | undefined, given: unknown, reader: Account): Decision {
    if (decision === undefined) throw new Turned('NOT_FOUND');
    if (name === 'withdraw') {
      Object.assign(decision, { state: 'withdrawn' });
      this.#step(alert, reader, 'withdrawn', null);
    } else {
      const body = secondBody.parse(given);
      if (decision.proposedBy.id === reader.staff.id) throw new Turned('SECOND_PERSON_REQUIRED');
      if (body.verdict === 'approve') this.#present(given, body.stepUp);
      Object.assign(decision, { state: body.verdict === 'approve' ? 'approved' : 'sent-back', secondBy: reader.staff, secondAt: nowUs, secondNote: body.note });
      if (body.verdict === 'approve') Object.assign(alert.row, { state: decision.outcome === 'dismiss' ? 'dismissed' : 'escalated' });
      this.#step(alert, reader, body.verdict === 'approve' ? 'approved' : 'sent-back', body.note === '' ? null : body.note);
    }
    Object.assign(alert.row, { waiting: null });
    return decision;
  }
}
