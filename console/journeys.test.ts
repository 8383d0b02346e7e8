/**
 * What a person does, in a real browser, against a server that keeps the contract: triage by keyboard, two
 * people on one decision, numbers that open their events, proofs checked here. The journeys against the real
 * server are the simulator's.
 */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { signIn } from './testing/browser.ts';
import { secret } from './testing/fake-desk.ts';
import { journeys } from './testing/journey.ts';

const { journey, enter, open } = journeys();
const numberIn = async (page: Page, selector: string): Promise<number> => Number((await page.locator(selector).first().innerText()).replaceAll(/[^0-9]/g, ''));
const selected = (page: Page): Promise<string | null> => page.locator('.alert[aria-selected="true"]').getAttribute('id');
const limit = { timeout: 60_000 };

test('the address that was asked for opens after signing in; a wrong code does not', limit, () => journey(async (server) => {
  const page = await open();
  await page.goto(`${server.address}/firms/SDX`);
  await page.locator('input[name="username"]').fill('siddiqui');
  await page.locator('input[name="password"]').fill(secret.password);
  await page.keyboard.press('Enter');
  await page.locator('input[name="code"]').fill('000000');
  await page.keyboard.press('Enter');
  match(await page.locator('[role="alert"]').innerText(), /wrong/);
  await page.locator('input[name="code"]').fill(secret.code);
  await page.keyboard.press('Enter');
  strictEqual(await page.locator('.firm__head h2').innerText(), 'Sindh Digital Exchange (invented)');
}));

test('the keyboard walks the queue, and the address follows', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts');
  await page.locator('.finding__sheet').waitFor();
  strictEqual(await selected(page), 'AL-20418');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const third = await selected(page);
  ok(third !== null && page.url().includes(`id=${third}`));
  await page.locator(`#alert-title`).waitFor();
  await page.keyboard.press('k');
  ok((await selected(page)) !== third);
  await page.keyboard.press('s');
  await page.waitForURL(/sort=age/);
  const copy = await page.context().newPage();
  await copy.goto(page.url());
  await copy.locator('.finding__sheet').waitFor();
  strictEqual(await selected(copy), await selected(page));
}));

test('a low alert is dismissed by one person, with a reason, from the keyboard', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts?severity=low');
  await page.locator('.bar .four').waitFor();
  const id = await selected(page);
  const open = await numberIn(page, '.queue .tabs .count');
  await page.keyboard.press('d');
  const submit = page.locator('dialog button[type="submit"]');
  strictEqual(await submit.isDisabled(), true);
  await page.locator('dialog input[value="low-risk"]').check();
  await page.locator('dialog textarea').fill('Small sums, known pattern of a shop.');
  await submit.click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.bar__title', { hasText: 'Dismissed' }).waitFor();
  await page.locator('.queue .tabs .count', { hasText: String(open - 1) }).first().waitFor();
  strictEqual(await page.locator(`#${id}`).count(), 0);
  await page.keyboard.press('j');
  ok((await selected(page)) !== null, 'the next alert is taken up from where the closed one stood');
}));

test('a critical alert needs a second person: proposed by one, signed, approved by another', limit, () => journey(async (server) => {
  const raza = await enter(server, 'raza', '/alerts?id=AL-20411');
  await raza.locator('.bar .four').waitFor();
  await raza.keyboard.press('e');
  await raza.locator('dialog input[value="listed-wallet"]').check();
  await raza.locator('dialog textarea').fill('The sender stands on the list of 24 December.');
  await raza.locator('dialog button[type="submit"]').click();
  await raza.locator('dialog input[autocomplete="one-time-code"]').fill(secret.code);
  await raza.locator('dialog button[type="submit"]').click();
  await raza.locator('dialog').waitFor({ state: 'detached' });
  match(await raza.locator('.bar').innerText(), /waits for somebody else than you/);
  strictEqual(await raza.getByRole('button', { name: /Approve/ }).count(), 0, 'who proposed may not second');

  const baig = await enter(server, 'baig', '/decisions');
  await baig.locator('tr', { hasText: 'AL-20411' }).getByRole('link', { name: 'You may decide' }).click();
  await baig.getByRole('button', { name: /Approve, escalate/ }).click();
  match(await baig.locator('dialog').innerText(), /The sender stands on the list/);
  await baig.locator('dialog button[type="submit"]').click();
  await baig.locator('dialog input[autocomplete="one-time-code"]').fill(secret.code);
  await baig.locator('dialog button[type="submit"]').click();
  await baig.locator('.bar__title', { hasText: 'Escalated' }).waitFor();
  await raza.locator('.bar__title', { hasText: 'Escalated' }).waitFor({ timeout: 10_000 });
}));

