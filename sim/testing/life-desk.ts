/**
 * The two desks of one invented firm in a browser: an officer and a second one with a passkey each, so that every
 * decision is signed over its hash, and the firm's own compliance officer. What the firm files goes through the routes of
 * its desk, with the session of its own page.
 */

import { ok, strictEqual } from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { ClientRegister, StaffDesk } from '../../src/access/index.ts';
import type { Answer } from '../../src/contract/console.ts';
import { changeStage, registerFirm } from '../../src/licensing/index.ts';
import { SYSTEM, openPool, withActor } from '../../src/log/index.ts';
import { DEMO_PASSWORD, demoTotp } from '../../src/main/demo-accounts.ts';
import { clientKeyOf } from '../../src/main/demo-keys.ts';
import { PACK_DIRECTORY, openFramework } from '../../src/main/framework.ts';
import { DAY_US, MINUTE_US, formatInstant, formatKarachiDay, instantOf, karachiDay } from '../../src/terms/index.ts';
import { answersTo, textPdf } from '../world/paper.ts';
import { SEED, type JourneyHouse, type Visit } from './journey-house.ts';
import { ask, refused } from './journey.ts';

const SEALED = 'c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj.c3ludGhldGlj';
const BY = { actor: 'admin', basis: 'synthetic: journey' };
/** Milliseconds for the ledger to sign a head over what was just entered, and for an event to become an alert. */
const FOLLOWS_MS = 60_000;
const LOOK_MS = 250;
const framework = openFramework(PACK_DIRECTORY);

/** Lets a firm's own officer in and registers its program, as an administrator of the house does. */
export async function admitFirm(house: JourneyHouse, firm: string): Promise<string> {
  const pool = openPool(house.house.connection('nigran_app'), 1);
  try {
    const staff = new StaffDesk({ pool, random: (length) => crypto.getRandomValues(new Uint8Array(length)), synthetic: true, party: { name: 'journey', origin: house.url } });
    const account = `${firm}-desk`;
    const refusal = await staff.letIn(instantOf(house.now()), { account, name: 'P. Synthetic', organisation: 'firm', roles: ['firm-compliance'], firm }, BY, { password: DEMO_PASSWORD, totp: demoTotp(SEED, account) });
    ok(!('code' in refusal), JSON.stringify(refusal));
    const { d: _private, ...jwk } = clientKeyOf(SEED, firm);
    const registered = await new ClientRegister(pool).register(instantOf(house.now()), { id: `${firm}-feed`, firm, jwk }, BY);
    ok(!('code' in registered), JSON.stringify(registered));
    await withActor(pool, SYSTEM, (tx) => tx.query('select 1'));
    return account;
  } finally {
    await pool.end();
  }
}

/** Makes an invented firm known in a stage, as it was found so many days ago; gives its code once the house shows it. */
export async function foundFirm(house: JourneyHouse, firm: string, stage: string, days: number, services?: readonly ('exchange' | 'custody')[]): Promise<string> {
  const pool = openPool(house.house.connection('nigran_app'), 1);
  const code = firm.toUpperCase();
  const officers = { actor: 'licensing', second: 'supervisor', basis: 'synthetic: journey' };
  try {
    await withActor(pool, SYSTEM, async (tx) => {
      const now = instantOf(house.now());
      const registered = await registerFirm(tx, now, { firm, code, name: `${code} Digital (invented)`, synthetic: true }, officers);
      ok(!('code' in registered), JSON.stringify(registered));
      const staged = await changeStage(tx, now, framework, { firm, from: null, to: stage, effectiveFrom: instantOf(now - days * DAY_US), reasons: 'As it was found.', evidence: [], ...(services === undefined ? {} : { services }) }, officers);
      ok(!('code' in staged), JSON.stringify(staged));
    });
  } finally {
    await pool.end();
  }
  return code;
}

