/**
 * What officers publish, at a server that keeps the contract: of the evidence of a warning only the hash is sent, a refusal
 * takes nothing away, the second person reads what would be published; complaints are told by queue and read with a reason.
 */
import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { z } from 'zod';
import { journeys } from './testing/journey.ts';

const { journey, enter } = journeys();
const limit = { timeout: 90_000 };
const sent = z.looseObject({ act: z.string(), reasons: z.string(), content: z.looseObject({ domains: z.array(z.string()), wallets: z.array(z.object({ family: z.string(), address: z.string() })), apps: z.array(z.unknown()), evidence: z.array(z.object({ sha256: z.string(), what: z.string() })) }) });

test('a warning is proposed with its evidence hashed on this machine, and what was written stays when it is refused', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/warnings');
  await page.locator('.table').first().waitFor();
  await page.keyboard.press('n');
  const submit = page.locator('dialog button[type="submit"]');
  strictEqual(await submit.isDisabled(), true, 'not without a text, evidence and reasons');
  const field = (label: string) => page.locator('dialog label.field', { hasText: label }).locator('input, textarea').first();
  await field('Websites').fill('one.example\n\n two.example ');
  await field('Wallets').fill('evm 0xabc\nunknown-form');
  await field('Apps').fill('android | example.app | False App');
  await field('in English').fill('This is no firm of the register (invented).');
  await field('in Urdu').fill('یہ رجسٹر کی کمپنی نہیں (فرضی)۔');
  await page.locator('dialog input[type="file"]').setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: Buffer.from('what an officer keeps') });
  await field('Reasons').fill('Two customers lost money there (invented).');
  await page.locator('dialog label.field', { hasText: 'shot.png' }).waitFor();
  const [request] = await Promise.all([page.waitForRequest((one) => one.method() === 'POST' && one.url().endsWith('/api/warnings')), submit.click()]);
  const body = sent.parse(request.postDataJSON());
  deepStrictEqual(body.content.domains, ['one.example', 'two.example']);
  deepStrictEqual(body.content.wallets, [{ family: 'evm', address: '0xabc' }, { family: 'other', address: 'unknown-form' }]);
  deepStrictEqual(body.content.apps, [{ store: 'android', id: 'example.app', name: 'False App' }]);
  deepStrictEqual(body.content.evidence, [{ sha256: createHash('sha256').update('what an officer keeps').digest('hex'), what: 'shot.png' }]);
  strictEqual(request.postData()?.includes('what an officer keeps'), false, 'the file stays here');
  await page.locator('dialog .panel').waitFor();
  strictEqual(await field('in English').inputValue(), 'This is no firm of the register (invented).');
}));

test('the second person reads what would be published; who proposed is not asked to agree', limit, () => journey(async (server) => {
  const second = await enter(server, 'siddiqui', '/warnings');
  await second.locator('.button--small').first().click();
  match(await second.locator('dialog').innerText(), /lift W-1[^]*The site is gone/);
  const own = await enter(server, 'baig', '/warnings');
  await own.locator('.table').first().waitFor();
  strictEqual(await own.locator('.table').first().locator('.button--small').count(), 0);
  match(await own.locator('.table').first().innerText(), /Withdraw|Take back/i);
}));

test('complaints stand in their queues with counts, and one is read only with a reason', limit, () => journey(async (server) => {
  const page = await enter(server, 'siddiqui', '/complaints');
  await page.locator('.table').waitFor();
  match(await page.locator('.tabs').innerText(), /Conduct\s*1[^]*Frauds and impostors\s*1/);
  await page.locator('.tabs a', { hasText: 'Conduct' }).click();
  await page.waitForURL(/queue=conduct/);
  strictEqual(await page.locator('tbody tr').count(), 1);
  await page.locator('tbody .button--small').first().click();
  strictEqual(await page.locator('dialog button[type="submit"]').isDisabled(), true);
}));
