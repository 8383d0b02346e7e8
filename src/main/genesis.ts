/**
 * The first entries of a demo: the authority opens its ledger, registers firms and their stages, assets and
 * rates, the wallet lists and the rules, lets its officers in and registers the firms' clients. All of it goes
 * through the rooms' own acts; an installation that is no demo does the same by hand. Runs once for a home.
 */

import type pg from 'pg';
import { ClientRegister, type StaffDesk } from '../access/index.ts';
import { ruleParametersAt, type Framework } from '../framework/index.ts';
import { changeStage, parsePublishedFirms, registerFirm } from '../licensing/index.ts';
import { SYSTEM, append, withActor, type LocalObjects } from '../log/index.ts';
import { activateRules } from '../monitor/index.ts';
import { instantOf, type Instant } from '../terms/index.ts';
import { publishAssets, publishRates } from '../intake/index.ts';
import type { World as Nation } from '../../sim/index.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { clientKeyOf } from './demo-keys.ts';
import { readText } from './framework.ts';
import { takeVendoredLists } from './wallets.ts';

/** What genesis stands on. */
export interface GenesisGround {
  /** As `nigran_app`. */
  readonly pool: pg.Pool;
  readonly objects: LocalObjects;
  readonly framework: Framework;
  readonly nation: Nation;
  readonly staff: StaffDesk;
  readonly seed: string;
  readonly now: Instant;
}

const ACTOR = 'genesis';
const BASIS = 'synthetic: opening of the demo';
const BY = { actor: 'licensing', second: 'supervisor', basis: BASIS };

/** Writes the first entries, unless the ledger has them. Gives whether it did. */
export async function openDemo(ground: GenesisGround): Promise<boolean> {
  const { pool, now, framework } = ground;
  const begun = await withActor(pool, SYSTEM, (tx) => tx.query('select from log.entry limit 1'));
  if ((begun.rowCount ?? 0) > 0) return false;
  await withActor(pool, SYSTEM, (tx) => append(tx, now, [{
    kind: 'installation-opened', actor: ACTOR, basis: BASIS, body: { authority: framework.authority.en, framework: framework.id, frameworkHash: framework.hash, synthetic: true, partitions: 8 },
  }]));
  await enterFirms(ground);
  await withActor(pool, SYSTEM, async (tx) => {
    await publishAssets(tx, now, ground.nation.assets, { actor: ACTOR, basis: BASIS });
    await publishRates(tx, now, [...ground.nation.rates(now + 3_600_000_000)].map((sheet) => ({ ...sheet, rates: [...sheet.rates] })), { actor: ACTOR, basis: 'synthetic reference rates' });
    await takeVendoredLists(tx, ground.objects, framework, now);
    await activateRules(tx, ground.objects, now, { parameters: ruleParametersAt(framework, now), effectiveFrom: instantOf(framework.effectiveFrom), actor: 'supervisor', second: 'senior', basis: BASIS });
  });
  for (const one of DEMO_ACCOUNTS) {
    const refused = await ground.staff.letIn(now, { account: one.account, name: one.name, organisation: one.organisation, roles: [one.role], ...(one.firm === undefined ? {} : { firm: one.firm }) },
      { actor: ACTOR, basis: BASIS }, { password: DEMO_PASSWORD, totp: demoTotp(ground.seed, one.account) });
    if ('code' in refused) throw new Error(`the demo's account ${one.account} is refused: ${refused.code} ${refused.detail ?? ''}`);
  }
  await enterClients(ground);
  return true;
}

async function enterFirms(ground: GenesisGround): Promise<void> {
  const { pool, now, framework, nation } = ground;
  const text = readText(new URL('../../data/published-firms.json', import.meta.url).pathname) ?? '';
  const published = new Map(parsePublishedFirms(text).map((one) => [one.firm.firm, one]));
  for (const firm of nation.firms) {
    const real = published.get(firm.id);
    await withActor(pool, SYSTEM, async (tx) => {
      const entered = await registerFirm(tx, now, real?.firm ?? { firm: firm.id, code: firm.code, name: firm.name, nameUr: firm.nameUr, synthetic: true }, BY);
      if ('code' in entered) throw new Error(`${firm.id} is refused: ${entered.code}`);
      const steps = real === undefined ? firm.steps : [{ to: real.stage, effectiveFrom: real.since, reasons: real.basis }];
      let from: string | null = null;
      for (const step of steps) {
        const services = 'services' in step ? step.services : undefined;
        const event = from === null ? undefined : framework.steps.find((each) => each.fromStage === from && each.toStage === step.to)?.event;
        const moved = await changeStage(tx, now, framework, {
          firm: firm.id, from, to: step.to, effectiveFrom: instantOf(step.effectiveFrom), reasons: step.reasons, evidence: [], ...(event === undefined ? {} : { event }), ...(services === undefined ? {} : { services }),
        }, BY);
        if ('code' in moved) throw new Error(`${firm.id} cannot enter ${step.to} from ${from}: ${moved.code} ${moved.detail ?? ''}`);
        from = step.to;
      }
    });
  }
}

async function enterClients(ground: GenesisGround): Promise<void> {
  const register = new ClientRegister(ground.pool);
  for (const firm of ground.nation.firms) {
    if (firm.share === 0) continue;
    const { d: _private, ...jwk } = clientKeyOf(ground.seed, firm.id);
    const done = await register.register(ground.now, { id: `${firm.id}-feed`, firm: firm.id, jwk }, { actor: 'admin', basis: BASIS });
    if ('code' in done) throw new Error(`the client of ${firm.id} is refused: ${done.code} ${done.detail ?? ''}`);
  }
}