/** An officer's page with a passkey of its own. */
export async function enterWithPasskey(house: JourneyHouse, account: string, path: string, language: 'en' | 'ur'): Promise<Visit> {
  const visit = await house.enter(account, path, { language, theme: 'light' });
  const session = await visit.page.context().newCDPSession(visit.page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', { options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true } });
  await visit.page.locator('.who').click();
  const added = visit.page.waitForResponse((response) => response.url().endsWith('/api/session/passkeys') && response.status() === 200);
  await visit.page.locator('.menu--who button', { hasText: language === 'en' ? /passkey/ : /پاس کی|پاس‌کی|passkey/i }).click();
  await added;
  await visit.page.keyboard.press('Escape');
  return visit;
}

/** What a journey of one firm works with. */
export interface Life {
  readonly house: JourneyHouse;
  readonly code: string;
  readonly firm: string;
  readonly officer: Visit;
  readonly second: Visit;
  readonly desk: Visit;
}

/** The firm's dossier as a page's reader sees it. */
export const dossierOn = (page: Page, code: string): Promise<Answer<'dossier'>> => ask<Answer<'dossier'>>(page, `/api/dossiers/${code}`);

/** Files something from the firm's own page. */
export async function fileOn(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const answer: { status: number; json: Record<string, unknown> } = await page.evaluate(`fetch(${JSON.stringify(path)}, { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify(body))} }).then(async (answer) => ({ status: answer.status, json: await answer.json() }))`);
  strictEqual(answer.status, 200, `${path}: ${JSON.stringify(answer.json)}`);
  return answer.json;
}

/** Files what the gates of a step still ask of the firm: documents first, then forms, one for each key individual. */
export async function fileFor(life: Life, event: string): Promise<void> {
  const { page } = life.desk;
  const gates = (framework.steps.find((step) => step.event === event)?.gates ?? []).flatMap((name) => framework.gates.get(name)?.at(-1) ?? []);
  const filed = new Map((await dossierOn(page, life.code)).documents.map((one) => [one.document, one.sha256]));
  const document = async (name: string): Promise<string> => {
    const known = filed.get(name);
    if (known !== undefined) return known;
    const board = name === 'annex-board' ? undefined : await document('annex-board');
    const title = framework.documents.get(name)?.at(-1)?.title.en ?? name;
    const answer = await fileOn(page, `/api/dossiers/${life.code}/documents`, {
      document: name, title, label: '1.0', language: 'en', base64: Buffer.from(textPdf(['Synthetic', title])).toString('base64'), ...(board === undefined ? {} : { board }),
    });
    filed.set(name, String(answer['sha256']));
    return String(answer['sha256']);
  };
  for (const name of new Set(gates.flatMap((gate) => gate.documents ?? []))) await document(name);
  const papers = await document('annex-papers');
  const roles = [...framework.gates.values()].flat().flatMap((gate) => gate.roles ?? []);
  for (const form of new Set(gates.flatMap((gate) => gate.forms ?? []))) {
    const term = framework.forms.get(form)?.at(-1);
    ok(term !== undefined, form);
    const personal = term.filedFor === 'person';
    const hasRole = term.sections.some((section) => section.fields.some((field) => field.type === 'role'));
    for (const about of personal ? (hasRole ? [...new Set(roles)] : ['owner-1']) : ['']) {
      const { answers, sealedFields } = answersTo(term, { document: papers, day: formatKarachiDay(karachiDay(instantOf(life.house.now())) - 400), ...(personal && hasRole ? { role: about } : {}) });
      await fileOn(page, `/api/dossiers/${life.code}/forms`, { form, about, answers, sealed: SEALED, sealedFields });
    }
  }
}

/** Reports a trade in a service through the firm's program; gives the alert that it raises. */
export async function reportTrade(life: Life, service: string): Promise<string> {
  const { house, firm } = life;
  const client = house.house.clientOf(firm);
  const now = house.now();
  const customer = `c-life-${firm}`;
  const number = firm === 'clb' ? '77701' : '77702';
  const identity = await client.seal({
    v: 1, type: 'person', name: `Life ${number}`, nameUr: 'زندگی', fatherName: 'Life', cnic: `00998-99${number}-9`, birthDate: '1980-01-01', nationality: 'PK', address: 'House 1, Street 1, Lahore (synthetic)', contact: { email: `life${number}@example.com` },
  });
  const events = [
    { kind: 'opening-load', at: now - 60 * MINUTE_US, day: formatKarachiDay(karachiDay(instantOf(now - DAY_US))), identity, profile: { type: 'person' }, onboardedAt: formatInstant(instantOf(now - 300 * DAY_US)), balances: [] },
    { kind: 'trade', at: now - 1_000_000, service, side: 'sell', amount: { asset: 'eip155:1/erc20:0xdac17f958d2ee523a2206206994597c13d831ec7', value: '100.00' }, quote: { asset: 'iso4217:PKR', value: '28000.00' } },
  ];
  const lines = events.map((event, place) => JSON.stringify({ ...event, v: 1, id: `life-${firm}-${place}`, stream: 'life', seq: place + 1, customer, at: formatInstant(instantOf(event.at)) }));
  const answer = await client.file(lines, `life-${firm}-0000001`);
  strictEqual(answer.rejections.length, 0, JSON.stringify(answer.rejections));
  const officer = await house.officer();
  return until(async () => (await officer.get('alerts', { firm: life.code })).items[0]?.id);
}

/** Asks until there is an answer. */
export async function until<T>(read: () => Promise<T | undefined>): Promise<T> {
  for (let waited = 0; waited < FOLLOWS_MS; waited += LOOK_MS) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
  throw new Error('the house did not come to it');
}

/** Refusals that a decision provokes: presence is asked for before it is proven. */
export const proofAsked = refused(403);