test('who cannot second sees the decision with the reason in words, not hidden', limit, () => journey(async (server) => {
  const page = await enter(server, 'raza', '/alerts?id=AL-20418');
  await page.locator('.bar .four').waitFor();
  match(await page.locator('.bar').innerText(), /waits for somebody else than you/);
  const mirza = await enter(server, 'mirza', '/overview');
  match(await mirza.locator('.bar').innerText(), /takes no part/);
  strictEqual(await mirza.locator('.rail__item').count(), 5, 'only the rooms of the role, and the framework, which is open to all');
}));

test('an alert is assigned at once, and taken back when the server refuses', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts?id=AL-20404');
  await page.locator('.bar .four').waitFor();
  server.fail([{ route: 'assign', how: 'refuse' }, { route: 'alert', how: 'refuse' }]);
  const before = await page.locator('.finding__head').innerText();
  await page.keyboard.press('a');
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog [role="alert"]').waitFor();
  strictEqual(await page.locator('.finding__head').innerText(), before);
  server.fail([]);
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.locator('.finding__head', { hasText: 'with H. Siddiqui' }).waitFor();
  await page.getByText('Assigned · H. Siddiqui').waitFor();
}));

test('numbers open the events behind them, and the counts agree', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/overview');
  const accepted = await numberIn(page, '.figure__value a');
  await page.locator('.figure__value a').first().click();
  await page.locator('.events__box').waitFor();
  strictEqual(await numberIn(page, '.events h2'), accepted);
  await page.goBack();
  const cell = page.locator('.heat td a').first();
  const count = Number(await cell.innerText());
  await cell.click();
  await page.locator('.queue__foot').first().waitFor();
  strictEqual(await page.locator('.alert').count(), count);
  await page.goto(`${server.address}/alerts?id=AL-20418`);
  const wallets = page.locator('.finding__sheet .table--measure tbody tr').first().locator('a.n');
  const value = Number(await wallets.innerText());
  await wallets.click();
  await page.locator('.events__box').waitFor();
  strictEqual(await page.locator('.events__box tbody tr[aria-rowindex]').count(), value);
}));

test('parts add up to the totals on the overview', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/overview');
  await page.locator('.heat').waitFor();
  const column = async (place: number): Promise<number[]> => (await page.locator(`.overview > div:first-child .table tbody tr td:nth-child(${place})`).allInnerTexts()).map((text) => Number(text.replaceAll(/[^0-9.]/g, '')));
  const foot = async (place: number): Promise<number> => Number((await page.locator(`.overview > div:first-child .table tfoot tr > *:nth-child(${place})`).innerText()).replaceAll(/[^0-9.]/g, ''));
  for (const place of [3, 4, 5]) strictEqual(Math.round((await column(place)).reduce((sum, one) => sum + one, 0) * 10), Math.round((await foot(place)) * 10));
  strictEqual(await numberIn(page, '.strip > div:first-child .figure__value a'), await foot(4));
}));

