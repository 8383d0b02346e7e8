/** What is seen when something is wrong or nothing is there: the five states, in a real browser. */
import { match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { journeys } from './testing/journey.ts';

const { journey, enter } = journeys();
const limit = { timeout: 60_000 };

test('when the live line is cut the screen says as of when, greys its figures, and comes back', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/overview');
  await page.locator('.topbar__asof', { hasText: 'live' }).waitFor();
  await page.context().setOffline(true);
  server.cutLine();
  await page.locator('.topbar__asof', { hasText: 'As of' }).waitFor();
  // The browser tries again every few seconds; a try that fails must not make old figures look new.
  await page.waitForTimeout(8_000);
  strictEqual(await page.locator('.topbar__asof', { hasText: 'As of' }).count(), 1);
  await page.context().setOffline(false);
  await page.locator('.is-stale .strip').waitFor();
  await page.locator('.topbar__asof', { hasText: '· live' }).waitFor({ timeout: 15_000 });
}));

test('error, forbidden, unreadable and loading each have their state', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/firms');
  server.fail([{ route: 'engine', how: 'refuse' }, { route: 'submissions', how: 'forbid' }, { route: 'ledger', how: 'garbage' }, { route: 'events', how: 'hang' }]);
  await page.goto(`${server.address}/engine`);
  const told = await page.locator('[role="alert"]').innerText();
  for (const part of ['What happened', 'What is safe', 'What to do', 'CAPACITY']) ok(told.includes(part), part);
  await page.goto(`${server.address}/submissions`);
  match(await page.locator('.panel').innerText(), /These offices may: Head of supervision/);
  await page.goto(`${server.address}/ledger`);
  await page.locator('.panel .code', { hasText: 'ANSWER_UNREADABLE' }).waitFor();
  await page.goto(`${server.address}/events`);
  await page.locator('.events [aria-busy="true"]').waitFor({ timeout: 1_000 });
  server.fail([]);
  await page.goto(`${server.address}/engine`);
  await page.locator('.strip').waitFor();
}));

test('an empty nation says what would fill it', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/alerts');
  match(await page.locator('.finding .panel').innerText(), /appear here when a rule fires/);
  await page.goto(`${server.address}/submissions`);
  match(await page.locator('.panel').innerText(), /first batch appears here/);
  await page.goto(`${server.address}/overview`);
  match(await page.locator('.overview').innerText(), /Corridors are drawn from deposits and withdrawals/);
}, { empty: true }));
