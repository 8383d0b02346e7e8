/**
 * A firm's whole life, driven in the console from both desks and in both languages: application, certificate, goAML,
 * licence, breach, suspension, revocation. Two people agree to each decision where the framework asks for two, and after
 * each the ledger tells the same story: kind of entry, actor, second person, clause, with a proof that the browser checks.
 */

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from '../../console/testing/axe.ts';
import type { Answer } from '../../src/contract/console.ts';
import { PACK_DIRECTORY, openFramework } from '../../src/main/framework.ts';
import { ask, type Journey } from './journey.ts';
import { admitFirm, dossierOn, enterWithPasskey, fileFor, fileOn, proofAsked, reportTrade, until, type Life } from './life-desk.ts';

const framework = openFramework(PACK_DIRECTORY);
const REASONS = 'Synthetic: judged on what the firm filed for this journey.';
const whole = { timeout: 560_000 };
type Language = 'en' | 'ur';

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
const titleOf = (event: string, language: Language): string => framework.events.get(event)?.title[language] ?? event;
const momentOf = (event: string): string => framework.events.get(event)?.event ?? framework.clocks.get(event)?.at(-1)?.start ?? event;

async function show(page: Page, life: Life, tab?: string): Promise<void> {
  await page.goto(`${life.house.url}/applications/${life.code}${tab === undefined ? '' : `?tab=${tab}`}`);
  await page.locator('.firm__head').waitFor();
  await page.locator('.bar .button').first().waitFor();
}

/** Sends the open form and signs with the passkey. */
async function sign(page: Page): Promise<void> {
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog .code--wraps').waitFor();
  await page.locator('dialog .dialog__actions .button', { hasText: /passkey|پاس/ }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

async function send(page: Page): Promise<void> {
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** Proposes a step; where it needs two, who proposed cannot second it, and the other officer agrees to what they read. */
async function decide(life: Life, language: Language, event: string, to: string, services: readonly string[] = []): Promise<void> {
  const { page } = life.officer;
  await show(page, life);
  const before = await dossierOn(page, life.code);
  const step = before.steps.find((one) => one.event === event);
  ok(step !== undefined, `${event} is open from ${before.stage.id}`);
  deepStrictEqual(step.gates.filter((gate) => gate.state !== 'met').map((gate) => [gate.gate, gate.lacks]), [], `the gates of ${event} are met`);
  await page.keyboard.press('p');
  await page.locator('dialog .choice', { hasText: titleOf(event, language) }).locator('input').first().check();
  for (const service of services) await page.locator('dialog .halves--even .choice').nth(await serviceAt(page, life, service)).locator('input').check();
  await page.locator('dialog textarea').first().fill(REASONS);
  await sign(page);
  if (step.second) await second(life, event);
  await until(async () => ((await dossierOn(page, life.code)).stage.id === to ? true : undefined));
  await show(page, life);
  match(await page.locator('.firm__head').innerText(), new RegExp(escaped(framework.stages.get(to)?.title[language] ?? to)));
  await toldByLedger(life, { kind: 'stage-changed', to, second: step.second ? 'supervisor' : null, basis: step.provenance.clause?.en ?? '' });
}

async function serviceAt(page: Page, life: Life, service: string): Promise<number> {
  return (await ask<Answer<'headroom'>>(page, `/api/dossiers/${life.code}/headroom`)).services.findIndex((one) => one.id === service);
}

/** The second person finds it among what waits, reads it and signs; the first may not. */
async function second(life: Life, what: string): Promise<void> {
  const { page } = life.officer;
  await page.locator('.bar .four').waitFor();
  strictEqual(await page.locator('.bar .button--primary').count(), 0, `${what}: who proposed may not second`);
  const other = life.second.page;
  await other.goto(`${life.house.url}/applications?waiting=true`);
  await other.locator(`.table a[href="/applications/${life.code}"]`).first().click();
  await other.locator('.bar .four').waitFor();
  await other.keyboard.press('y');
  match(await other.locator('dialog').innerText(), new RegExp(REASONS), 'the second person reads the same reasons');
  deepStrictEqual((await violationsOn(other)).lines, [], `${what}: the dialog of the second person`);
  await sign(other);
}

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

async function record(life: Life, language: Language, event: string): Promise<void> {
  const { page } = life.officer;
  const name = momentOf(event);
  await show(page, life);
  await page.keyboard.press('m');
  await page.locator('dialog select').selectOption(name);
  await page.locator('dialog textarea').fill('Synthetic: shown by a paper of this journey.');
  await send(page);
  await toldByLedger(life, { kind: 'moment-recorded', second: null, basis: framework.events.get(name)?.clause.en ?? '' });
  ok((await dossierOn(page, life.code)).history.some((one) => one.about.includes(name)), titleOf(name, language));
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
  ok((await page.locator('.state--due').count()) > 0, 'not run, until it is recorded');
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

/** The newest entry of a kind on this firm, on the ledger's screen: who, with whom, on which clause, and its proof. */
async function toldByLedger(life: Life, wanted: { readonly kind: string; readonly to?: string; readonly second: string | null; readonly basis: string }): Promise<void> {
  const { page } = life.officer;
  const [row] = (await ask<Answer<'ledger'>>(page, `/api/ledger?firm=${life.code}&kind=${wanted.kind}&limit=1`)).items;
  ok(row !== undefined, `${wanted.kind} is in the ledger`);
  deepStrictEqual({ actor: row.actor, second: row.second, basis: row.basis?.en }, { actor: 'licensing', second: wanted.second, basis: wanted.basis }, wanted.kind);
  await until(async () => (Number((await ask<Answer<'checkpoint'>>(page, '/api/ledger/checkpoint')).note.split('\n')[1]) > row.index ? true : undefined));
  if (wanted.to === undefined) return;
  await page.goto(`${life.house.url}/ledger?entry=${row.index}`);
  await page.locator('article .verdict--met').waitFor();
  const told = await page.locator('article').innerText();
  match(told, new RegExp(escaped(wanted.kind)));
  match(told, new RegExp(escaped(wanted.to)));
  if (wanted.second !== null) match(told, new RegExp(wanted.second));
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

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
