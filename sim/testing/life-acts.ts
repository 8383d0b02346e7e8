/**
 * What both journeys of a firm's life do in the console: show a tab of its dossier, sign with a passkey, propose a step and
 * have another person agree, record a moment, and read what the ledger tells of it.
 */

import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { violationsOn } from '../../console/testing/axe.ts';
import type { Answer } from '../../src/contract/console.ts';
import { PACK_DIRECTORY, openFramework } from '../../src/main/framework.ts';
import { ask } from './journey.ts';
import { dossierOn, until, type Life } from './life-desk.ts';

const framework = openFramework(PACK_DIRECTORY);
export const REASONS = 'Synthetic: judged on what the firm filed for this journey.';
export type Language = 'en' | 'ur';

const titleOf = (event: string, language: Language): string => framework.events.get(event)?.title[language] ?? event;
const momentOf = (event: string): string => framework.events.get(event)?.event ?? framework.clocks.get(event)?.at(-1)?.start ?? event;
const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

export async function show(page: Page, life: Life, tab?: string): Promise<void> {
  await page.goto(`${life.house.url}/applications/${life.code}${tab === undefined ? '' : `?tab=${tab}`}`);
  await page.locator('.firm__head').waitFor();
  await page.locator('.bar .button').first().waitFor();
}

/** Sends the open form and signs with the passkey. */
export async function sign(page: Page): Promise<void> {
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog .code--wraps').waitFor();
  await page.locator('dialog .dialog__actions .button', { hasText: /passkey|پاس/ }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

export async function send(page: Page): Promise<void> {
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** Proposes a step; where it needs two, who proposed cannot second it, and the other officer agrees to what they read. */
export async function decide(life: Life, language: Language, event: string, to: string, services: readonly string[] = []): Promise<void> {
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
export async function second(life: Life, what: string, isLookedAt = true): Promise<void> {
  const { page } = life.officer;
  await page.locator('.bar .four').waitFor();
  strictEqual(await page.locator('.bar .button--primary').count(), 0, `${what}: who proposed may not second`);
  const other = life.second.page;
  await other.goto(`${life.house.url}/applications?waiting=true`);
  await other.locator(`.table a[href="/applications/${life.code}"]`).first().click();
  await other.locator('.bar .four').waitFor();
  await other.keyboard.press('y');
  match(await other.locator('dialog').innerText(), new RegExp(REASONS), 'the second person reads the same reasons');
  if (isLookedAt) deepStrictEqual((await violationsOn(other)).lines, [], `${what}: the dialog of the second person`);
  await sign(other);
}

export async function record(life: Life, language: Language, event: string): Promise<void> {
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

/** The newest entry of a kind on this firm, on the ledger's screen: who, with whom, on which clause, and its proof. */
export async function toldByLedger(life: Life, wanted: { readonly kind: string; readonly to?: string; readonly second: string | null; readonly basis: string; readonly actor?: string }): Promise<void> {
  const { page } = life.officer;
  const [row] = (await ask<Answer<'ledger'>>(page, `/api/ledger?firm=${life.code}&kind=${wanted.kind}&limit=1`)).items;
  ok(row !== undefined, `${wanted.kind} is in the ledger`);
  deepStrictEqual({ actor: row.actor, second: row.second, basis: row.basis?.en }, { actor: wanted.actor ?? 'licensing', second: wanted.second, basis: wanted.basis }, wanted.kind);
  await until(async () => (Number((await ask<Answer<'checkpoint'>>(page, '/api/ledger/checkpoint')).note.split('\n')[1]) > row.index ? true : undefined));
  if (wanted.to === undefined) return;
  await page.goto(`${life.house.url}/ledger?entry=${row.index}`);
  await page.locator('article .verdict--met').waitFor();
  const told = await page.locator('article').innerText();
  match(told, new RegExp(escaped(wanted.kind)));
  match(told, new RegExp(escaped(wanted.to)));
  if (wanted.second !== null) match(told, new RegExp(wanted.second));
}
