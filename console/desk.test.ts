/**
 * A firm's person at the desk, in a real browser by keyboard: sees what is missing, fills a form, is refused at the
 * field and loses nothing, files it; names leave sealed and stay in no draft; documents, an answer that lets a clock go on.
 */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from './testing/axe.ts';
import { secret } from './testing/fake-desk.ts';
import { journeys } from './testing/journey.ts';

const stage = journeys();
const slow = { timeout: 120_000 };
const NAME = 'Zarak Invented-Khan';

const at = (page: Page, place: string) => page.locator(`[data-place="${place}"]`);

async function fill(page: Page): Promise<void> {
  await at(page, 'applicant.address').locator('textarea').fill('1 Invented Road, Karachi');
  await at(page, 'applicant.email').locator('input').fill('nobody@bolan.example');
  await at(page, 'services.services').getByLabel('Exchange').check();
  await at(page, 'services.serves').getByLabel('No').check();
  await at(page, 'services.customers').locator('input').fill('many');
  await at(page, 'services.capital').locator('input').fill('1000000.00');
  await at(page, 'people.0.entity').locator('select').selectOption('local');
  await at(page, 'people.0.role').locator('select').selectOption('mlro');
  await at(page, 'people.0.full-name').locator('input').fill(NAME);
  await at(page, 'people.0.appointed').locator('input').fill('2026-01-31');
  await at(page, 'people.0.cv').locator('input').setInputFiles({ name: 'cv.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a life') });
  await at(page, 'papers.policy').locator('select').selectOption({ index: 1 });
  await at(page, 'papers.signed').locator('input').fill(NAME);
}

test('a form is filled, refused at its field, mended and filed; no name is kept or sent in the open', slow, () => stage.journey(async (server) => {
  const page = await stage.enter(server, 'rind', '/desk');
  const sent: string[] = [];
  page.on('request', (request) => { if (request.method() === 'POST') sent.push(request.postData() ?? ''); });
  match(await page.locator('tr', { hasText: 'X1' }).first().innerText(), /13 answers missing/);
  await page.getByRole('link', { name: /X1/ }).first().click();
  await page.getByRole('link', { name: 'Prepare a new version' }).click();
  await fill(page);
  match(await page.locator('.desk-editor__foot').innerText(), /15 of 15 required answers given/);
  await page.locator('.desk-editor__foot', { hasText: 'Draft kept' }).waitFor();
  const drafts = await page.evaluate("JSON.stringify({ ...localStorage })");
  ok(String(drafts).includes('Invented Road') && !String(drafts).includes(NAME) && !String(drafts).includes('nobody@'), 'a draft holds no name');

  await page.keyboard.press('Control+Enter');
  const wrong = at(page, 'services.customers');
  await wrong.locator('.field__error').waitFor();
  match(await wrong.innerText(), /FORM_ANSWER_INVALID/);
  strictEqual(await wrong.locator('input').evaluate((control) => control === document.activeElement), true, 'the focus is at what was refused');
  deepStrictEqual((await violationsOn(page)).lines, []);
  strictEqual(await at(page, 'people.0.full-name').locator('input').inputValue(), NAME, 'nothing written is lost');

  await wrong.locator('input').fill('0');
  await page.keyboard.press('Control+Enter');
  await page.locator('.desk-form__state', { hasText: 'version 2' }).waitFor();
  match(await page.locator('.desk-form__state').innerText(), /complete/);
  ok(sent.length > 1 && sent.every((body) => !body.includes(NAME) && !body.includes('nobody@')), 'no name leaves in the open');
  match(sent.at(-1) ?? '', /"sealed":"eyJ[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+"/);
  strictEqual(await page.evaluate("Object.keys(localStorage).some((key) => key.startsWith('nigran.draft.'))"), false, 'a draft that was filed is gone');
  await page.goto(`${server.address}/desk`);
  match(await page.locator('tr', { hasText: 'X1' }).first().innerText(), /complete[\s\S]*version 2/);
}));

test('what was written is there again after the page was left, and names while nobody signed out', slow, () => stage.journey(async (server) => {
  const page = await stage.enter(server, 'rind', '/desk/forms/x1?edit=yes');
  await at(page, 'applicant.address').locator('textarea').fill('Kept');
  await at(page, 'applicant.email').locator('input').fill('nobody@bolan.example');
  await page.locator('.desk-editor__foot', { hasText: 'Draft kept' }).waitFor();
  await page.getByRole('link', { name: 'Documents' }).click();
  await page.goBack();
  strictEqual(await at(page, 'applicant.email').locator('input').inputValue(), 'nobody@bolan.example');
  await page.reload();
  strictEqual(await at(page, 'applicant.address').locator('textarea').inputValue(), 'Kept');
  strictEqual(await at(page, 'applicant.email').locator('input').inputValue(), '', 'a name does not outlive the page');
  await page.getByRole('button', { name: 'Discard the draft' }).click();
  strictEqual(await at(page, 'applicant.address').locator('textarea').inputValue(), '');
}));

