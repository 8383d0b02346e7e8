import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { accessMigrations, type Member } from '../access/index.ts';
import { pakistan } from '../framework/testing.ts';
import { openTestDatabase, type TestDatabase } from '../log/engine/testing.ts';
import { LocalObjects, SYSTEM, isKind, logMigrations, readEntries, withActor, withTransaction, type Entry, type Tx } from '../log/index.ts';
import { DAY_US, HOUR_US, instantOf, parseInstant, type Instant, type Rejection } from '../terms/index.ts';
import { Applicant } from '../../sim/demo/applicant.ts';
import { answersTo, picturePdf, textPdf } from '../../sim/world/paper.ts';
import { changeStage, registerFirm } from './acts.ts';
import { announceHoliday, runOut } from './calendar.ts';
import { clocksOf } from './clocks.ts';
import { LicensingDesk } from './desk.ts';
import { readCalendar, readDossier } from './dossier-view.ts';
import { fileDocument, fileForm } from './file.ts';
import { gatesOf } from './gates.ts';
import { licensingMigrations } from './migrations.ts';
import { agree, closeProposal, proposeDecision } from './propose.ts';
import { judgeGate, recordMoment, recordScreening, sendLetter } from './record.ts';
import { licensingViews, readFirm, rebuildLicensing } from './views.ts';

const framework = pakistan();
const NOW = parseInstant('2026-11-24T10:00:00Z') ?? instantOf(0);
const TWO = { actor: 'officer.a', second: 'officer.b', basis: 'as found' };
const FIRM: Member = { account: 'clerk', organisation: 'firm', roles: ['firm-compliance'], firm: 'sandhill' };
const A: Member = { account: 'officer.a', organisation: 'authority', roles: ['licensing-officer'] };
const B: Member = { account: 'officer.b', organisation: 'authority', roles: ['supervisor'] };
let database: TestDatabase;
let objects: LocalObjects;
let folder: string;

