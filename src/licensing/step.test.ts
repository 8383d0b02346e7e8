import { deepStrictEqual, ok, strictEqual, throws } from 'node:assert/strict';
import { test } from 'node:test';
import { pakistan } from '../framework/testing.ts';
import type { Entry } from '../log/index.ts';
import { DAY_US, SERVICES, instantOf, parseInstant, type Instant } from '../terms/index.ts';
import { foldDossier, type Dossier } from './dossier.ts';
import { FirmDirectory, MOVES, stepFirm, type Firm, type FirmEvent } from './firm.ts';
import { judgeStep, openSteps, type Officers, type WantedStep } from './step.ts';
import { standingOf } from './standing.ts';

const framework = pakistan();
const START = parseInstant('2026-04-01T00:00:00Z') ?? instantOf(0);
const TWO: Officers = { actor: 'officer.a', second: 'officer.b', basis: 'NOC Regulations 2025' };
const ONE: Officers = { actor: 'officer.a', basis: 'NOC Regulations 2025' };

const later = (days: number): Instant => instantOf(START + days * DAY_US);
const held = (stage: string, days: number, event?: string): Firm['held'][number] => ({ stage, from: later(days), event, services: undefined, entry: days });
const firmIn = (...stages: Firm['held']): Firm => ({
  firm: 'sandhill', number: 7, code: 'SDX', name: 'Sandhill', nameUr: undefined, synthetic: true, facts: [], registeredAt: START, entry: 0, held: stages,
});
const wanted = (from: string | null, to: string, event: string | undefined, days: number, more: Partial<WantedStep> = {}): WantedStep => ({
  firm: 'sandhill', from, to, ...(event === undefined ? {} : { event }), effectiveFrom: later(days), reasons: 'Assessed by the six criteria.', evidence: [], ...more,
});
const codeOf = (firm: Firm, step: WantedStep, by: Officers = TWO): string | undefined => judgeStep(framework, firm, dossierOf(firm), step, by)?.code;
/** A dossier that no gate finds anything in. */
const dossierOf = (firm: Firm): Dossier => foldDossier(firm.firm, []);
const grantIn = (stage: string): Pick<WantedStep, 'services'> => (framework.stages.get(stage)?.permissions.at(-1)?.scope === 'granted' ? { services: ['exchange'] } : {});

test('of all pairs of stages and all events exactly the pack\'s steps are open', () => {
  const events = [...new Set(framework.steps.map((step) => step.event))];
  let open = 0;
  for (const from of framework.stages.keys()) {
    for (const to of framework.stages.keys()) {
      for (const event of events) {
        const code = codeOf(firmIn(held(from, 1)), wanted(from, to, event, 2, grantIn(to)));
        const inPack = framework.steps.find((step) => step.fromStage === from && step.toStage === to && step.event === event && step.way !== 'restore');
        const closed = framework.table.get(from)?.get(event)?.kind === 'closed' ? 'EVENT_NOT_IN_STAGE' : 'STAGE_STEP_CLOSED';
        strictEqual(code, inPack === undefined ? closed : inPack.gates.length > 0 ? 'GATE_UNMET' : undefined, `${from} to ${to} by ${event}`);
        if (inPack !== undefined) open += 1;
      }
    }
  }
  strictEqual(open, framework.steps.filter((step) => step.way !== 'restore').length);
});

test('every state of a firm has an answer to every event', () => {
  deepStrictEqual(Object.entries(MOVES).map(([state, moves]) => [state, Object.keys(moves)]), ['unknown', 'known', 'staged'].map((state) => [state, ['firm-registered', 'stage-changed']]));
});

test('a suspended firm goes back to the stage that it was suspended from, and to no other', () => {
  const suspended = firmIn(held('e4-aml-registered', 1), held('q-suspended', 2, 'suspend'));
  strictEqual(codeOf(suspended, wanted('q-suspended', 'e4-aml-registered', 'reinstate', 3)), undefined);
  strictEqual(codeOf(suspended, wanted('q-suspended', 'l2-licensed', 'reinstate', 3, { services: ['exchange'] })), 'STAGE_STEP_CLOSED');
});

test('a freeze ends without a second person; a suspension never does', () => {
  const back = wanted('q-suspended', 'l2-licensed', 'freeze-expired', 33, { services: ['exchange'] });
  strictEqual(codeOf(firmIn(held('l2-licensed', 1), held('q-suspended', 3, 'freeze')), back, ONE), undefined);
  strictEqual(codeOf(firmIn(held('l2-licensed', 1), held('q-suspended', 3, 'suspend')), back, ONE), 'STAGE_STEP_CLOSED');
  strictEqual(codeOf(firmIn(held('l2-licensed', 1), held('q-suspended', 3, 'suspend')), { ...back, event: 'reinstate' }, ONE), 'SECOND_PERSON_REQUIRED');
});

