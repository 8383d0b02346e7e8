/**
 * The first entries of a demo: the authority opens its ledger, registers firms and their stages, assets and
 * rates, the wallet lists and the rules, lets its officers in and registers the firms' clients. All of it goes
 * through the rooms' own acts; an installation that is no demo does the same by hand. Runs once for a home.
 */

import type pg from 'pg';
import { ClientRegister, type StaffDesk } from '../access/index.ts';
import { ruleParametersAt, type Framework } from '../framework/index.ts';
import { LicensingDesk, changeStage, parsePublishedFirms, registerFirm } from '../licensing/index.ts';
import { SYSTEM, append, withActor, type LocalObjects } from '../log/index.ts';
import { activateRules } from '../monitor/index.ts';
import { HOUR_US, instantOf, type Instant } from '../terms/index.ts';
import { publishAssets, publishRates } from '../intake/index.ts';
import { Applicant, type Desks, type World as Nation, type WorldFirm } from '../../sim/index.ts';
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
  /** Partitions of the event log in this home. */
  readonly partitions: number;
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
    kind: 'installation-opened', actor: ACTOR, basis: BASIS, body: { authority: framework.authority.en, framework: framework.id, frameworkHash: framework.hash, synthetic: true, partitions: ground.partitions },
  }]));
  await withActor(pool, SYSTEM, (tx) => new LicensingDesk(framework, ground.objects).holdToPack(tx, now, { actor: ACTOR, basis: BASIS }));
  await enterFirms(ground);
  await enterMatters(ground);
  await withActor(pool, SYSTEM, async (tx) => {
    await publishAssets(tx, now, ground.nation.assets, { actor: ACTOR, basis: BASIS });
    await publishRates(tx, now, [...ground.nation.rates(now + 3_600_000_000)].map((sheet) => ({ ...sheet, rates: [...sheet.rates] })), { actor: ACTOR, basis: 'synthetic reference rates' });
    await takeVendoredLists(tx, ground.objects, framework, now, { actor: 'screening', second: 'supervisor' });
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
  const { pool, objects, now, framework, nation } = ground;
  const desk = new LicensingDesk(framework, objects);
  const text = readText(new URL('../../data/published-firms.json', import.meta.url).pathname) ?? '';
  const published = new Map(parsePublishedFirms(text).map((one) => [one.firm.firm, one]));
  for (const firm of nation.firms) {
    const real = published.get(firm.id);
    await withActor(pool, SYSTEM, async (tx) => {
      const entered = await registerFirm(tx, now, real?.firm ?? { firm: firm.id, code: firm.code, name: firm.name, nameUr: firm.nameUr, synthetic: true }, BY);
      if ('code' in entered) throw new Error(`${firm.id} is refused: ${entered.code}`);
      const [first, ...road] = real === undefined ? firm.steps : [{ from: null, to: real.stage, effectiveFrom: real.since, reasons: real.basis }];
      if (first === undefined) return;
      const begun = await changeStage(tx, now, framework, {
        firm: firm.id, from: null, to: first.to, effectiveFrom: instantOf(first.effectiveFrom), reasons: first.reasons, evidence: [], ...(first.services === undefined ? {} : { services: first.services }),
      }, BY);
      if ('code' in begun) throw new Error(`${firm.id} cannot begin in ${first.to}: ${begun.code} ${begun.detail ?? ''}`);
      const applicant = new Applicant({ ask: (act) => act(tx), desk, now, desks: desksOf(firm.id) }, firm.id);
      for (const [i, step] of road.entries()) await applicant.take(stepOf(framework, firm.steps[i]?.to ?? '', step), instantOf(step.effectiveFrom - HOUR_US));
    });
  }
}

/** What is under way before the authority, so that each desk opens on work: an application that is filed in part and asked about, one that waits for a second person, a demand, a cap. */
async function enterMatters({ pool, objects, now, framework, nation }: GenesisGround): Promise<void> {
  const desk = new LicensingDesk(framework, objects);
  await withActor(pool, SYSTEM, async (tx) => {
    const of = (firm: string): Applicant => {
      if (!nation.firms.some((one) => one.id === firm && one.synthetic)) throw new Error(`${firm} is no invented firm of the nation`);
      return new Applicant({ ask: (act) => act(tx), desk, now, desks: desksOf(firm) }, firm);
    };
    const [asked, waiting, demanded, capped] = [of('bln'), of('grk'), of('mkb'), of('sdx')];
    await asked.fileForm('a1');
    await asked.question('Synthetic: owners', 'Synthetic: who holds the shares of the holding company? Form A2 names nobody yet.');
    for (const gate of framework.steps.find((step) => step.event === 'grant-noc')?.gates ?? []) await waiting.meet(gate, instantOf(now - HOUR_US));
    await waiting.propose({ reasons: 'Synthetic: all gates are met.', evidence: [], step: { event: 'grant-noc', from: 'e2-noc-application', to: 'e3-noc-granted' } });
    await demanded.decide({ reasons: 'Synthetic: events come late.', evidence: [], rung: { rung: 'information-demand', target: 'Makran Bitworks (synthetic)', terms: 'Synthetic: say why the feed is behind, within ten days.', moment: 'information-demanded' } });
    await capped.decide({ reasons: 'Synthetic: a condition of the certificate.', evidence: [], caps: [{ limit: 'e4.customers', value: 2_000_000 }] });
  });
}

/** Who sits where in the demo: the firm's own desk, and two officers of the authority. */
function desksOf(firm: string): Desks {
  return {
    firm: { account: `${firm}-desk`, organisation: 'firm', roles: ['firm-compliance'], firm },
    officer: { account: 'licensing', organisation: 'authority', roles: ['licensing-officer'] },
    second: { account: 'supervisor', organisation: 'authority', roles: ['supervisor'] },
  };
}

function stepOf(framework: Framework, from: string, step: WorldFirm['steps'][number]): Parameters<Applicant['take']>[0] {
  const event = framework.steps.find((each) => each.fromStage === from && each.toStage === step.to)?.event;
  if (event === undefined) throw new Error(`the framework has no step from ${from} to ${step.to}`);
  return { event, to: step.to, effectiveFrom: instantOf(step.effectiveFrom), reasons: step.reasons, ...(step.services === undefined ? {} : { services: step.services }) };
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
