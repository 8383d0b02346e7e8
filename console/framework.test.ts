/** The framework's screen in a real browser: axe in both languages and themes, a row opens its clause, search finds by clause and status. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { buildConsole } from './build.ts';
import { violationsOn } from './testing/axe.ts';
import { openBrowser, openPage, signIn } from './testing/browser.ts';
import { secret } from './testing/fake-desk.ts';
import { startFakeServer, type FakeServer } from './testing/fake-server.ts';

const out = mkdtempSync(join(tmpdir(), 'nigran-framework-'));
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
  rmSync(out, { recursive: true, force: true });
});

for (const language of ['en', 'ur'] as const) {
  for (const theme of ['light', 'dark'] as const) {
    test(`the framework in ${language}, ${theme}: a row opens its clause, and axe finds nothing`, async () => {
      const { page, complaints } = await openPage(browser, { language, theme });
      await signIn(page, server.address, '/framework/read', 'siddiqui', secret);
      await page.goto(`${server.address}/framework/read`);
      const clause = page.locator('.framework__open').first();
      await clause.focus();
      await page.keyboard.press('Enter');
      await page.locator('.framework__detail').waitFor();
      strictEqual(await clause.getAttribute('aria-expanded'), 'true');
      deepStrictEqual((await violationsOn(page)).lines, []);
      deepStrictEqual(complaints, []);
      await page.context().close();
    });
  }
}

test('search finds by clause, by status and by a text in the other language; what has ended is shown when asked for', async () => {
  const { page } = await openPage(browser, { language: 'en', theme: 'light' });
  await signIn(page, server.address, '/framework/read', 'mirza', secret);
  await page.goto(`${server.address}/framework/read`);
  const rows = page.locator('.framework__open');
  await rows.first().waitFor();
  strictEqual(await rows.count(), 5);
  for (const [asked, found] of [['s.4', 1], ['unset', 1], ['گوشوارہ', 1], ['assumption', 1], ['nowhere at all', 0]] as const) {
    await page.goto(`${server.address}/framework/read?q=${encodeURIComponent(asked)}`);
    await page.locator(found === 0 ? '.panel' : '.framework__open').first().waitFor();
    strictEqual(await rows.count(), found, asked);
  }
  await page.goto(`${server.address}/framework/read?past=yes`);
  await rows.first().waitFor();
  strictEqual(await rows.count(), 6);
  await page.keyboard.press('/');
  strictEqual(await page.evaluate("document.activeElement.type"), 'search');
  await page.context().close();
});
