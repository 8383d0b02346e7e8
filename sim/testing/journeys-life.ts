/**
 * A firm's whole life, driven in the console from both desks and in both languages: application, certificate, goAML,
 * licence, breach, suspension, revocation. Two people agree to each decision where the framework asks for two, and after
 * each the ledger tells the same story: kind of entry, actor, second person, clause, with a proof that the browser checks.
 */

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { violationsOn } from '../../console/testing/axe.ts';
import { PACK_DIRECTORY, openFramework } from '../../src/main/framework.ts';
import type { Journey } from './journey.ts';
import { climb } from './journeys-ladder.ts';
import { REASONS, decide, record, second, send, show, sign, toldByLedger, type Language } from './life-acts.ts';
import { admitFirm, dossierOn, enterWithPasskey, fileFor, fileOn, proofAsked, reportTrade, until, type Life } from './life-desk.ts';

const framework = openFramework(PACK_DIRECTORY);
const whole = { timeout: 560_000 };

/** Adds the tests. */
export function lifeJourneys(journey: Journey): void {
  for (const [firm, language] of [['clb', 'en'], ['ggw', 'ur']] as const) {
    test(`a firm's whole life from both desks, four eyes at each decision, the ledger telling the same: ${language}`, whole, journey(async (house) => {
      const account = await admitFirm(house, firm);
      const code = firm.toUpperCase();
      const life: Life = {
        house, firm, code, officer: await enterWithPasskey(house, 'licensing', '/applications', language), second: await enterWithPasskey(house, 'supervisor', '/applications', language), desk: await house.enter(account, '/', { language, theme: 'light' }),
      };
      await live(life, language);
      await climb(life, language);
      for (const [who, visit] of [['officer', life.officer], ['second', life.second]] as const) deepStrictEqual(visit.complaints(proofAsked), [], `${who}'s console`);
    }));
  }
}

export async function live(life: Life, language: Language): Promise<void> {
  const { page } = life.officer;
  await page.locator('.table a', { hasText: nameOf(life, language) }).first().click();
  await page.locator('.tabs').waitFor();
  await decide(life, language, 'apply-noc', 'e2-noc-application');
  await fileFor(life, 'grant-noc');
  await askAndAnswer(life);
  await record(life, language, 'fee-paid');
  await judge(life, language, 'noc.people');
  await screen(life);
  await judge(life, language, 'noc.assessment');
  await decide(life, language, 'grant-noc', 'e3-noc-granted');
  await record(life, language, 'goaml-registered');
  await judge(life, language, 'aml.diligence');
  await decide(life, language, 'register-aml', 'e4-aml-registered');
  await record(life, language, 'company-incorporated');
  await decide(life, language, 'apply-licence', 'e5-licence-application');
  await fileFor(life, 'grant-licence');
  await record(life, language, 'licence-fee-paid');
  await judge(life, language, 'licence.assessment');
  await judge(life, language, 'licence.resident');
  await screen(life);
  await decide(life, language, 'grant-licence', 'l2-licensed', ['exchange', 'custody']);
  await breach(life);
  await demand(life, language);
  for (const moment of ['hearing-notice', 'hearing-held']) await record(life, language, moment);
  await measure(life, language, 'suspension', 'q-suspended');
  for (const moment of ['hearing-notice', 'hearing-held']) await record(life, language, moment);
  await measure(life, language, 'revocation', 'r-revoked');
  await lookBack(life);
}

const nameOf = (life: Life, language: Language): string => ({ clb: { en: 'Cholistan Bits', ur: 'چولستان بٹس' }, ggw: { en: 'Gilgit Gateway', ur: 'گلگت گیٹ وے' } })[life.firm]?.[language] ?? life.code;

/** A measure of the ladder, proposed and agreed to; it stands among the measures with the clocks that it starts. */
async function measure(life: Life, language: Language, rung: string, to: string): Promise<void> {
  const { page } = life.officer;
  const term = framework.ladder.get(rung)?.at(-1);
  ok(term !== undefined, rung);
  await show(page, life, 'measures');
  await page.locator('tr', { hasText: term.title[language] }).locator('button').last().click();
  await page.locator('dialog textarea').nth(0).fill('Services stop at once; customers are paid out under the plan.');
  await page.locator('dialog textarea').nth(1).fill(REASONS);
  if (rung === 'revocation') await page.locator('dialog select').first().selectOption({ index: 1 });
  await sign(page);
  await second(life, rung);
  await until(async () => ((await dossierOn(page, life.code)).stage.id === to ? true : undefined));
  await toldByLedger(life, { kind: 'stage-changed', to, second: 'supervisor', basis: term.clause.en });
  const dossier = await dossierOn(page, life.code);
  strictEqual(dossier.measures.at(-1)?.rung, rung);
  ok(dossier.clocks.some((clock) => term.appeal === clock.clock), 'the clock of the appeal runs');
}

