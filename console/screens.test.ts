/** Every screen in a real browser, in both languages and both themes: axe without a violation, a console without a complaint, no sideways scrolling. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from './build.ts';
import { violationsOn } from './testing/axe.ts';
import { openBrowser, openPage, signIn, type Look } from './testing/browser.ts';
import { secret } from './testing/fake-desk.ts';
import { startFakeServer, type FakeServer } from './testing/fake-server.ts';
import { screens } from './testing/screens.ts';

const home = mkdtempSync(join(tmpdir(), 'nigran-screens-'));
const out = join(home, 'dist');
let browser: Browser;
let server: FakeServer;
before(async () => {
  await buildConsole({ out });
  server = await startFakeServer({ out });
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  await server.close();
  rmSync(home, { recursive: true, force: true });
});

/** Words and structure come with the language, colours alone with the theme: each screen is opened once a language, and its colours are looked at in both themes. */
const looks: readonly Look[] = [{ language: 'en', theme: 'light' }, { language: 'ur', theme: 'dark' }];

/** What axe says of the colours in a theme. */
async function coloursIn(page: Page, theme: Look['theme']): Promise<readonly string[]> {
  await page.evaluate(`document.documentElement.dataset.theme = '${theme}'`);
  const { lines, passes } = await violationsOn(page, { only: 'color-contrast' });
  ok(passes > 0, 'axe looked at the colours');
  return lines;
}

for (const look of looks) {
  test(`every screen, ${look.language}, light and dark: no violation, no complaint, marked synthetic`, { timeout: 240_000 }, async () => {
    const { page, complaints } = await openPage(browser, look);
    await page.goto(server.address);
    await page.locator('.sign-in h1').waitFor();
    deepStrictEqual((await violationsOn(page)).lines, [], 'sign-in');
    strictEqual(await page.locator('.synthetic').count(), 1);
    await signIn(page, server.address, '/overview', 'siddiqui', secret);
    const violations: string[] = [];
    let who = 'siddiqui';
    for (const screen of screens) {
      if (screen.as !== undefined && screen.as !== who) {
        who = screen.as;
        await page.context().clearCookies();
        await signIn(page, server.address, screen.path, who, secret);
      }
      await page.goto(`${server.address}${screen.path}`);
      await page.locator(screen.ready).first().waitFor();
      await screen.prepare?.(page);
      const { lines, passes } = await violationsOn(page);
      violations.push(...lines.map((line) => `${screen.name}: ${line}`));
      ok(passes > 15, `${screen.name}: axe looked at something`);
      violations.push(...(await coloursIn(page, look.theme === 'light' ? 'dark' : 'light')).map((line) => `${screen.name}, the other theme: ${line}`));
      await page.evaluate(`document.documentElement.dataset.theme = '${look.theme}'`);
      strictEqual(await page.locator('.topbar .synthetic').count(), 1, `${screen.name} is marked synthetic`);
      strictEqual(await page.locator('.bar').isVisible(), true, `${screen.name} has the four-eyes bar`);
      strictEqual(await page.evaluate('document.documentElement.dir'), look.language === 'ur' ? 'rtl' : 'ltr');
    }
    deepStrictEqual(violations, []);
    deepStrictEqual(complaints, []);
    await page.context().close();
  });
}

test('at 320 pixels, or 400 % zoom, columns stack and nothing scrolls sideways', { timeout: 120_000 }, async () => {
  for (const language of ['en', 'ur'] as const) {
    const { page } = await openPage(browser, { language, theme: 'light' }, { width: 320, height: 700 });
    const wide: string[] = [];
    await signIn(page, server.address, '/overview', 'siddiqui', secret);
    let who = 'siddiqui';
    for (const screen of screens.filter((one) => one.prepare === undefined)) {
      if (screen.as !== undefined && screen.as !== who) {
        who = screen.as;
        await page.context().clearCookies();
        await signIn(page, server.address, screen.path, who, secret);
      }
      await page.goto(`${server.address}${screen.path}`);
      await page.locator(screen.ready).first().waitFor();
      const culprits = await page.evaluate("[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.box, .rail, .tabs, .sprite, .hidden-text, .chart, .fields')).map((e) => e.className || e.tagName).slice(0, 3)");
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth') === true) wide.push(`${screen.name}: ${JSON.stringify(culprits)}`);
    }
    deepStrictEqual(wide, [], language);
    await page.context().close();
  }
});
