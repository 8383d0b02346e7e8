/**
 * What an officer does in an application, against a server that keeps the contract: judge, record, propose; the second
 * person agrees to the same version; and the wrong button: the same person twice, a dossier that has moved on, a fine above
 * its cap, a dialog closed in the middle of a sentence.
 */
import { match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { secret } from './testing/fake-desk.ts';
import { journeys } from './testing/journey.ts';

const { journey, enter } = journeys();
const limit = { timeout: 90_000 };
const reasons = 'The registration was shown by a letter of the unit.';

/** Sends the form in the dialog and proves presence by a code. */
async function prove(page: Page): Promise<void> {
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog input[autocomplete="one-time-code"]').fill(secret.code);
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

test('a step is proposed by one, who cannot second it, and agreed to by another who reads the same', limit, () => journey(async (server) => {
  const officer = await enter(server, 'malik', '/applications/MGM');
  await officer.locator('.bar .button').waitFor();
  await officer.keyboard.press('p');
  const submit = officer.locator('dialog button[type="submit"]');
  strictEqual(await submit.isDisabled(), true, 'not without reasons');
  await officer.locator('dialog textarea').first().fill(reasons);
  await officer.keyboard.press('Escape');
  await officer.keyboard.press('p');
  strictEqual(await officer.locator('dialog textarea').first().inputValue(), reasons, 'what was written is kept');
  await prove(officer);
  await officer.locator('.bar .four').waitFor();
  match(await officer.locator('.bar').innerText(), /waits for somebody else than you/);
  strictEqual(await officer.locator('.bar .button', { hasText: 'agree' }).count(), 0);

  const second = await enter(server, 'baig', '/applications?waiting=true');
  await second.locator('.table a', { hasText: 'Margalla' }).click();
  await second.locator('.bar .four').waitFor();
  await second.keyboard.press('y');
  match(await second.locator('dialog').innerText(), new RegExp(reasons));
  match(await second.locator('dialog').innerText(), /You see version 41/);
  await prove(second);
  await second.locator('.firm__head', { hasText: 'AML-registered' }).waitFor();
  await second.goto(`${server.address}/applications/MGM?tab=history`);
  match(await second.locator('tbody tr').first().innerText(), /st-6[\s\S]*st-4/, 'both persons stand in the history');
  await officer.locator('.firm__head', { hasText: 'AML-registered' }).waitFor({ timeout: 10_000 });
}));

test('a dossier that has moved on can be agreed to by nobody: the second person is told, and sends it back', limit, () => journey(async (server) => {
  const second = await enter(server, 'baig', '/applications/HZL');
  await second.locator('.bar .four').waitFor();
  await second.keyboard.press('y');
  await second.locator('dialog').waitFor();
  const officer = await enter(server, 'malik', '/applications/HZL');
  await officer.locator('.bar .button').first().waitFor();
  await officer.keyboard.press('m');
  await officer.locator('dialog select').selectOption('fee-paid');
  await officer.locator('dialog textarea').fill('Seen on the statement of the bank.');
  await officer.locator('dialog button[type="submit"]').click();
  await officer.locator('dialog').waitFor({ state: 'detached' });
  await second.locator('dialog .flag').first().waitFor({ timeout: 15_000 });
  strictEqual(await second.locator('dialog button[type="submit"]').isDisabled(), true);
  match(await second.locator('dialog').innerText(), /has changed since you opened this/);
  await second.keyboard.press('Escape');
  await second.keyboard.press('b');
  await second.locator('dialog textarea').fill('Propose it again on what is filed now.');
  await second.locator('dialog button[type="submit"]').click();
  await second.locator('.bar__title', { hasText: 'No decision on this firm waits' }).waitFor();
}));

test('a judgement names each criterion, one unfit person leaves the gate unmet, and a missing gate is not proposed', limit, () => journey(async (server) => {
  const page = await enter(server, 'malik', '/applications/BLN');
  await page.locator('.bar .button').waitFor();
  await page.keyboard.press('p');
  match(await page.locator('dialog').innerText(), /4 gates are not met/);
  strictEqual(await page.locator('dialog button[type="submit"]').isDisabled(), true);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Judge Key individuals' }).click();
  await page.locator('dialog .criterion textarea').fill('Papers of all were seen.');
  await page.locator('dialog .choice', { hasText: 'cfo' }).locator('input').uncheck();
  strictEqual(await page.locator('dialog input[name="outcome"]').nth(1).isChecked(), true, 'unmet by itself');
  await page.locator('dialog textarea').last().fill('One bar is open: insolvency abroad.');
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.goto(`${server.address}/applications/BLN?tab=people`);
  await page.locator('#work', { hasText: 'A3 cfo: not fit and proper' }).waitFor();
}));

test('a fine stays within its cap, and a refusal of the server is told in words beside what was written', limit, () => journey(async (server) => {
  const page = await enter(server, 'malik', '/applications/SDX?tab=measures');
  await page.getByRole('button', { name: 'Propose Administrative fine' }).click();
  await page.locator('dialog textarea').nth(0).fill('Payable within thirty days.');
  await page.locator('dialog textarea').nth(1).fill('The feed was silent for two days.');
  const fine = page.locator('dialog .field', { hasText: 'Fine, in rupees' }).locator('input');
  await fine.fill('25,000,001');
  strictEqual(await page.locator('dialog button[type="submit"]').isDisabled(), true, 'above the cap');
  await fine.fill('2,500,000');
  server.fail([{ route: 'proposeStep', how: 'refuse' }]);
  await page.locator('dialog button[type="submit"]').click();
  match(await page.locator('dialog [role="alert"]').innerText(), /CAPACITY/);
  strictEqual(await fine.inputValue(), '2,500,000');
  server.fail([]);
  await prove(page);
  await page.locator('.bar__title', { hasText: 'Administrative fine' }).waitFor();
}));

test('obligations: late by law is red and first, what only reminds is amber; one is waived with a reason', limit, () => journey(async (server) => {
  const page = await enter(server, 'baig', '/obligations');
  await page.locator('tbody tr').first().waitFor();
  match(await page.locator('tbody tr').first().innerText(), /breach/);
  strictEqual(await page.locator('tbody .state--breach').count(), 2);
  const before = await page.locator('tbody tr').count();
  await page.locator('select[aria-label="State"]').selectOption('reminds');
  await page.waitForURL(/state=reminds/);
  await page.locator('tbody .state--breach').first().waitFor({ state: 'detached' });
  ok((await page.locator('tbody .state--due').count()) > 3);
  await page.goBack();
  await page.goto(`${server.address}/obligations`);
  await page.locator('tbody .n', { hasText: 'Waive' }).first().click();
  await page.locator('dialog textarea').fill('The change was told by telephone in time.');
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.waitForFunction(`document.querySelectorAll('tbody tr').length === ${before - 1}`);
}));