before(async () => {
  database = await openTestDatabase([...logMigrations, ...accessMigrations, ...licensingMigrations]);
  folder = mkdtempSync(join(tmpdir(), 'nigran-dossier-'));
  objects = new LocalObjects(folder);
});
after(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const days = (count: number): Instant => instantOf(NOW + count * DAY_US);
const act = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => withActor(database.pool('nigran_app'), SYSTEM, work);
const codeOf = (answer: object | Rejection): string | undefined => ('code' in answer ? String(answer.code) : undefined);
const versionOf = async (firm: string): Promise<number> => (await act((tx) => readDossier(tx, firm))).version;

/** A firm in a stage, as it was found. */
async function found(firm: string, stage: string, at: Instant, services?: readonly ('exchange' | 'custody')[]): Promise<Applicant> {
  await act((tx) => registerFirm(tx, NOW, { firm, code: firm.toUpperCase().slice(0, 12), name: `${firm} (invented)`, synthetic: true }, TWO));
  const made = await act((tx) => changeStage(tx, NOW, framework, { firm, from: null, to: stage, effectiveFrom: at, reasons: 'as found', evidence: [], ...(services === undefined ? {} : { services }) }, TWO));
  strictEqual(codeOf(made), undefined);
  return new Applicant({ ask: act, desk: new LicensingDesk(framework, objects), now: NOW, desks: { firm: { ...FIRM, firm }, officer: A, second: B } }, firm);
}

test('an applicant comes from its application to a licence, gate by gate, and every step says who, why and how the clocks stood', async () => {
  const one = await found('sandhill', 'e0-unauthorised', days(-200));
  const road: [string, string, number][] = [['apply-noc', 'e2-noc-application', -180], ['grant-noc', 'e3-noc-granted', -120], ['register-aml', 'e4-aml-registered', -90], ['apply-licence', 'e5-licence-application', -60]];
  for (const [event, to, day] of road) await one.take({ event, to, effectiveFrom: days(day) }, days(day - 1));
  // Incorporated while registered, and the application for the licence files owners and people anew.
  await one.take({ event: 'grant-licence', to: 'l2-licensed', effectiveFrom: days(-20), services: ['exchange', 'custody'] }, days(-21));
  const firm = await act((tx) => readFirm(tx, { firm: 'sandhill' }));
  deepStrictEqual(firm?.held.map((held) => held.stage), ['e0-unauthorised', 'e2-noc-application', 'e3-noc-granted', 'e4-aml-registered', 'e5-licence-application', 'l2-licensed']);
  const grant = (await act((tx) => readEntries(tx, { from: 0, kinds: ['stage-changed'], limit: 100 }))).filter((entry): entry is Entry<'stage-changed'> => isKind(entry, 'stage-changed')).find((entry) => entry.body.event === 'grant-noc');
  deepStrictEqual([grant?.actor, grant?.second], ['officer.a', 'officer.b']);
  ok(grant?.basis.includes('NOC Regulations 2025'), grant?.basis);
  ok(grant?.body.proposal !== undefined && grant.body.reasons !== '');
  ok(grant?.body.clocks?.some((clock) => clock.clock === 'noc.completeness' && clock.day !== undefined), 'the clocks as they stood');
});

test('a grant is refused while a gate is unmet, and a screening that was not run says so', async () => {
  const one = await found('duneside', 'e2-noc-application', days(-30));
  const grant = async () => act(async (tx) => proposeDecision(tx, NOW, framework, { firm: 'duneside', seen: await versionIn(tx, 'duneside'), reasons: 'Assessed.', evidence: [], step: { event: 'grant-noc', from: 'e2-noc-application', to: 'e3-noc-granted' } }, A));
  const bare = await grant();
  ok('code' in bare && bare.code === 'GATE_UNMET' && bare.detail?.includes('noc.screening (not run)') === true, JSON.stringify(bare));
  for (const gate of ['noc.forms', 'noc.documents', 'noc.fee', 'noc.people', 'noc.assessment']) await one.meet(gate, days(-2));
  deepStrictEqual(await grant(), { code: 'GATE_UNMET', detail: 'noc.screening (not run)' });
  await one.meet('noc.screening', days(-2));
  // A new version of a form is not screened and makes the judgement stale.
  await refile('duneside', 'a1', '');
  deepStrictEqual(await grant(), { code: 'GATE_UNMET', detail: 'noc.screening (not run), noc.assessment' });
  const standings = await act(async (tx) => gatesOf(framework, (await readFirm(tx, { firm: 'duneside' }))?.held ?? [], await readDossier(tx, 'duneside'), ['noc.assessment'], NOW));
  deepStrictEqual(standings[0]?.lacks, [{ what: 'finding', name: 'noc.assessment', why: 'stale' }]);
  for (const gate of ['noc.screening', 'noc.assessment']) await one.meet(gate, days(-1));
  ok('state' in await grant());
});

const versionIn = async (tx: Tx, firm: string): Promise<number> => (await readDossier(tx, firm)).version;

async function refile(firm: string, form: string, about: string): Promise<void> {
  const term = framework.forms.get(form)?.at(-1);
  ok(term !== undefined);
  const document = (await act((tx) => readDossier(tx, firm))).documents.get('annex-papers')?.at(-1)?.body.sha256 ?? '';
  const { answers, sealedFields } = answersTo(term, { document, day: '2026-01-01' });
  strictEqual(codeOf(await act((tx) => fileForm(tx, NOW, framework, objects, { firm, form, about, answers, sealed: 'a.b.c.d.e', sealedFields }, { ...FIRM, firm }))), undefined);
}

test('four eyes: the same person twice, stale data, a conflict of interest and a closed event are refused by their codes', async () => {
  await found('torn', 'e4-aml-registered', days(-30));
  const suspend = { firm: 'torn', reasons: 'Systemic failure.', evidence: [], step: { event: 'suspend', from: 'e4-aml-registered', to: 'q-suspended' } };
  const seen = await versionOf('torn');
  const propose = (by: Member, more: object = {}) => act((tx) => proposeDecision(tx, NOW, framework, { ...suspend, seen, ...more }, by));
  strictEqual(codeOf(await propose({ ...A, conflicts: ['torn'] })), 'CONFLICT_OF_INTEREST');
  strictEqual(codeOf(await propose({ account: 'x', organisation: 'authority', roles: ['surveillance-analyst'] })), 'FORBIDDEN');
  strictEqual(codeOf(await propose({ ...FIRM, firm: 'torn' })), 'FORBIDDEN');
  strictEqual(codeOf(await propose(A, { seen: seen - 1 })), 'DECISION_STALE');
  strictEqual(codeOf(await propose(A, { reasons: ' ' })), 'DECISION_INVALID');
  strictEqual(codeOf(await propose(A, { step: { event: 'grant-licence', from: 'e4-aml-registered', to: 'l2-licensed', services: ['exchange'] } })), 'EVENT_NOT_IN_STAGE');
  strictEqual(codeOf(await propose(A, { step: { event: 'no-such', from: 'e4-aml-registered', to: 'q-suspended' } })), 'EVENT_NOT_IN_STAGE');
  const waits = await propose(A);
  ok('state' in waits && waits.state === 'waits');
  strictEqual(codeOf(await propose(B)), 'DECISION_STALE', 'one proposal at a time');
  const second = (by: Member, at = seen) => act((tx) => agree(tx, NOW, framework, { firm: 'torn', proposal: waits.proposal, seen: at }, by));
  strictEqual(codeOf(await second(A)), 'SECOND_PERSON_REQUIRED');
  strictEqual(codeOf(await second({ ...B, conflicts: ['torn'] })), 'CONFLICT_OF_INTEREST');
  await act((tx) => tx.query(`insert into access.staff (account, name, organisation, roles, conflicts, registered_at) values ('officer.a', 'A', 'authority', '{licensing-officer}', '{torn}', 0)`));
  deepStrictEqual(await second(B), { code: 'CONFLICT_OF_INTEREST', detail: 'proposer' }, 'declared since it was proposed');
  await act((tx) => tx.query(`update access.staff set conflicts = '{}' where account = 'officer.a'`));
  await act((tx) => recordMoment(tx, NOW, framework, { firm: 'torn', event: 'material-change', at: NOW, note: 'A new owner.', evidence: [] }, { ...FIRM, firm: 'torn' }));
  strictEqual(codeOf(await second(B)), 'DECISION_STALE', 'something came in since it was proposed');
  strictEqual(codeOf(await second(B, await versionOf('torn'))), 'DECISION_STALE');
  strictEqual(codeOf(await act((tx) => closeProposal(tx, NOW, { firm: 'torn', proposal: waits.proposal, note: '' }, B))), 'DECISION_INVALID', 'sent back without a word');
  const back = await act((tx) => closeProposal(tx, NOW, { firm: 'torn', proposal: waits.proposal, note: 'Look at the new owner.' }, B));
  ok('body' in back && back.body.verdict === 'sent-back');
  strictEqual(codeOf(await second(B)), 'PROPOSAL_UNKNOWN');
  strictEqual((await act((tx) => readFirm(tx, { firm: 'torn' })))?.held.at(-1)?.stage, 'e4-aml-registered', 'nothing was decided in silence');
});

test('an emergency freeze ends by itself when day 30 is over, and gives back what the firm had', async () => {
  const one = await found('frozen', 'l2-licensed', days(-90), ['custody']);
  await one.decide({ reasons: 'Assets at risk.', evidence: [], step: { event: 'freeze', from: 'l2-licensed', to: 'q-suspended', effectiveFrom: days(-29) }, rung: { rung: 'emergency-freeze', target: 'frozen', terms: 'All services but withdrawals.' } });
  deepStrictEqual(await act((tx) => runOut(tx, NOW, framework)), [], 'day 29');
  const end = days(2);
  const [ended] = await act((tx) => runOut(tx, end, framework));
  deepStrictEqual([ended?.actor, ended?.second, ended?.body.event, ended?.body.to, ended?.body.services], ['clock', undefined, 'freeze-expired', 'l2-licensed', ['custody']]);
  // 30 calendar days after 26 October end with 25 November, in Karachi.
  strictEqual(ended?.body.effectiveFrom, parseInstant('2026-11-25T19:00:00Z'));
  deepStrictEqual(await act((tx) => runOut(tx, end, framework)), [], 'once');
});

test('a suspension never ends by itself, and a clock whose outcome the law leaves open stays open', async () => {
  const one = await found('waiting', 'e2-noc-application', days(-300));
  await one.meet('noc.forms', days(-299));
  await act((tx) => recordMoment(tx, NOW, framework, { firm: 'waiting', event: 'assessment-complete', at: days(-100), note: 'Complete.', evidence: [] }, A));
  const clocks = await act(async (tx) => clocksOf(framework, await readCalendar(tx, framework), await readDossier(tx, 'waiting'), NOW));
  const decision = clocks.find((one_) => one_.clock.clock === 'noc.decision');
  deepStrictEqual([decision?.state, decision?.clock.ends], ['ran-out', 'open']);
  deepStrictEqual(await act((tx) => runOut(tx, NOW, framework)), []);
  strictEqual((await act((tx) => readFirm(tx, { firm: 'waiting' })))?.held.at(-1)?.stage, 'e2-noc-application', 'no approval by silence');
});

test('a question stops the clocks, its answer lets them go on, and both are in the correspondence', async () => {
  await found('asked', 'e2-noc-application', days(-10));
  await act((tx) => recordMoment(tx, NOW, framework, { firm: 'asked', event: 'assessment-complete', at: days(-5), note: 'Complete.', evidence: [] }, A));
  const state = () => act(async (tx) => clocksOf(framework, await readCalendar(tx, framework), await readDossier(tx, 'asked'), NOW).find((one) => one.clock.clock === 'noc.decision'));
  strictEqual((await state())?.state, 'runs');
  const letter = (wanted: object, by: Member) => act((tx) => sendLetter(tx, NOW, framework, objects, { firm: 'asked', role: 'letter', subject: 'Ownership', text: 'Who holds the rest?', attachments: [], ...wanted }, by));
  const firm = { ...FIRM, firm: 'asked' };
  const question = await letter({ role: 'question' }, A);
  ok('index' in question);
  strictEqual((await state())?.state, 'stopped');
  strictEqual(codeOf(await letter({ role: 'answer', answers: question.index + 99 }, firm)), 'DECISION_INVALID');
  strictEqual(codeOf(await letter({ role: 'answer', answers: question.index }, A)), 'DECISION_INVALID', 'the authority does not answer itself');
  strictEqual(codeOf(await letter({ role: 'question' }, firm)), 'DECISION_INVALID');
  strictEqual(codeOf(await letter({ role: 'answer', answers: question.index, text: 'A trust.' }, firm)), undefined);
  strictEqual((await state())?.state, 'runs');
  deepStrictEqual((await act((tx) => readDossier(tx, 'asked'))).letters.map((one) => `${one.body.from} ${one.body.role}`), ['authority question', 'firm answer']);
});

test('a holiday that is announced late moves open deadlines, and its entry says which', async () => {
  const one = await found('rested', 'e0-unauthorised', days(-20));
  await one.take({ event: 'apply-noc', to: 'e2-noc-application', effectiveFrom: days(-1) }, days(-2));
  const due = () => act(async (tx) => clocksOf(framework, await readCalendar(tx, framework), await readDossier(tx, 'rested'), NOW).find((clock) => clock.clock.clock === 'noc.completeness')?.deadline);
  const earlier = await due();
  const holiday = { day: '2026-11-26', title: { en: 'A day of mourning (test)', ur: 'یومِ سوگ (آزمائش)' }, source: 'Cabinet Division notification (test)' };
  strictEqual(codeOf(await act((tx) => announceHoliday(tx, NOW, framework, holiday, A))), 'FORBIDDEN');
  const made = await act((tx) => announceHoliday(tx, NOW, framework, holiday, B));
  ok('body' in made);
  const moved = made.body.moved.find((each) => each.firm === 'rested' && each.clock === 'noc.completeness');
  const later = await due();
  deepStrictEqual([earlier?.kind === 'due' ? earlier.day : 0, later?.kind === 'due' ? later.day : 0], [moved?.from, moved?.to]);
  ok((moved?.to ?? 0) > (moved?.from ?? 0));
  strictEqual(codeOf(await act((tx) => announceHoliday(tx, NOW, framework, holiday, B))), 'HOLIDAY_KNOWN');
  strictEqual(codeOf(await act((tx) => announceHoliday(tx, NOW, framework, { ...holiday, day: '2026-02-30' }, B))), 'DECISION_INVALID');
});

test('forms are taken as the framework types them: a wrong answer is refused, a missing one leaves the gate unmet, a name is never open', async () => {
  const one = await found('formal', 'e2-noc-application', days(-10));
  const document = await one.fileDocument('annex-papers');
  const term = framework.forms.get('a5')?.at(-1);
  ok(term !== undefined);
  const { answers, sealedFields } = answersTo(term, { document, day: '2026-01-01' });
  const file = (wanted: object, form = 'a5') => act((tx) => fileForm(tx, NOW, framework, objects, { firm: 'formal', form, about: '', answers, sealed: 'a.b.c.d.e', sealedFields, ...wanted }, { ...FIRM, firm: 'formal' }));
  const refused = async (wanted: object, form?: string) => {
    const answer = await file(wanted, form);
    return 'code' in answer ? `${answer.code} ${answer.detail ?? ''}` : 'taken';
  };
  strictEqual(await refused({}, 'a99'), 'FORM_UNKNOWN form');
  strictEqual(await refused({}, 'a6').then((text) => text.split(' ')[0]), 'FORM_CLOSED');
  strictEqual(await refused({ answers: { ...answers, arrangement: [{ country: 'Pakistan' }] } }), 'FORM_ANSWER_INVALID arrangement.0.country');
  strictEqual(await refused({ answers: { ...answers, elsewhere: [{}] } }), 'FORM_ANSWER_INVALID elsewhere');
  strictEqual(await refused({ answers: { ...answers, declaration: [{ 'compliance-officer': 'A. Name' }] } }), 'FORM_IDENTITY_OPEN declaration.compliance-officer');
  strictEqual(await refused({ sealed: 'not sealed' }), 'FORM_ANSWER_INVALID sealed');
  const part = await file({ answers: { arrangement: [{ provider: 'Synthetic' }] } });
  ok('missing' in part && part.missing.some((fault) => fault.place === 'arrangement.0.function'));
  const lacks = async () => act(async (tx) => gatesOf(framework, (await readFirm(tx, { firm: 'formal' }))?.held ?? [], await readDossier(tx, 'formal'), ['noc.forms'], NOW)[0]?.lacks.find((lack) => lack.name === 'a5')?.why);
  strictEqual(await lacks(), 'incomplete');
  const whole = await file({});
  ok('missing' in whole && whole.missing.length === 0 && whole.entry.body.n === 2);
  strictEqual(await lacks(), undefined);
  strictEqual(codeOf(await act((tx) => fileForm(tx, NOW, framework, objects, { firm: 'formal', form: 'a5', about: '', answers, sealedFields }, { ...FIRM, firm: 'sandhill' }))), 'FORBIDDEN', 'another firm');
});

test('a document is kept with its versions; one without text opens no gate', async () => {
  const one = await found('papers', 'e2-noc-application', days(-10));
  const file = (bytes: Uint8Array, more: object = {}) => act((tx) => fileDocument(tx, NOW, framework, objects, { firm: 'papers', document: 'part.policy', title: 'Policy', label: '1', language: 'ur', bytes, ...more }, { ...FIRM, firm: 'papers' }));
  const why = async () => act(async (tx) => gatesOf(framework, (await readFirm(tx, { firm: 'papers' }))?.held ?? [], await readDossier(tx, 'papers'), ['noc.documents'], NOW)[0]?.lacks.find((lack) => lack.name === 'part.policy')?.why);
  strictEqual(codeOf(await file(Buffer.from('no pdf'))), 'DOCUMENT_INVALID');
  strictEqual(codeOf(await file(textPdf(['x']), { document: 'part.nowhere' })), 'DECISION_INVALID');
  strictEqual(await why(), 'missing');
  ok('index' in await file(picturePdf()));
  strictEqual(await why(), 'not-searchable');
  await file(textPdf(['Policy']));
  strictEqual(await why(), 'no-board-approval');
  const board = await one.fileDocument('annex-board');
  const made = await file(textPdf(['Policy 2']), { board });
  ok('body' in made && made.body.n === 3);
  strictEqual(await why(), undefined);
  deepStrictEqual(Buffer.from(await objects.get(made.body.sha256)), Buffer.from(textPdf(['Policy 2'])));
});

test('the ladder: a fine within its cap, a hearing before a suspension, a plan before a revocation', async () => {
  const one = await found('fined', 'l2-licensed', days(-90), ['exchange']);
  const propose = async (wanted: object) => {
    const answer = await act(async (tx) => proposeDecision(tx, NOW, framework, { firm: 'fined', seen: await versionIn(tx, 'fined'), reasons: 'Breach.', evidence: [], ...wanted }, A));
    return 'code' in answer ? answer.code : answer.state;
  };
  const rung = (name: string, more: object = {}) => ({ rung: name, target: 'fined', terms: 'As ordered.', ...more });
  const step = (event: string, to: string) => ({ event, from: 'l2-licensed', to });
  strictEqual(await propose({ rung: rung('no-such') }), 'RUNG_UNKNOWN');
  strictEqual(await propose({ rung: rung('fine', { fineMinor: 2_500_000_001 }) }), 'FINE_ABOVE_CAP');
  strictEqual(await propose({ rung: rung('fine') }), 'FINE_ABOVE_CAP', 'a fine without a sum');
  strictEqual(await propose({ rung: rung('warning', { fineMinor: 1 }) }), 'FINE_ABOVE_CAP', 'a warning costs nothing');
  strictEqual(await propose({ rung: rung('suspension') }), 'RUNG_UNKNOWN', 'a suspension moves the firm');
  strictEqual(await propose({ rung: rung('suspension'), step: step('suspend', 'q-suspended') }), 'HEARING_MISSING');
  const moment = (event: string, at: Instant) => act((tx) => recordMoment(tx, NOW, framework, { firm: 'fined', event, at, note: 'Served.', evidence: [] }, A));
  await moment('notice-served', days(-20));
  strictEqual(await propose({ rung: rung('revocation', { plan: 'a'.repeat(64) }), step: step('revoke', 'r-revoked') }), 'HEARING_MISSING');
  await moment('hearing-held', days(-2));
  strictEqual(await propose({ rung: rung('revocation'), step: step('revoke', 'r-revoked') }), 'PLAN_MISSING');
  await one.decide({ reasons: 'Breach.', evidence: [], rung: { rung: 'fine', target: 'fined', terms: 'Within 30 days.', fineMinor: 2_500_000_000 } });
  await one.decide({ reasons: 'Breach.', evidence: [], rung: { rung: 'blocking', target: 'fined.example', terms: 'The site is blocked.' } });
  const clocks = await act(async (tx) => clocksOf(framework, await readCalendar(tx, framework), await readDossier(tx, 'fined'), NOW).map((clock) => [clock.clock.clock, clock.deadline?.kind === 'due' ? clock.deadline.day : 0]));
  const today = Math.floor((NOW + 5 * HOUR_US) / DAY_US);
  for (const [clock, count] of [['appeal.tribunal', 30], ['blocking.objection', 10]] as const) ok(clocks.some(([name, day]) => name === clock && day === today + count), `${clock}: ${JSON.stringify(clocks)}`);
  await one.decide({ reasons: 'Breach.', evidence: [], rung: { rung: 'revocation', target: 'fined', terms: 'Cease at once.', plan: 'a'.repeat(64) }, step: step('revoke', 'r-revoked') });
  const last = (await act((tx) => readFirm(tx, { firm: 'fined' })))?.held.at(-1);
  deepStrictEqual([last?.stage, last?.event], ['r-revoked', 'revoke']);
});

test('judgements and moments are refused by their codes', async () => {
  await found('judged', 'e2-noc-application', days(-10));
  const criteria = ['assess.framework', 'assess.technology'].map((criterion) => ({ criterion, note: 'Seen.' }));
  const judge = (wanted: object, by: Member = A) => act(async (tx) => judgeGate(tx, NOW, framework, { firm: 'judged', gate: 'aml.diligence', outcome: 'met', seen: await versionIn(tx, 'judged'), reasons: 'Seen.', evidence: [], criteria, ...wanted }, by));
  strictEqual(codeOf(await judge({ gate: 'noc.fee' })), 'GATE_UNKNOWN', 'a fee is recorded, not judged');
  strictEqual(codeOf(await judge({})), 'EVENT_NOT_IN_STAGE', 'the gate of another stage');
  strictEqual(codeOf(await judge({ gate: 'noc.assessment' })), 'DECISION_INVALID', 'not every criterion');
  strictEqual(codeOf(await judge({ seen: 0 })), 'DECISION_STALE');
  strictEqual(codeOf(await judge({}, { ...A, conflicts: ['judged'] })), 'CONFLICT_OF_INTEREST');
  const moment = (wanted: object, by: Member) => act((tx) => recordMoment(tx, NOW, framework, { firm: 'judged', event: 'fee-paid', at: NOW, note: 'Paid.', evidence: [], ...wanted }, by));
  strictEqual(codeOf(await moment({}, { ...FIRM, firm: 'judged' })), 'EVENT_NOT_IN_STAGE', 'a firm does not attest its own fee');
  strictEqual(codeOf(await moment({ event: 'grant-noc' }, A)), 'EVENT_NOT_IN_STAGE', 'a step is no moment');
  strictEqual(codeOf(await moment({ event: 'suspicion-formed' }, { ...FIRM, firm: 'judged' })), 'EVENT_NOT_IN_STAGE', 'a suspicion goes to the FIU alone');
  const screen = (wanted: object) => act((tx) => recordScreening(tx, NOW, framework, { firm: 'judged', lists: [{ list: 'unsc', version: '1' }], evidence: ['a'.repeat(64)], results: [{ form: 'a1', about: '', result: 'clear' }], ...wanted }, A));
  strictEqual(codeOf(await screen({ lists: [{ list: 'nobody', version: '1' }] })), 'LIST_UNKNOWN');
});

test('a firm sees what is shared of its own dossier and nothing of another', async () => {
  const pool = database.pool('nigran_app');
  const kinds = (actor: Parameters<typeof withActor>[1], firm: string) => withActor(pool, actor, async (tx) => new Set((await readDossier(tx, firm)).history.map((said) => said.kind)));
  const own = await kinds({ role: 'firm-compliance', organisation: 'firm', firm: 'duneside' }, 'duneside');
  ok(own.has('form-filed') && own.has('moment-recorded'));
  for (const hidden of ['gate-found', 'applicant-screened', 'decision-proposed', 'decision-closed'] as const) ok(!own.has(hidden), hidden);
  deepStrictEqual([...await kinds({ role: 'firm-compliance', organisation: 'firm', firm: 'torn' }, 'duneside')], ['holiday-announced']);
  for (const nobody of [{ role: 'fiu-analyst', organisation: 'fmu' }, { role: '' }]) deepStrictEqual([...await kinds(nobody, 'duneside')], []);
});

test('the views are folded again byte for byte', async () => {
  const owner = database.pool('nigran_owner');
  const dump = async () => Promise.all(licensingViews.map(async (view) => (await owner.query<{ row: string }>(`select t::text as row from ${view} t order by 1`)).rows.map((one) => one.row)));
  const stood = await dump();
  ok(stood.every((rows) => rows.length > 10));
  await withTransaction(owner, (tx) => rebuildLicensing(tx));
  deepStrictEqual(await dump(), stood);
});
