/**
 * The law that a judge's engines go by: the pack's rules with the parameters in force on a day, the wallets of the
 * vendored OFAC lists, and the services that each firm's stage allows where stages are known.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermitTimeline, loadPack, ruleParametersAt, type Framework } from '../../src/framework/index.ts';
import { readRules, ruleDocument } from '../../src/monitor/index.ts';
import type { Law } from '../../src/monitor/engine/index.ts';
import { instantOf, type Instant } from '../../src/terms/index.ts';
import type { World } from '../../sim/index.ts';
import { readListed } from '../../sim/index.ts';

const PACK = join(import.meta.dirname, '../../frameworks/pk-pvara-2026');

/** What the judge knows of the law, and the weights of its rules. */
export interface JudgesLaw {
  readonly law: Law;
  readonly framework: Framework;
  readonly weights: ReadonlyMap<string, number>;
}

/** `firms`: those whose stages are known; without them every service is allowed. */
export function judgesLaw(at: Instant, firms?: World['firms']): JudgesLaw {
  const loaded = loadPack(PACK, (path) => readFileSync(path, 'utf8'));
  if (!loaded.ok) throw new Error('the framework pack has faults');
  const rules = readRules(ruleDocument(ruleParametersAt(loaded.framework, at)).bytes);
  const permits = firms === undefined ? undefined : timelineOf(loaded.framework, firms);
  const { evm, tron, bitcoin } = readListed();
  const wallets = new Map<string, { readonly list: string; readonly entry: string; readonly version: string; readonly force: 'review' }>();
  for (const address of [...evm.map((one) => one.toLowerCase()), ...tron, ...bitcoin]) wallets.set(address, { list: 'ofac', entry: address, version: 'vendored', force: 'review' });
  return {
    framework: loaded.framework, weights: new Map(rules.rules.map(({ term }) => [term.id, term.weight])),
    law: { rulesAt: () => rules, permits: (firm, service, when) => permits?.permits(firm, service, instantOf(when)) ?? true, wallets: { lookup: (_family, address) => wallets.get(address) } },
  };
}

function timelineOf(framework: Framework, firms: World['firms']): PermitTimeline {
  const permits = new PermitTimeline(framework);
  for (const firm of firms) for (const step of firm.steps) permits.enter(firm.number, step.to, step.effectiveFrom, step.services);
  return permits;
}
