/** The wrong moment: back in the middle, an alert withdrawn while it is open, a server that is gone, a session that has ended. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../src/contract/console.ts';
import { type Journey, ask, limit, slow } from './journey.ts';

/** Adds the tests. */
export function mishapJourneys(journey: Journey): void {
  test('back in the middle of a decision leaves nothing done, and the words are there on return', limit, journey(async (house) => {
    const row = (await house.look()).alerts.items.find((one) => one.severity === 'high' || one.severity === 'critical');
    ok(row !== undefined);
    const { page, complaints } = await house.enter('senior', '/overview');
    await page.locator('.rail__item[href="/alerts"]').click();
    await page.goto(`${house.url}/alerts?id=${row.id}`);
    await page.locator('.bar .four').waitFor();
    await page.locator('.rail__item[href="/firms"]').click();
    await page.locator('.filters--top').waitFor();
    await page.goBack();
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    await page.locator('dialog input[value="other"]').check();
    await page.locator('dialog textarea').fill('Half a thought about this');
    await page.goForward();
    await page.locator('.filters--top').waitFor();
    strictEqual(await page.locator('dialog').count(), 0);
    await page.goBack();
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    strictEqual(await page.locator('dialog textarea').inputValue(), 'Half a thought about this');
    await page.keyboard.press('Escape');
    strictEqual((await ask<Answer<'alert'>>(page, `/api/alerts/${row.id}`)).row.version, row.version, 'nothing was done');
    deepStrictEqual(complaints(), []);
  }));

  test('an alert that is withdrawn while it is open says so, in the dialog too', slow, journey(async (house) => {
    const raised = await house.fileUntraded();
    const { page, complaints } = await house.enter('analyst', `/alerts?id=${raised.alert}`);
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    await page.locator('dialog textarea').fill('Written before the trade was known.');
    await raised.tradeAfterAll();
    await page.locator('dialog .flag', { hasText: 'has changed' }).waitFor({ timeout: 20_000 });
    match(await page.locator('dialog .flag').innerText(), /A finding was withdrawn/);
    strictEqual(await page.locator('dialog textarea').inputValue(), 'Written before the trade was known.');
    await page.keyboard.press('Escape');
    match(await page.locator('.finding__sheet').innerText(), /withdrawn/i);
    deepStrictEqual(complaints(), []);
  }));

  test('a server that is gone is told, nothing is lost, and the page comes back by itself', slow, journey(async (house) => {
    const row = (await house.look()).alerts.items.find((one) => one.severity === 'medium' || one.severity === 'low');
    ok(row !== undefined);
    const visit = await house.enter('analyst', `/alerts?id=${row.id}`);
    const { page } = visit;
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    await page.locator('dialog input[value="other"]').check();
    await page.locator('dialog textarea').fill('Written while the server was there.');
    house.killServer();
    await page.locator('.topbar__asof .state--due').waitFor({ timeout: 10_000 });
    await page.locator('dialog button[type="submit"]').click();
    await page.locator('dialog .panel--error, .bar__title:has-text("Dismissed")').first().waitFor({ timeout: 30_000 });
    await page.locator('.topbar__asof .state--due').waitFor({ state: 'detached', timeout: 30_000 });
    if (await page.locator('dialog').count() > 0) {
      strictEqual(await page.locator('dialog textarea').inputValue(), 'Written while the server was there.');
      await page.locator('dialog button[type="submit"]').click();
    }
    await page.locator('.bar__title', { hasText: 'Dismissed' }).waitFor({ timeout: 20_000 });
    strictEqual((await ask<Answer<'alert'>>(page, `/api/alerts/${row.id}`)).steps.filter((step) => step.what === 'dismissed').length, 1, 'once, however often it was sent');
    visit.complaints();
  }));

  test('a session that has ended asks to sign in at the same address, and the words are kept', slow, journey(async (house) => {
    const row = (await house.look()).alerts.items.find((one) => one.state === 'open' && one.waiting === null);
    ok(row !== undefined);
    const { page } = await house.enter('analyst', `/alerts?id=${row.id}`);
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    await page.locator('dialog input[value="other"]').check();
    await page.locator('dialog textarea').fill('Written before the session ended.');
    await page.context().clearCookies();
    await page.locator('dialog button[type="submit"]').click();
    await page.locator('.sign-in h1').waitFor();
    match(page.url(), new RegExp(row.id));
    house.forget('analyst');
    await house.signIn(page, 'analyst');
    await page.locator('.bar .four').waitFor();
    await page.keyboard.press('d');
    strictEqual(await page.locator('dialog textarea').inputValue(), 'Written before the session ended.');
  }));
}
