/**
 * The rest of the ladder, from both desks: a firm applies, withdraws and applies again at its own desk, and is refused with
 * reasons; another is frozen and comes back by itself when day 30 is over, is fined within the cap, has a site blocked with
 * the days to object, and its licence varied after a hearing. Each entry says who, with whom and on which clause.
 */

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Answer } from '../../src/contract/console.ts';
import { PACK_DIRECTORY, openFramework } from '../../src/main/framework.ts';
import { DAY_US, formatKarachiDay, instantOf, karachiDay } from '../../src/terms/index.ts';
import { ask } from './journey.ts';
import { REASONS, decide, record, second, show, sign, toldByLedger, type Language } from './life-acts.ts';
import { admitFirm, dossierOn, foundFirm, until, type Life } from './life-desk.ts';

const framework = openFramework(PACK_DIRECTORY);
/** Days that an emergency freeze lasts, s.60. */
const FREEZE_DAYS = 30;

/** Two firms of the journey's own, so that no other journey meets what happens to them. */
const firmsOf = (language: Language): { readonly applicant: string; readonly licensee: string } => ({ applicant: `ap${language}`, licensee: `li${language}` });

export async function climb(life: Life, language: Language): Promise<void> {
  const { applicant, licensee } = firmsOf(language);
  const { house } = life;
  const licensed: Life = { ...life, firm: licensee, code: await foundFirm(house, licensee, 'l2-licensed', 90, ['exchange', 'custody']) };
  const code = await foundFirm(house, applicant, 'e0-unauthorised', 90);
  const desk = await house.enter(await admitFirm(house, applicant), '/desk', { language, theme: 'light' });
  await until(async () => ((await known(life.officer.page, licensed.code)) && (await known(life.officer.page, code)) ? true : undefined));
  await freeze(licensed, language);
  await refusal({ ...life, firm: applicant, code, desk }, language);
  await thaw(licensed);
  await fine(licensed, language);
  await block(licensed, language);
  await vary(licensed, language);
}

async function known(page: Page, code: string): Promise<boolean> {
  return (await ask<Answer<'dossiers'>>(page, '/api/dossiers?limit=500')).items.some((one) => one.firm.code === code);
}

const clauseOf = (rung: string): string => framework.ladder.get(rung)?.at(-1)?.clause.en ?? '';

/** Opens the dialog of a rung and fills what every rung asks for. */
async function open(life: Life, language: Language, rung: string): Promise<Page> {
  const { page } = life.officer;
  await show(page, life, 'measures');
  await page.locator('tr', { hasText: framework.ladder.get(rung)?.at(-1)?.title[language] ?? rung }).locator('button').last().click();
  await page.locator('dialog textarea').nth(0).fill('As ordered in this journey; synthetic.');
  await page.locator('dialog textarea').nth(1).fill(REASONS);
  return page;
}

/** Frozen as of 31 days ago: the order is entered late. */
async function freeze(life: Life, language: Language): Promise<void> {
  const page = await open(life, language, 'emergency-freeze');
  const from = new Date(life.house.now() / 1_000 - (FREEZE_DAYS + 1) * 86_400_000 + 5 * 3_600_000).toISOString().slice(0, 16);
  await page.locator('dialog input[type="datetime-local"]').fill(from);
  await sign(page);
  await second(life, 'emergency-freeze', false);
  await until(async () => ((await dossierOn(page, life.code)).measures.some((one) => one.rung === 'emergency-freeze') ? true : undefined));
}

/** It is over by itself: nobody acted, and the firm has what it had. */
async function thaw(life: Life): Promise<void> {
  const { page } = life.officer;
  const dossier = await until(async () => { const one = await dossierOn(page, life.code); return one.history.some((said) => said.actor === 'clock') ? one : undefined; });
  strictEqual(dossier.stage.id, 'l2-licensed');
  await toldByLedger(life, { kind: 'stage-changed', actor: 'clock', second: null, basis: framework.steps.find((step) => step.event === 'freeze-expired' && step.toStage === 'l2-licensed')?.clause.en ?? '' });
  const frozen = dossier.clocks.find((clock) => clock.clock === 's60-freeze');
  deepStrictEqual([frozen?.state, Math.round(((frozen?.answer?.at ?? 0) - (frozen?.startedAt ?? 0)) / DAY_US) - FREEZE_DAYS <= 1], ['answered', true], 'the clock runs no more');
  deepStrictEqual(await servicesOf(page, life), ['custody', 'exchange']);
}

