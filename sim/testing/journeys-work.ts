/** Work on alerts: triage by keyboard with a second person, two officers on one alert, and news of what firms file meanwhile. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import type { Answer } from '../../src/contract/console.ts';
import { type Journey, ask, numberIn, numberOf, refused, selected, slow } from './journey.ts';
import type { JourneyHouse } from './journey-house.ts';

/** Adds the tests. */
export function workJourneys(journey: Journey): void {
  test('keyboard triage: a low alert is assigned and dismissed, a critical one escalated by two people who sign', slow, journey(async (house) => {
    const analyst = await house.enter('analyst', '/alerts?severity=low,medium');
    await analyst.page.locator('.bar .four').waitFor();
    const low = await selected(analyst.page);
    const open = await numberIn(analyst.page, '.queue .tabs .count');
    await analyst.page.keyboard.press('j');
    await analyst.page.waitForURL(/id=AL-/);
    ok((await selected(analyst.page)) !== low, 'j moves on');
    await analyst.page.keyboard.press('k');
    await analyst.page.locator(`#${low}[aria-selected="true"]`).waitFor();
    await analyst.page.locator('.finding__sheet').waitFor();
    await analyst.page.keyboard.press('a');
    await analyst.page.locator('dialog .choice').nth(2).waitFor();
    deepStrictEqual((await analyst.page.locator('dialog .choice').allInnerTexts()).map((text) => text.split('\n')[0]?.trim()), ['A. Raza (me) Surveillance analyst', 'H. Siddiqui Senior analyst', 'Nobody'], 'only who may decide');
    await analyst.page.keyboard.press('Enter');
    await analyst.page.locator('.finding__head', { hasText: 'A. Raza' }).waitFor();
    const measure = analyst.page.locator('.finding__sheet .table--measure tbody a.n').first();
    const address = await measure.getAttribute('href');
    ok(address?.startsWith('/events?'), 'a number behind the alert opens its events');
    ok((await ask<Answer<'events'>>(analyst.page, `/api${address ?? ''}`)).total > 0);
    await analyst.page.keyboard.press('d');
    await analyst.page.locator('dialog input[value="low-risk"]').check();
    await analyst.page.locator('dialog textarea').fill('Small sums, the known pattern of a shop.');
    await analyst.page.locator('dialog button[type="submit"]').dblclick();
    await analyst.page.locator('dialog').waitFor({ state: 'detached' });
    await analyst.page.locator('.bar__title', { hasText: 'Dismissed' }).waitFor();
    await analyst.page.locator('.queue .tabs .count', { hasText: String(open - 1) }).first().waitFor();
    const steps = (await ask<Answer<'alert'>>(analyst.page, `/api/alerts/${low}`)).steps.filter((step) => step.what === 'dismissed');
    strictEqual(steps.length, 1, 'a double click dismisses once');
    deepStrictEqual(analyst.complaints(), []);

    const critical = house.found.alerts.items.find((row) => row.severity === 'critical');
    ok(critical !== undefined);
    await analyst.page.goto(`${house.url}/alerts?id=${critical.id}`);
    await analyst.page.locator('.bar .four').waitFor();
    await analyst.page.keyboard.press('e');
    await analyst.page.locator('dialog input[value="listed-wallet"]').check();
    await analyst.page.locator('dialog textarea').fill('<script>document.title = "owned"</script> The sender stands on the list.');
    await analyst.page.locator('dialog button[type="submit"]').click();
    await prove(house, analyst.page, 'analyst');
    match(await analyst.page.locator('.bar').innerText(), /waits for somebody else than you/);
    strictEqual(await analyst.page.getByRole('button', { name: /Approve/ }).count(), 0, 'who proposed may not second');

    const senior = await house.enter('senior', '/decisions');
    await senior.page.locator('tr', { hasText: critical.id }).getByRole('link', { name: 'You may decide' }).click();
    await senior.page.getByRole('button', { name: /Approve, escalate/ }).click();
    match(await senior.page.locator('dialog').innerText(), /<script>document\.title/);
    strictEqual(await senior.page.title(), 'Alerts · Nigran', 'what was written is text and runs nowhere');
    await senior.page.locator('dialog button[type="submit"]').click();
    await prove(house, senior.page, 'senior');
    await senior.page.locator('.bar__title', { hasText: 'Escalated' }).waitFor();
    await analyst.page.locator('.bar__title', { hasText: 'Escalated' }).waitFor({ timeout: 10_000 });
    deepStrictEqual([...analyst.complaints(refused(403)), ...senior.complaints(refused(403))], []);
  }));

  test('two officers on one alert: the slower one is told in words, keeps the text, and decides on what is there now', slow, journey(async (house) => {
    const row = (await house.look()).alerts.items.findLast((one) => one.severity === 'medium' || one.severity === 'low');
    ok(row !== undefined);
    const analyst = await house.enter('analyst', `/alerts?id=${row.id}`);
    const senior = await house.enter('senior', `/alerts?id=${row.id}`);
    for (const { page } of [analyst, senior]) {
      await page.locator('.bar .four').waitFor();
      await page.keyboard.press('d');
      await page.locator('dialog input[value="other"]').check();
      await page.locator('dialog textarea').fill('ا '.repeat(900));
    }
    // The senior's line is slow: the news of the analyst's act does not come before the click.
    await senior.page.route('**/api/alerts/*', (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
    await analyst.page.locator('dialog button[type="submit"]').click();
    await analyst.page.locator('.bar__title', { hasText: 'Dismissed' }).waitFor();
    await senior.page.locator('dialog button[type="submit"]').click();
    match(await senior.page.locator('dialog .panel--error').innerText(), /DECISION_STALE/);
    await senior.page.unroute('**/api/alerts/*');
    await senior.page.evaluate("window.dispatchEvent(new Event('visibilitychange'))");
    await senior.page.locator('dialog .flag', { hasText: 'nothing left to decide' }).waitFor({ timeout: 20_000 });
    strictEqual((await senior.page.locator('dialog textarea').inputValue()).length, 1_800, 'what was written is kept');
    strictEqual(await senior.page.locator('dialog button[type="submit"]').isDisabled(), true);
    await senior.page.keyboard.press('Escape');
    await senior.page.locator('.bar__title', { hasText: 'Dismissed' }).waitFor();
    for (const { page } of [analyst, senior]) strictEqual(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true, 'a long reason stays in its place');
    senior.complaints();
    deepStrictEqual(analyst.complaints(), []);
  }));

  test('a filing through the door moves the numbers and raises an alert on an open page', slow, journey(async (house) => {
    const overview = await house.enter('supervisor', '/overview');
    await overview.page.locator('.heat').waitFor();
    const accepted = await numberIn(overview.page, '.figure__value a');
    const queue = await house.enter('senior', '/alerts');
    await queue.page.locator('.finding__sheet').waitFor();
    const standing = await queue.page.locator('.alert').allInnerTexts();
    await house.fileListedDeposit();
    const moved = overview.page.locator('.figure__value a').first().filter({ hasNotText: new RegExp(`^${accepted.toLocaleString('en')}$`) });
    await moved.waitFor({ timeout: 15_000 });
    ok(numberOf(await moved.innerText()) > accepted);
    await queue.page.locator('.queue__news').waitFor({ timeout: 15_000 });
    deepStrictEqual((await queue.page.locator('.alert').allInnerTexts()).length, standing.length, 'the queue does not move by itself');
    await queue.page.keyboard.press('r');
    await queue.page.locator('.queue__news').waitFor({ state: 'detached' });
    await queue.page.locator('.alert', { hasText: 'DSM' }).first().waitFor();
    deepStrictEqual([...overview.complaints(), ...queue.complaints()], []);
  }));
}

/** Confirms a decision with the account's next code. */
async function prove(house: JourneyHouse, page: Page, account: string): Promise<void> {
  await page.locator('dialog input[autocomplete="one-time-code"]').fill(await house.code(account));
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}