test('a file that is no PDF is refused by its code; one without text is kept and says so', slow, () => stage.journey(async (server) => {
  const page = await stage.enter(server, 'rind', '/desk/documents');
  await page.locator('.table').waitFor();
  await page.keyboard.press('n');
  const dialog = page.locator('dialog');
  await dialog.getByLabel('Which document').selectOption('part.training');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('no such thing') });
  await dialog.getByRole('button', { name: 'File', exact: true }).click();
  match(await dialog.locator('.field__error').innerText(), /no PDF that can be read/);
  await dialog.locator('input[type=file]').setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 a picture') });
  await dialog.getByRole('button', { name: 'File', exact: true }).click();
  await page.locator('dialog', { hasText: 'The document is filed' }).waitFor();
  match(await page.locator('dialog').innerText(), /no searchable text/);
  await page.keyboard.press('Enter');
  match(await page.locator('tr', { hasText: 'Training programme' }).innerText(), /no searchable text/);
}));

test('a question is answered by keyboard, and the clock that it stopped goes on', slow, () => stage.journey(async (server) => {
  const page = await stage.enter(server, 'rind', '/desk/letters');
  await page.locator('.desk__stopped', { hasText: 'Decision on the application' }).waitFor();
  await page.keyboard.press('a');
  await page.locator('dialog textarea').fill('Three people, named in form X2.');
  await page.keyboard.press('Tab');
  await page.locator('dialog').getByRole('button', { name: 'Send' }).click();
  await page.locator('.desk-letters__one', { hasText: 'Three people' }).waitFor();
  strictEqual(await page.locator('.desk__stopped').count(), 0);
  await page.goto(`${server.address}/desk`);
  await page.locator('.lead', { hasText: 'missing from what you file' }).waitFor();
}));

test('a colleague is let in by a link that is shown once, a program by a code; each with presence and a reason', slow, () => stage.journey(async (server) => {
  const page = await stage.enter(server, 'rind', '/desk/access');
  await page.locator('.table').first().waitFor();
  await page.keyboard.press('n');
  await page.getByLabel('Name', { exact: true }).fill('B. Invented');
  await page.getByLabel('Account', { exact: false }).first().fill('invented');
  await page.getByLabel('Why').fill('to file the returns');
  await page.keyboard.press('Enter');
  await page.locator('dialog', { hasText: 'Six-digit code' }).locator('input').fill(secret.code);
  await page.keyboard.press('Enter');
  await page.locator('dialog', { hasText: 'Link for invented' }).waitFor();
  match(await page.locator('.desk-access__secret').innerText(), /\/link#/);
  deepStrictEqual((await violationsOn(page)).lines, []);
  await page.keyboard.press('Enter');
  match(await page.locator('tr', { hasText: 'B. Invented' }).innerText(), /invented/);
  await page.keyboard.press('i');
  await page.locator('dialog').getByLabel(/^Program/).fill('bln-second');
  await page.getByLabel('Why').fill('a second feed');
  await page.keyboard.press('Enter');
  await page.locator('dialog', { hasText: 'Six-digit code' }).locator('input').fill(secret.code);
  await page.keyboard.press('Enter');
  await page.locator('dialog', { hasText: 'client register --key=bln-second.json' }).waitFor();
  await page.keyboard.press('Escape');
  await page.locator('tr', { hasText: 'bln-feed' }).getByRole('button').click();
  await page.getByLabel('Why').fill('it was lost');
  await page.keyboard.press('Enter');
  await page.locator('tr', { hasText: 'bln-feed' }).locator('text=revoked').waitFor();
}));

test('an officer is told that the desk is a firm’s, and a firm sees no room of the authority', slow, () => stage.journey(async (server) => {
  const officer = await stage.enter(server, 'raza', '/desk');
  await officer.locator('.panel', { hasText: 'This desk belongs to a firm' }).waitFor();
  strictEqual(await officer.locator('.rail a[href="/desk"]').count(), 0);
  const firm = await stage.enter(server, 'rind', '/');
  await firm.waitForURL(/\/desk$/);
  deepStrictEqual(await firm.locator('.rail__item').evaluateAll((links) => links.map((link) => link.getAttribute('href')).filter((href) => /alert|decision|overview|event|firms/.test(href ?? ''))), []);
}));
