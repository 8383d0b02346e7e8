/**
 * The stage of a browser journey: the console is built once for a test file, and each journey has a server of
 * its own, so that what one changes no other sees.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { buildConsole } from '../build.ts';
import { openBrowser, openPage, signIn } from './browser.ts';
import { secret } from './fake-desk.ts';
import { startFakeServer, type FakeServer } from './fake-server.ts';

export type Stage = {
  journey(run: (server: FakeServer) => Promise<void>, options?: { falsified?: number; empty?: boolean }): Promise<void>;
  /** Signs an account in at an address, and gives its page. */
  enter(server: FakeServer, account: string, path: string, language?: 'en' | 'ur'): Promise<Page>;
  /** A page of a person who has not signed in. */
  open(): Promise<Page>;
};

/** Sets the stage for the test file that calls it. */
export function journeys(): Stage {
  const home = mkdtempSync(join(tmpdir(), 'nigran-journeys-'));
  const out = join(home, 'dist');
  let browser: Browser;
  before(async () => {
    await buildConsole({ out });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    rmSync(home, { recursive: true, force: true });
  });
  const pageIn = async (language: 'en' | 'ur'): Promise<Page> => (await openPage(browser, { language, theme: 'light' })).page;
  return {
    open: () => pageIn('en'),
    enter: async (server, account, path, language = 'en') => {
      const page = await pageIn(language);
      await signIn(page, server.address, path, account, secret);
      return page;
    },
    journey: async (run, options = {}) => {
      const server = await startFakeServer({ out, ...options });
      try {
        await run(server);
      } finally {
        for (const context of browser.contexts()) await context.close();
        await server.close();
      }
    },
  };
}
