/** Every screen of the console, with the address that opens it and what shows that it is there. */
import type { Page } from 'playwright-core';

export type Screen = { readonly name: string; readonly path: string; readonly ready: string; readonly prepare?: (page: Page) => Promise<void> };

export const screens: readonly Screen[] = [
  { name: 'overview', path: '/overview', ready: '.heat' },
  { name: 'overview-table', path: '/overview?flows=table', ready: '.flows__table' },
  { name: 'alerts', path: '/alerts', ready: '.finding__sheet' },
  { name: 'alert-provisional', path: '/alerts?id=AL-20397', ready: '.finding__sheet' },
  { name: 'alert-withdrawn', path: '/alerts?id=AL-20383', ready: '.finding__sheet' },
  { name: 'alert-dismiss', path: '/alerts?id=AL-20411', ready: '.finding__sheet', prepare: async (page) => { await page.locator('.bar .button').first().waitFor(); await page.keyboard.press('d'); await page.locator('dialog').waitFor(); } },
  { name: 'decisions', path: '/decisions', ready: '.table' },
  { name: 'firms', path: '/firms', ready: '.table' },
  { name: 'firm', path: '/firms/SDX', ready: '.stages' },
  { name: 'firm-real', path: '/firms/HTX', ready: '.stages' },
  { name: 'firm-services', path: '/firms/SDX?tab=services', ready: '.table' },
  { name: 'submissions', path: '/submissions', ready: '.table' },
  { name: 'submission', path: '/submissions/SDX-00010', ready: '.dl' },
  { name: 'rejections', path: '/rejections', ready: '.table' },
  { name: 'events', path: '/events', ready: '.events__box' },
  { name: 'events-filtered', path: '/events?alert=AL-20418&way=in&from=2026-11-24&clock=happened', ready: '.events__box' },
  { name: 'events-empty', path: '/events?firm=SDX&state=quarantined', ready: '.panel' },
  { name: 'event', path: '/events?alert=AL-20418', ready: '.events__box', prepare: async (page) => { await page.locator('.events__box tbody a').first().click(); await page.locator('.fields').waitFor(); } },
  { name: 'nowhere', path: '/nowhere', ready: '.panel' },
  { name: 'ledger', path: '/ledger?entry=40', ready: '.checks' },
  { name: 'framework', path: '/framework/read?past=yes&open=obligation%3A3%3A2026-01-01', ready: '.framework__detail' },
  { name: 'engine', path: '/engine', ready: '.strip' },
  { name: 'palette', path: '/overview', ready: '.heat', prepare: async (page) => { await page.keyboard.press('Control+k'); await page.locator('.palette__item').first().waitFor(); } },
  { name: 'help', path: '/alerts', ready: '.finding__sheet', prepare: async (page) => { await page.keyboard.press('?'); await page.locator('dialog').waitFor(); } },
  { name: 'empty', path: '/firms?q=nothing', ready: '.panel' },
];
