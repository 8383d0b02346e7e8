/** Every screen of the console on a real house: the address that opens it with what is there now, and what shows that it has come. */
import type { Page } from 'playwright-core';
import type { Answer } from '../../src/contract/console.ts';
import type { Officer } from '../demo/officer.ts';

export interface RealScreen {
  readonly name: string;
  readonly path: string;
  readonly ready: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

/** What the addresses are made of, read by an officer. */
export interface Found {
  readonly alerts: Answer<'alerts'>;
  readonly refused: Answer<'rejections'>;
  readonly events: Answer<'events'>;
}

/** Reads what the house holds. */
export async function findOn(officer: Officer): Promise<Found> {
  return { alerts: await officer.get('alerts', { limit: 200 }), refused: await officer.get('rejections', { limit: 5 }), events: await officer.get('events', { limit: 5 }) };
}

/** The screens. */
export function realScreens({ alerts, refused, events }: Found): readonly RealScreen[] {
  const [first] = alerts.items;
  const whole = alerts.items.find((row) => row.person === null) ?? first;
  const joint = alerts.items.find((row) => row.firms.length > 1) ?? first;
  const [line] = refused.items;
  const [event] = events.items;
  if (first === undefined || whole === undefined || joint === undefined || line === undefined || event === undefined) throw new Error('the nation has no alert, no rejection or no event to show');
  const press = (key: string, shown: string) => async (page: Page): Promise<void> => {
    await page.locator('.bar .button').first().waitFor();
    await page.keyboard.press(key);
    await page.locator(shown).first().waitFor();
  };
  return [
    { name: 'overview', path: '/overview', ready: '.heat' },
    { name: 'overview-table', path: '/overview?flows=table', ready: '.flows__table' },
    { name: 'alerts', path: `/alerts?id=${first.id}`, ready: '.finding__sheet' },
    { name: 'alert-of-firm', path: `/alerts?id=${whole.id}`, ready: '.finding__sheet' },
    { name: 'alert-two-firms', path: `/alerts?id=${joint.id}`, ready: '.finding__sheet' },
    { name: 'alert-dismiss', path: `/alerts?id=${first.id}`, ready: '.finding__sheet', prepare: press('d', 'dialog textarea') },
    { name: 'alert-assign', path: `/alerts?id=${first.id}`, ready: '.finding__sheet', prepare: press('a', 'dialog input') },
    { name: 'decisions', path: '/decisions?state=all', ready: '#work .tabs' },
    { name: 'firms', path: '/firms', ready: '.table' },
    { name: 'firm', path: '/firms/SDX', ready: '.stages' },
    { name: 'firm-suspended', path: '/firms/TTD', ready: '.stages' },
    { name: 'firm-real', path: '/firms/Binance', ready: '.stages' },
    { name: 'firm-services', path: '/firms/CHX?tab=services', ready: '.table' },
    { name: 'firm-history', path: '/firms/DSM?tab=history', ready: '.table' },
    { name: 'submissions', path: '/submissions', ready: '.table' },
    { name: 'submission', path: `/submissions/${line.submission}`, ready: '.dl' },
    { name: 'rejections', path: '/rejections', ready: '.table' },
    { name: 'kept-line', path: `/submissions/${line.submission}`, ready: '.table button.n', prepare: async (page) => { await page.locator('.table button.n').first().click(); await page.locator('dialog pre').waitFor(); } },
    { name: 'events', path: '/events', ready: '.events__box' },
    { name: 'events-empty', path: '/events?firm=SDX&from=2020-01-01&to=2020-01-02', ready: '.panel' },
    { name: 'event', path: `/events/${event.firm}/${event.id}`, ready: '.fields' },
    { name: 'ledger', path: '/ledger?entry=3', ready: 'article .verdict' },
    { name: 'rules', path: '/rules?draft=structuring.count:4&open=structuring', ready: '.rules__detail' },
    { name: 'engine', path: '/engine', ready: '.strip' },
    { name: 'palette', path: '/overview', ready: '.heat', prepare: async (page) => { await page.keyboard.press('Control+k'); await page.locator('.palette__item').first().waitFor(); } },
    { name: 'help', path: '/alerts', ready: '.finding__sheet', prepare: async (page) => { await page.keyboard.press('?'); await page.locator('dialog').waitFor(); } },
    { name: 'nowhere', path: '/nowhere', ready: '.panel' },
  ];
}