/** Information is demanded by one person: no second is asked for. */
async function demand(life: Life, language: Language): Promise<void> {
  const { page } = life.officer;
  await show(page, life, 'measures');
  await page.locator('tr', { hasText: framework.ladder.get('information-demand')?.at(-1)?.title[language] ?? '' }).locator('button').last().click();
  await page.locator('dialog textarea').nth(0).fill('All trades outside the grant, within ten days.');
  await page.locator('dialog textarea').nth(1).fill(REASONS);
  await sign(page);
  await page.locator('.measure').first().waitFor();
  await toldByLedger(life, { kind: 'enforcement-acted', second: null, basis: framework.ladder.get('information-demand')?.at(-1)?.clause.en ?? '' });
}

async function judge(life: Life, language: Language, gate: string): Promise<void> {
  const { page } = life.officer;
  const term = framework.gates.get(gate)?.at(-1);
  ok(term !== undefined, gate);
  await show(page, life, 'assessment');
  await page.locator('section', { has: page.locator('h3', { hasText: term.title[language] }) }).locator('.button--small').first().click();
  const notes = page.locator('dialog .criterion textarea');
  for (let place = 0; place < await notes.count(); place += 1) await notes.nth(place).fill('Synthetic note.');
  for (const score of await page.locator('dialog .criterion select').all()) await score.selectOption('4');
  await page.locator('dialog input[name="outcome"]').first().check();
  await page.locator('dialog textarea').last().fill(REASONS);
  await send(page);
  await toldByLedger(life, { kind: 'gate-found', second: null, basis: term.clause.en });
}

async function screen(life: Life): Promise<void> {
  const { page } = life.officer;
  await show(page, life, 'people');
  // Not run, until it is recorded.
  await page.locator('.state--due').first().waitFor();
  await page.keyboard.press('s');
  await page.locator('dialog .pair input').first().fill('synthetic');
  await page.locator('dialog fieldset .n').click();
  await page.locator('dialog .choices input').first().check();
  await send(page);
  strictEqual((await dossierOn(page, life.code)).weighed?.screening?.results.every((one) => one.result === 'clear'), true);
}

/** A question stops what the framework stops; the firm answers it at its desk. */
async function askAndAnswer(life: Life): Promise<void> {
  const { page } = life.officer;
  await show(page, life, 'letters');
  await page.keyboard.press('q');
  await page.locator('dialog input.input').fill('Owners');
  await page.locator('dialog textarea').fill('Who holds the shares of the holding company?');
  await send(page);
  await page.locator('.state--due').first().waitFor();
  const question = (await dossierOn(life.desk.page, life.code)).letters.find((one) => one.open);
  ok(question !== undefined, 'the firm sees the question');
  await fileOn(life.desk.page, `/api/dossiers/${life.code}/letters`, { role: 'answer', subject: 'Owners', text: 'One person, by form A2.', attachments: [], answers: question.entry });
  await show(page, life, 'letters');
  await page.locator('.table .state--met').first().waitFor();
}

/** The firm reports a trade in a service that its grant does not name: kept, and found at once. */
async function breach(life: Life): Promise<void> {
  const alert = await reportTrade(life, 'derivatives');
  const { page } = life.second;
  await page.goto(`${life.house.url}/alerts?id=${alert}`);
  await page.locator('.finding__sheet').waitFor();
  match(await page.locator('.finding__sheet').innerText(), /s\.21/, 'the breach names its clause');
}

/** At the end the history tells the whole of it, and the screens have no violation. */
async function lookBack(life: Life): Promise<void> {
  const { page } = life.officer;
  const dossier = await dossierOn(page, life.code);
  deepStrictEqual(dossier.history.toReversed().filter((one) => one.title.en === dossier.history.find((each) => each.about.startsWith('r-revoked'))?.title.en).map((one) => one.about.split(',')[0]).slice(-7), ['e2-noc-application', 'e3-noc-granted', 'e4-aml-registered', 'e5-licence-application', 'l2-licensed', 'q-suspended', 'r-revoked']);
  for (const tab of ['standing', 'filed', 'people', 'assessment', 'letters', 'measures', 'history']) {
    await show(page, life, tab);
    deepStrictEqual((await violationsOn(page)).lines, [], tab);
  }
}
