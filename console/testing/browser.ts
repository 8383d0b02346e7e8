/**
 * A real browser for the tests: Debian's Chromium when it is there, else the one that npm carries. It is
 * started without any of its background traffic. Console errors and failed requests are collected, because a
 * screen that logs one is not done.
 */
import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const system = '/usr/bin/chromium';
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--force-color-profile=srgb'];

export async function openBrowser(): Promise<Browser> {
  if (existsSync(system)) return chromium.launch({ executablePath: system, args: flags });
  const { default: packed } = await import('@sparticuz/chromium');
  // Its own flags are for a function that handles one request: in a single process, closing one context ends the browser.
  const kept = packed.args.filter((flag) => flag !== '--single-process' && flag !== '--no-zygote');
  return chromium.launch({ executablePath: await packed.executablePath(), args: [...kept, ...flags] });
}

export type Look = { readonly language: 'en' | 'ur'; readonly theme: 'light' | 'dark' };

/** A page in a language and a theme, with a list of everything that its console complained about. */
export async function openPage(browser: Browser, look: Look, size = { width: 1440, height: 900 }): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce', colorScheme: look.theme, locale: 'en-GB', timezoneId: 'Asia/Karachi' });
  await context.addInitScript((kept: string) => { if (location.protocol.startsWith('http') && localStorage.getItem('nigran.preferences') === null) localStorage.setItem('nigran.preferences', kept); }, JSON.stringify({ language: look.language, theme: look.theme }));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()); });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
}

/** Signs in through the form, as a person would. */
export async function signIn(page: Page, address: string, path: string, account: string, secret: { password: string; code: string }): Promise<void> {
  await page.goto(`${address}${path}`);
  await page.locator('input[name="username"]').fill(account);
  await page.locator('input[name="password"]').fill(secret.password);
  await page.locator('form button[type="submit"]').click();
  await page.locator('input[name="code"]').fill(secret.code);
  await page.locator('form button[type="submit"]').click();
  await page.locator('.shell').waitFor();
}
