/** Who gets in and what they see: sign-in with its wrong turns, every screen in both languages and themes, the rooms of each office, sign-out. */
import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { violationsOn } from '../../console/testing/axe.ts';
import { consoleRoutes, type Answer } from '../../src/contract/console.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD } from '../../src/main/demo-accounts.ts';
import { type Journey, ask, limit, refused, slow } from './journey.ts';
import type { Visit } from './journey-house.ts';
import { realScreens } from './real-screens.ts';

/** Adds the tests. */
export function lookJourneys(journey: Journey): void {
  test('sign-in: a wrong password and a wrong code are refused in words, and the asked address opens at last', limit, journey(async (house) => {
    const { page, complaints } = await house.visit();
    await page.goto(`${house.url}/firms/SDX`);
    await page.locator('input[name="username"]').fill('analyst');
    await page.locator('input[name="password"]').fill('not-the-password');
    await page.keyboard.press('Enter');
    match(await page.locator('[role="alert"]').innerText(), /wrong/);
    strictEqual(await page.locator('input[name="code"]').count(), 0);
    await page.locator('input[name="password"]').fill(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.locator('input[name="code"]').fill('000000');
    await page.keyboard.press('Enter');
    match(await page.locator('[role="alert"]').innerText(), /wrong/);
    await page.locator('input[name="code"]').fill(await house.code('analyst'));
    await page.keyboard.press('Enter');
    match(await page.locator('.firm__head h2').innerText(), /Sindh Digital Exchange/);
    deepStrictEqual(complaints(refused(401)), []);
  }));

  test('every screen, in both languages and both themes: no violation, no complaint, no failed request, marked synthetic', slow, journey(async (house) => {
    const entrance = await house.visit();
    await entrance.page.goto(`${house.url}/overview`);
    await entrance.page.locator('.sign-in h1').waitFor();
    const wrong: string[] = await wrongOn(entrance, 'sign-in');
    const visit = await house.enter('senior', '/overview');
    await visit.page.evaluate("localStorage.setItem('nigran.preferences', JSON.stringify({ language: 'en', theme: 'system' }))");
    for (const screen of realScreens(house.found)) {
      await visit.page.goto(`${house.url}${screen.path}`);
      await visit.page.locator(screen.ready).first().waitFor();
      await screen.prepare?.(visit.page);
      wrong.push(...await wrongOn(visit, screen.name));
      strictEqual(await visit.page.locator('.topbar .synthetic').count(), 1, `${screen.name} is marked synthetic`);
      strictEqual(await visit.page.locator('.bar').isVisible(), true, `${screen.name} has the four-eyes bar`);
    }
    deepStrictEqual(wrong, []);
  }));

  test('each office sees the rooms that it may enter, and a closed one says who may', slow, journey(async (house) => {
    for (const one of DEMO_ACCOUNTS) {
      const visit = await house.enter(one.account, '/');
    const session = await ask<Answer<'session'>>(visit.page, '/api/session');
      const may = new Set<string>(['signed-in', ...(session.session?.permissions ?? [])]);
      const rooms = [['/desk', 'dossier.file'], ['/desk/documents', 'dossier.file'], ['/desk/letters', 'dossier.file'], ['/desk/obligations', 'dossier.file'], ['/desk/return', 'dossier.file'], ['/desk/headroom', 'dossier.file'], ['/desk/freezes', 'freeze.read', 'dossier.file'], ['/desk/access', 'dossier.file', 'staff.register'], ['/overview', 'overview.read'], ['/alerts', 'alert.read'], ['/decisions', 'alert.read'], ['/screening', 'list.read'], ['/firms', 'firm.read'], ['/applications', 'dossier.read', 'firm.read'], ['/obligations', 'dossier.read', 'firm.read'], ['/warnings', 'warning.decide'], ['/complaints', 'complaint.handle'], ['/submissions', 'submission.read'], ['/events', 'event.read'], ['/rules', 'rule.read'], ['/framework/read', 'signed-in'], ['/ledger', 'ledger.read'], ['/office', 'conflict.declare'], ['/engine', 'engine.read']] as const;
      const open = rooms.filter(([, ...needs]) => needs.every((need) => may.has(need))).map(([path]) => path as string);
      deepStrictEqual(await visit.page.locator('.rail__item').evaluateAll((links) => links.map((link) => link.getAttribute('href'))), open, one.account);
      await visit.page.waitForURL(new RegExp(`${open[0] ?? '/'}(\\?|$)`));
      for (const path of open) {
        await visit.page.goto(`${house.url}${path}`);
        await visit.page.locator('#work > *').first().waitFor();
      await visit.page.locator('#work .bones').first().waitFor({ state: 'detached' });
        strictEqual(await visit.page.locator('#work .panel--error').count(), 0, `${one.account} ${path}`);
      }
      deepStrictEqual((await violationsOn(visit.page)).lines, [], one.account);
      deepStrictEqual(visit.complaints(), [], `${one.account} sees its rooms without a refusal`);
      const closed = rooms.find(([, permission]) => permission !== 'dossier.file' && !may.has(permission))?.[0];
      if (closed !== undefined) {
        await visit.page.goto(`${house.url}${closed}`);
        const panel = visit.page.locator('#work .panel').first();
        match(await panel.innerText(), /Your role may not see this[\s\S]*These offices may: /);
      }
      for (const [name, route] of Object.entries(consoleRoutes)) {
        if (route.method !== 'GET' || route.path.includes(':') || route.may === null || may.has(route.may)) continue;
        const status = await visit.page.evaluate(`fetch(${JSON.stringify(route.path)}).then((answer) => answer.status)`);
        strictEqual(status, 403, `${one.account} ${name}`);
      }
      await visit.page.context().close();
    }
  }));

  test('signing out closes the house on every page of the session', limit, journey(async (house) => {
    house.forget('licensing');
    const { page } = await house.enter('licensing', '/firms');
    const second = await page.context().newPage();
    await second.goto(`${house.url}/ledger`);
    await second.locator('.table').first().waitFor();
    await page.locator('button.who').click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.locator('.sign-in h1').waitFor();
    await second.locator('.sign-in h1').waitFor({ timeout: 25_000 });
    house.forget('licensing');
  }));
}

/** Looks at a page as it is in each language and theme: a turn of the page must leave nothing behind. */
async function wrongOn(visit: Visit, name: string): Promise<string[]> {
  const { page } = visit;
  const wrong: string[] = [];
  for (const [language, theme] of [['en', 'light'], ['en', 'dark'], ['ur', 'dark'], ['ur', 'light']] as const) {
    await page.emulateMedia({ colorScheme: theme });
    if (await page.locator('html').getAttribute('lang') !== language) await turn(page, language);
    strictEqual(await page.evaluate('document.documentElement.dir'), language === 'ur' ? 'rtl' : 'ltr', `${name} ${language}`);
    // A theme changes colours and nothing else, so the second look at a language is for its contrast.
    wrong.push(...(await violationsOn(page, theme === (language === 'en' ? 'light' : 'dark') ? {} : { only: 'color-contrast' })).lines.map((line) => `${name} ${language} ${theme}: ${line}`));
    if (language === 'ur') wrong.push(...(await latinLeft(page)).map((text) => `${name}: not in Urdu: ${text}`));
    wrong.push(...visit.complaints().map((line) => `${name} ${language} ${theme}: ${line}`));
  }
  await turn(page, 'en');
  return wrong;
}

/** The language link stands behind an open dialog, so it is played and not pressed. */
async function turn(page: Page, language: 'en' | 'ur'): Promise<void> {
  await page.evaluate("document.querySelector('.language').click()");
  await page.locator(`html[lang="${language}"]`).waitFor();
}

/** Headings, labels, buttons and heads of tables that have a Latin word and no Urdu one. Names, codes and figures are Latin in both languages. */
async function latinLeft(page: Page): Promise<string[]> {
  const texts = await page.evaluate(`[...document.querySelectorAll('h1, h2, h3, th, dt, legend, label > span, .button, .tabs a, .note, .head__note, .figure__label, .figure__note, .chip, .lead')]
    .filter((e) => e.checkVisibility() && e.closest('.sign-in__demo, .chip--firm, .code, [lang="en"], bdi') === null && e.querySelector('.code, bdi, select') === null).map((e) => e.innerText)`);
  const known = /^(?:(?:[A-Z]{2,4}|PKR|USDT|CSV|PostgreSQL|ClickHouse|Ctrl K|goAML|HTX|BINANCE|Binance|UTC|PKT)[\s·,0-9.%]*)*$/;
  return (Array.isArray(texts) ? texts.map(String) : []).filter((text) => /[A-Za-z]{3}/.test(text) && !/[\u0600-\u06FF]/.test(text) && !known.test(text.trim()));
}
