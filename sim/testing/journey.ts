/** What journeys share: how one runs, how long it may take, and how numbers and answers are read on a page. */
import type { TestContext } from 'node:test';
import type { Page } from 'playwright-core';
import type { JourneyHouse } from './journey-house.ts';

/** Makes a test of a journey; it is skipped, with its reason, where no browser starts. */
export type Journey = (run: (house: JourneyHouse) => Promise<void>) => (t: TestContext) => Promise<void>;

export const limit = { timeout: 90_000 };
export const slow = { timeout: 240_000 };

export const numberOf = (text: string): number => Number(text.replaceAll(/[^0-9]/g, ''));
export const numberIn = async (page: Page, selector: string): Promise<number> => numberOf(await page.locator(selector).first().innerText());
export const selected = (page: Page): Promise<string | null> => page.locator('.alert[aria-selected="true"]').getAttribute('id');
/** The browser writes each refused request to its console; the refusals that a journey provokes are no complaint. */
export const refused = (status: number): RegExp => new RegExp(`^${status} |status of ${status}`);
/** Asks a route as the page would. */
export async function ask<T>(page: Page, path: string): Promise<T> {
  const answer: T = await page.evaluate(`fetch(${JSON.stringify(path)}).then((answer) => answer.json())`);
  return answer;
}
