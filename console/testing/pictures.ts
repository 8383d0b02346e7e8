/**
 * Takes pictures of every screen in both languages and both themes, for people to look at:
 * `node console/testing/pictures.ts DIRECTORY [screen…]`. They are looked at before a change is accepted.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../build.ts';
import { openBrowser, openPage, signIn, type Look } from './browser.ts';
import { secret } from './fake-desk.ts';
import { startFakeServer } from './fake-server.ts';
import { screens } from './screens.ts';

const [target = join(tmpdir(), 'nigran-pictures'), ...only] = process.argv.slice(2);
const looks: readonly Look[] = [{ language: 'en', theme: 'light' }, { language: 'ur', theme: 'light' }, { language: 'en', theme: 'dark' }, { language: 'ur', theme: 'dark' }];
const out = fileURLToPath(new URL('../dist', import.meta.url));
mkdirSync(target, { recursive: true });
await buildConsole({ out });
const server = await startFakeServer({ out });
const browser = await openBrowser();
try {
  for (const look of looks) {
    const { page, complaints } = await openPage(browser, look);
    await page.goto(server.address);
    await page.locator('.sign-in h1').waitFor();
    await page.screenshot({ path: join(target, `sign-in-${look.language}-${look.theme}.png`) });
    await signIn(page, server.address, '/overview', 'siddiqui', secret);
    let who = 'siddiqui';
    for (const screen of screens.filter((one) => only.length === 0 || only.includes(one.name))) {
      if (screen.as !== undefined && screen.as !== who) {
        who = screen.as;
        await page.context().clearCookies();
        await signIn(page, server.address, screen.path, who, secret);
      }
      await page.goto(`${server.address}${screen.path}`);
      await page.locator(screen.ready).first().waitFor();
      await screen.prepare?.(page);
      await page.evaluate(() => document.fonts.ready);
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(target, `${screen.name}-${look.language}-${look.theme}.png`) });
    }
    if (complaints.length > 0) process.stderr.write(`${look.language} ${look.theme}: ${complaints.join('\n')}\n`);
    await page.context().close();
  }
} finally {
  await browser.close();
  await server.close();
}
process.stdout.write(`${target}\n`);
