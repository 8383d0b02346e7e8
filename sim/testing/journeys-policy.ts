/** The rules as policy: a threshold is turned, tried on what the nation did, proposed in English and agreed on in Urdu; the next alert stands under the new set, the old one under the old. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from '../../console/testing/axe.ts';
import type { Answer } from '../../src/contract/console.ts';
import { type Journey, ask, refused, slow } from './journey.ts';
import type { JourneyHouse } from './journey-house.ts';

/** The rule whose threshold is turned: what a person received before it left untraded. */
const RULE = 'untraded';

/** Adds the test. */
export function policyJourneys(journey: Journey): void {
  test('a newcomer turns a threshold, tries it on the past, has it agreed on, and sees the next alert under it', slow, journey(async (house) => {
    const old = await house.fileUntraded();
    const supervisor = await house.enter('supervisor', '/rules');
    const { page } = supervisor;
    const field = page.locator('input[name="untraded.received"]').first();
    await field.waitFor();
    const before = await ask<Answer<'rules'>>(page, '/api/rules');
    strictEqual(await page.locator('.rules__open').count(), before.rules.length, 'every rule stands on the one screen');
    await field.fill('600,000');
    await field.press('Enter');
    await page.waitForURL(/draft=untraded.received:60000000/);
    await page.locator('.rules__draft', { hasText: 'PKR 600,000' }).waitFor();
    await page.locator('.rules__draft button[type="submit"]:enabled').click();
    await page.locator('.rules__test', { hasText: 'done' }).waitFor({ timeout: 60_000 });
    const test = Number(/test=(\d+)/.exec(page.url())?.[1]);
    const tried = await ask<Answer<'backtest'>>(page, `/api/rules/backtests/${test}`);
    ok(tried.found !== null && tried.sha256 !== null);
    const { findings, rules, people, added, dropped } = tried.found;
    const known = rules.find((one) => one.id === RULE);
    ok(known !== undefined && known.base >= known.draft && known.base > 0, 'a higher threshold finds no more');
    ok(findings.base > 0 && people.base - dropped + added === people.draft, 'who is added and who is dropped add up');
    deepStrictEqual((await violationsOn(page)).lines, []);

    await page.locator('.rules__draft .button--primary:enabled').click();
    match(await page.locator('dialog').innerText(), new RegExp(`Back-test ${test} is attached`));
    await page.locator('dialog textarea').fill('Synthetic: six lakh is what a family moves.');
    await page.locator('dialog button[type="submit"]').click();
    await prove(house, page, 'supervisor');
    await page.locator('.rules__acts', { hasText: 'Waits for somebody else than you' }).waitFor();
    strictEqual(await page.locator('.rules__acts .button--primary:enabled').count(), 0, 'who proposed may not second');

    const senior = await house.enter('senior', '/rules', { language: 'ur', theme: 'dark' });
    await senior.page.locator('.rules__acts .button--primary:enabled').waitFor();
    deepStrictEqual((await violationsOn(senior.page)).lines, []);
    await senior.page.locator('.rules__acts .button--primary').click();
    match(await senior.page.locator('dialog').innerText(), /500,000 → 600,000/);
    await senior.page.locator('dialog button[type="submit"]').click();
    await prove(house, senior.page, 'senior');
    await senior.page.locator('.rules__acts .button--primary').waitFor({ state: 'detached' });
    const after = await ask<Answer<'rules'>>(senior.page, '/api/rules');
    ok(after.inForce.hash !== before.inForce.hash && after.inForce.second === 'senior' && after.inForce.proposal !== null);
    strictEqual(after.parameters.find((one) => one.name === 'untraded.received')?.provenance.status, 'decided');

    const next = await house.fileUntraded({ justNow: true });
    deepStrictEqual([await thresholdOf(senior.page, old.alert), await thresholdOf(senior.page, next.alert)], [50_000_000, 60_000_000], 'old alerts stand under the old set');
    await senior.page.goto(`${house.url}/alerts?id=${next.alert}`);
    await senior.page.locator('.finding__sheet', { hasText: '600,000' }).waitFor();
    deepStrictEqual([...supervisor.complaints(refused(403)), ...senior.complaints(refused(403))], []);
  }));
}

/** The first threshold of the rule on an alert, in paisa. */
async function thresholdOf(page: Page, alert: string): Promise<number | undefined> {
  const { findings } = await ask<Answer<'alert'>>(page, `/api/alerts/${alert}`);
  const threshold = findings.find((one) => one.rule.id === RULE)?.measures[0]?.threshold;
  return threshold?.kind === 'pkr' ? threshold.paisa : undefined;
}

async function prove(house: JourneyHouse, page: Page, account: string): Promise<void> {
  await page.locator('dialog input[autocomplete="one-time-code"]').fill(await house.code(account));
  await page.locator('dialog button[type="submit"]').click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}