test('a step is refused with the code that says why', () => {
  const applied = firmIn(held('e2-noc-application', 1));
  const grant = wanted('e2-noc-application', 'e3-noc-granted', 'grant-noc', 2);
  strictEqual(codeOf(applied, grant), 'GATE_UNMET');
  strictEqual(codeOf(applied, wanted('e2-noc-application', 'e0-unauthorised', 'refuse', 2)), undefined);
  strictEqual(codeOf(applied, wanted('e2-noc-application', 'q-suspended', 'suspend', 2)), 'EVENT_NOT_IN_STAGE');
  strictEqual(codeOf(applied, grant, ONE), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(applied, grant, { ...TWO, second: TWO.actor }), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(applied, { ...grant, from: 'e1-engagement' }), 'DECISION_STALE');
  strictEqual(codeOf(applied, { ...grant, reasons: ' ' }), 'DECISION_INVALID');
  strictEqual(codeOf(applied, { ...grant, to: 'e9-nowhere' }), 'STAGE_UNKNOWN');
  strictEqual(codeOf(applied, { ...grant, effectiveFrom: later(1) }), 'STAGE_INSTANT_CLOSED');
  strictEqual(codeOf(applied, { ...grant, services: ['exchange'] }), 'STAGE_SERVICES_WRONG');
  strictEqual(codeOf(firmIn(), wanted(null, 'l2-licensed', undefined, 1)), 'STAGE_SERVICES_WRONG');
  strictEqual(codeOf(firmIn(), wanted(null, 'l2-licensed', undefined, 1, { services: ['exchange', 'exchange'] })), 'STAGE_SERVICES_WRONG');
  strictEqual(codeOf(firmIn(), wanted(null, 'l2-licensed', undefined, 1, { services: ['exchange'], effectiveFrom: parseInstant('2026-03-01T00:00:00Z') ?? START })), 'STAGE_UNKNOWN', 'no licence before the Act');
  strictEqual(codeOf(firmIn(), wanted(null, 'e3-noc-granted', undefined, 1)), undefined, 'a first stage is recorded as it is found');
  strictEqual(codeOf(firmIn(), wanted(null, 'e3-noc-granted', 'grant-noc', 1)), 'STAGE_STEP_CLOSED');
});

const entry = <K extends FirmEvent>(index: number, kind: K, body: Entry<K>['body']): Entry<K> => ({
  index, kind, version: 1, actor: 'officer.a', basis: 'test', admittedAt: instantOf(START + index), body, leaf: new Uint8Array(), bytes: new Uint8Array(),
});
const registration = (index: number): Entry<'firm-registered'> => entry(index, 'firm-registered', { firm: 'sandhill', number: 7, code: 'SDX', name: 'Sandhill', synthetic: true });
const change = (index: number, from: string | null, to: string, days: number) => entry(index, 'stage-changed', { firm: 'sandhill', from, to, effectiveFrom: later(days), reasons: 'test', evidence: [] });

test('a late event is judged by the stage of its own time', () => {
  const directory = new FirmDirectory(framework);
  for (const one of [registration(0), change(1, null, 'e3-noc-granted', 1), change(2, 'e3-noc-granted', 'e4-aml-registered', 10)]) directory.apply(one);
  const exchange = SERVICES.indexOf('exchange');
  strictEqual(directory.permits(7, exchange, later(10) - 1), false);
  strictEqual(directory.permits(7, exchange, later(10)), true);
  strictEqual(directory.permits(7, SERVICES.indexOf('lending'), later(11)), false);
  strictEqual(directory.stageAt('sandhill', later(0)), undefined);
  strictEqual(directory.stageAt('sandhill', later(5))?.stage, 'e3-noc-granted');
  strictEqual(directory.byCode('sdx')?.number, 7);
  strictEqual(directory.permits(8, exchange, later(11)), false, 'a firm that is not known may offer nothing');
});

test('a ledger that moves a firm from a stage that it is not in is a broken invariant', () => {
  const known = stepFirm(undefined, registration(0));
  throws(() => stepFirm(known, registration(1)), /BrokenInvariant|move/);
  throws(() => stepFirm(known, change(1, 'e1-engagement', 'e2-noc-application', 1)), /leaves the stage/);
  const staged = stepFirm(known, change(1, null, 'e2-noc-application', 2));
  throws(() => stepFirm(staged, change(2, 'e2-noc-application', 'e3-noc-granted', 2)), /after the firm's last step/);
});

test('an NOC is never shown as a licence, and its way shows what lies ahead', () => {
  const standing = standingOf(framework, firmIn(held('e2-noc-application', 1), held('e3-noc-granted', 5)), later(6));
  strictEqual(standing.stage?.isLicence, false);
  ok(!/^licensed/i.test(standing.stage?.title.en ?? ''));
  deepStrictEqual(standing.way.map((point) => `${point.state} ${point.stage.stage}`), ['done e2-noc-application', 'now e3-noc-granted', 'later e4-aml-registered', 'later e5-licence-application', 'later l2-licensed']);
  deepStrictEqual(standing.services.filter((one) => one.open), []);
  strictEqual(standing.services[3]?.source?.clause.en, 'NOC Regulations 2025, reg. 17.1');
  deepStrictEqual(standingOf(framework, firmIn(held('e4-aml-registered', 1)), later(2)).flags.map((flag) => flag.flag), ['noc-before-licence', 'travel-rule-threshold', 'cash-or-fiat']);
});

test('steps that are open are told, so that a screen offers nothing that would be refused', () => {
  deepStrictEqual(openSteps(framework, firmIn(held('e3-noc-granted', 1)), later(2)).map((step) => step.event), ['register-aml', 'revoke']);
  deepStrictEqual(openSteps(framework, firmIn(), later(2)), []);
});