test('ten thousand rows stay light: only what is in sight is in the page, and the next page comes by itself', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/events');
  await page.locator('.events__box').waitFor();
  ok((await page.locator('.events__box tbody tr').count()) < 80);
  for (let round = 0; round < 6; round += 1) {
    await page.locator('.events__box').evaluate('(box) => box.scrollTo(0, box.scrollHeight)');
    await page.waitForTimeout(120);
  }
  ok((await numberIn(page, '.events .head__end')) >= 400, 'further pages were fetched');
  ok((await page.locator('.events__box tbody tr').count()) < 80);
}));

test('the browser verifies a proof, and finds a falsified entry', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/ledger?entry=40');
  await page.locator('article .verdict--met').waitFor();
  await page.goto(`${server.address}/ledger?entry=41`);
  await page.locator('article .verdict--breach').waitFor();
  match(await page.locator('article .checks .state--breach').innerText(), /leaf is the hash/);
  await page.reload();
  await page.getByText(/last verified/).waitFor();
}, { falsified: 41 }));

test('what is new is told, and the queue does not move until it is asked', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts');
  await page.locator('.finding__sheet').waitFor();
  const before = await page.locator('.alert').allInnerTexts();
  const id = server.raise();
  await page.locator('.queue__news').waitFor();
  await page.waitForTimeout(400);
  deepStrictEqual(await page.locator('.alert').allInnerTexts(), before);
  await page.keyboard.press('r');
  await page.locator('.queue__news').waitFor({ state: 'detached' });
  await page.locator(`.alert:first-child#${id}`).waitFor();
}));

test('about a real firm nothing is shown but its certificate', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/firms/Binance');
  await page.locator('.stages').waitFor();
  const told = await page.locator('#work').innerText();
  match(told, /12 December 2025/);
  match(told, /not a licence/i);
  strictEqual(await page.locator('#work .num a.n').count(), 0);
  await page.goto(`${server.address}/firms`);
  for (const name of ['Binance', 'HTX']) match(await page.locator('tr', { hasText: name }).innerText(), /Nothing else is shown/);
}));

test('the palette finds a command, a firm and an alert; the language turns the page around and is kept', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/overview');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('khun');
  await page.locator('.palette__item', { hasText: 'Khunjerab' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/firms\/KHX/);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('al-20418');
  await page.locator('.palette__item', { hasText: 'AL-20418' }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(/id=AL-20418/);
  await page.locator('.finding__sheet').waitFor();
  await page.locator('.topbar .language').click();
  await page.locator('html[dir="rtl"][lang="ur"]').waitFor();
  match(await page.locator('.finding__head h2').innerText(), /والٹ/);
  // Chromium hands storage to the reloaded page's process a moment later.
  await page.waitForTimeout(300);
  await page.reload();
  await page.locator('html[dir="rtl"] .finding__sheet').waitFor();
}));

test('single keys can be turned off, and never act while a person types', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts');
  await page.locator('.bar .four').waitFor();
  const first = await selected(page);
  await page.keyboard.press('?');
  await page.locator('dialog input[type="checkbox"]').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('j');
  strictEqual(await selected(page), first);
  await page.goto(`${server.address}/firms`);
  await page.locator('input[type="search"]').fill('');
  await page.locator('input[type="search"]').pressSequentially('dsm');
  strictEqual(await page.locator('dialog[open]').count(), 0);
  await page.locator('tbody tr', { hasText: 'Deosai' }).waitFor();
}));

test('a person who has left is signed out after half an hour, and one who works is not', limit, () => journey(async (server) => {
  const page = await open();
  await page.clock.install();
  await signIn(page, server.address, '/firms', 'siddiqui', secret);
  await page.clock.fastForward('29:00');
  await page.keyboard.press('Tab');
  await page.clock.fastForward('29:00');
  strictEqual(await page.locator('.shell').count(), 1);
  await page.clock.fastForward('02:00');
  await page.locator('.sign-in h1').waitFor();
}));

test('no person is named in an address: only random ids go there', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts?id=AL-20418');
  await page.locator('.lead a', { hasText: 'P-' }).click();
  await page.waitForURL(/\/events\?/);
  match(page.url(), /person=[0-9a-f]{32}$/);
}));