async function servicesOf(page: Page, life: Life): Promise<string[]> {
  return (await ask<Answer<'headroom'>>(page, `/api/dossiers/${life.code}/headroom`)).services.filter((one) => one.open).map((one) => one.id).toSorted();
}

async function fine(life: Life, language: Language): Promise<void> {
  const page = await open(life, language, 'fine');
  const sum = page.locator('dialog input.input').nth(1);
  await sum.fill('25000001');
  strictEqual(await page.locator('dialog button[type="submit"]').isDisabled(), true, 'above the cap');
  await sum.fill('25000000');
  await sign(page);
  await second(life, 'fine', false);
  const taken = await until(async () => (await dossierOn(page, life.code)).measures.find((one) => one.rung === 'fine'));
  deepStrictEqual([taken.fineMinor, taken.by, taken.second], [2_500_000_000, 'licensing', 'supervisor']);
  await toldByLedger(life, { kind: 'enforcement-acted', second: 'supervisor', basis: clauseOf('fine') });
}

/** Ten days to object run from the order. */
async function block(life: Life, language: Language): Promise<void> {
  const page = await open(life, language, 'blocking');
  await page.locator('dialog input.input').first().fill('fake-exchange.example');
  await sign(page);
  await second(life, 'blocking', false);
  const clock = await until(async () => (await dossierOn(page, life.code)).clocks.find((one) => one.clock === 'blocking.objection'));
  const begun = formatKarachiDay(karachiDay(instantOf(clock.startedAt)));
  deepStrictEqual([clock.state, (Date.parse(clock.day ?? '') - Date.parse(begun)) / 86_400_000], ['runs', 10]);
  await toldByLedger(life, { kind: 'enforcement-acted', second: 'supervisor', basis: clauseOf('blocking') });
}

/** After notice and hearing the licence names custody alone. */
async function vary(life: Life, language: Language): Promise<void> {
  for (const moment of ['notice-served', 'hearing-held']) await record(life, language, moment);
  const page = await open(life, language, 'variation');
  const place = (await ask<Answer<'headroom'>>(page, `/api/dossiers/${life.code}/headroom`)).services.findIndex((one) => one.id === 'custody');
  await page.locator('dialog .halves--even .choice').nth(place).locator('input').check();
  await sign(page);
  await second(life, 'variation', false);
  await until(async () => ((await servicesOf(page, life)).join() === 'custody' ? true : undefined));
  await toldByLedger(life, { kind: 'stage-changed', second: 'supervisor', basis: clauseOf('variation') });
}

/** The firm takes a step of its own on its own screen. */
async function own(life: Life, language: Language, event: string, to: string): Promise<void> {
  const { page } = life.desk;
  await page.goto(`${life.house.url}/desk`);
  const title = framework.events.get(event)?.title[language] ?? event;
  const stage = framework.stages.get(to)?.title[language] ?? to;
  const step = (await dossierOn(page, life.code)).steps.find((one) => one.own && one.event === event && one.to.id === to);
  ok(step !== undefined, `${event} is the firm's own`);
  await page.locator('tr', { hasText: title }).filter({ hasText: stage }).locator('button').click();
  await page.locator('dialog textarea').fill('Synthetic: a step of this journey.');
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await until(async () => ((await dossierOn(page, life.code)).stage.id === to ? true : undefined));
  await toldByLedger(life, { kind: 'stage-changed', actor: `${life.firm}-desk`, second: null, basis: step.provenance.clause?.en ?? '' });
}

/** Applied, withdrawn, applied again, and refused by two persons with reasons that the firm is told. */
async function refusal(life: Life, language: Language): Promise<void> {
  await own(life, language, 'apply-noc', 'e2-noc-application');
  await own(life, language, 'withdraw', 'e0-unauthorised');
  await own(life, language, 'apply-noc', 'e2-noc-application');
  await decide(life, language, 'refuse', 'e0-unauthorised');
  const told = (await dossierOn(life.desk.page, life.code)).history.find((one) => one.about.includes('refuse'));
  ok(told !== undefined, 'the firm sees the refusal');
  match(told.basis, /17\.2/);
}
