/** What a number rests on: it opens exactly what it counts; refused lines, proofs of the ledger, the health of the parts, and the way by name. */
import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../../src/contract/console.ts';
import { type Journey, ask, limit, numberIn, numberOf, slow } from './journey.ts';

/** Adds the tests. */
export function evidenceJourneys(journey: Journey): void {
  test('each number on the overview opens what it counts, and no more', slow, journey(async (house) => {
    const { page, complaints } = await house.enter('senior', '/overview');
    await page.locator('.heat').waitFor();
    const events = [...await page.locator('#work a[href^="/events"]').evaluateAll((links) => links.map((link) => [link.getAttribute('href'), link.textContent]))];
    const overview = await ask<Answer<'overview'>>(page, '/api/overview');
    ok(events.length > 20, 'many numbers open events');
    const traded = await ask<Answer<'events'>>(page, `/api${firstWith(events, 'kind=trade')}&limit=1`);
    strictEqual(sum(traded), overview.traded.total, 'what was traded');
    for (const firm of overview.firms.slice(0, 3)) {
      const own = await ask<Answer<'events'>>(page, `/api${firstWith(events, `firm=${firm.firm.code}&kind=trade`)}&limit=1`);
      strictEqual(sum(own), firm.traded30d, `what ${firm.firm.code} traded`);
      strictEqual((await ask<Answer<'events'>>(page, `/api${firstWith(events, `firm=${firm.firm.code}`, 'clock=admitted')}&limit=1`)).total, firm.today.accepted, `what ${firm.firm.code} had accepted`);
    }
    for (const way of ['in', 'out'] as const) {
      const flow = await ask<Answer<'events'>>(page, `/api${firstWith(events, `way=${way}`)}&limit=1`);
      strictEqual(flow.sums[way === 'in' ? 'inPaisa' : 'outPaisa'], overview.flows.items.filter((one) => one.way === way).reduce((total, one) => total + one.paisa, 0), `value ${way}`);
    }
    strictEqual((await ask<Answer<'events'>>(page, `/api${firstWith(events, 'state=decided')}&limit=1`)).total, overview.today.decided, 'decided');
    strictEqual((await ask<Answer<'events'>>(page, `/api${firstWith(events, 'state=undecided')}&limit=1`)).total, 0, 'undecided past the deadline');
    for (const one of overview.alerts.byRule) strictEqual((await ask<Answer<'alerts'>>(page, `/api/alerts?rule=${one.rule}&limit=1`)).total, one.open, one.rule);
    for (const cell of overview.alerts.cells.filter(({ count }) => count > 0)) strictEqual((await ask<Answer<'alerts'>>(page, `/api/alerts?severity=${cell.severity}&age=${cell.age}&limit=1`)).total, cell.count);
    for (const one of overview.rejections) strictEqual((await ask<Answer<'rejections'>>(page, `/api/rejections?code=${one.code}&from=${overview.today.day}&to=${overview.today.day}&limit=1`)).total, one.count, one.code);
    const link = page.locator('.figure__value a').first();
    const shown = numberOf(await link.innerText());
    await link.click();
    await page.locator('.events__box').waitFor();
    strictEqual(await numberIn(page, '.events h2'), shown, 'by hand as by address');
    await page.goBack();
    await page.locator('.heat').waitFor();
    deepStrictEqual(complaints(), []);
  }));

  test('a rejected record says its code and opens the line as it is kept', limit, journey(async (house) => {
    const { page, complaints } = await house.enter('supervisor', '/submissions?outcome=rejected');
    await page.locator('.table tbody a .code').first().click();
    await page.locator('.firm__head').waitFor();
    const records = page.locator('.table').last().locator('tbody tr');
    await records.first().waitFor();
    const code = await records.first().locator('td').nth(4).innerText();
    await records.first().locator('button.n').click();
    const dialog = page.locator('dialog');
    match(await dialog.innerText(), new RegExp(code));
    ok((await dialog.locator('pre').innerText()).length > 0, 'the kept line is shown');
    ok(!/"identity"/.test(await dialog.locator('pre').innerText()), 'no sealed identity');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    deepStrictEqual(complaints(), []);
  }));

  test('proofs of the ledger are checked in the browser, which remembers what it has verified', limit, journey(async (house) => {
    const { page, complaints } = await house.enter('supervisor', '/ledger?entry=3');
    await page.locator('article .verdict--met').waitFor();
    strictEqual(await page.locator('article .checks .state--met').count(), 5);
    await page.locator('.table tbody a.n').first().click();
    await page.locator('article .verdict--met').waitFor();
    await page.reload();
    await page.getByText(/last verified/).waitFor();
    strictEqual(await page.locator('.state--breach').count(), 0);
    deepStrictEqual(complaints(), []);
  }));

  test('a certificate of the running house is verified in the browser from its PDF, with and without a network, by the register log too', limit, journey(async (house) => {
    const { page, complaints } = await house.visit();
    await page.goto(`${house.url}/register/firms/DSM`);
    await page.locator('main a[href$="certificates/DSM.pdf"]').waitFor();
    const answer = await page.request.get(`${house.url}/register/certificates/DSM.pdf`);
    const pdf = { name: 'certificate.pdf', mimeType: 'application/pdf', buffer: await answer.body() };
    await page.goto(`${house.url}/verify`);
    await page.locator('#kept[data-kept="yes"]').waitFor();
    await page.locator('#file').setInputFiles(pdf);
    await page.locator('#outcome[data-outcome="in-force"]').waitFor();
    await page.locator('#outcome summary').click();
    match(await page.locator('#outcome').innerText(), /holds: register log its statement stands in the register log/);
    deepStrictEqual(complaints(), []);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator('#file').setInputFiles(pdf);
    await page.locator('#outcome[data-outcome="in-force"]').waitFor();
    await page.context().setOffline(false);
    complaints();
  }));

  test('engine health asks the parts, and tells when one is gone', limit, journey(async (house) => {
    const { page, complaints } = await house.enter('admin', '/engine');
    await page.locator('.strip').waitFor();
    const rows = page.locator('.table', { hasText: 'PostgreSQL' }).locator('tbody tr');
    strictEqual(await rows.locator('.state--met').count(), await rows.count());
    match(await rows.filter({ hasText: 'ClickHouse' }).innerText(), /26\.\d/);
    deepStrictEqual(complaints(), []);
  }));

  test('the palette goes anywhere by name, and back comes back', limit, journey(async (house) => {
    const { page, complaints } = await house.enter('supervisor', '/overview');
    await page.locator('.heat').waitFor();
    for (const [typed, address] of [['khun', /\/firms\/KHX$/], [house.found.alerts.items[0]?.id.toLowerCase() ?? '', /\/alerts\?.*id=AL-/], ['12', /\/ledger\?entry=12$/]] as const) {
      await page.keyboard.press('Control+k');
      await page.keyboard.type(typed);
      await page.locator('.palette__item[aria-selected="true"]').waitFor();
      await page.waitForTimeout(100);
      await page.keyboard.press('Enter');
      await page.waitForURL(address);
    }
    await page.goBack();
    await page.waitForURL(/\/alerts/);
    deepStrictEqual(complaints(), []);
  }));
}

const sum = (answer: Answer<'events'>): number => answer.items.length === 0 ? 0 : answer.sums.inPaisa + answer.sums.outPaisa;

function firstWith(links: readonly (readonly (string | null)[])[], ...parts: string[]): string {
  const href = links.map(([to]) => to ?? '').find((to) => parts.every((part) => decodeURIComponent(to).includes(part)));
  if (href === undefined) throw new Error(`no number opens ${parts.join(' and ')}`);
  return href;
}
