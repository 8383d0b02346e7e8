/** Acts on the rules: proposing other thresholds, agreeing to them as a second person, ending a proposal. Presence is proven over what is proposed. */

import { actionsOf, decide } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import type { BacktestDesk } from '../../insight/index.ts';
import { SYSTEM, withActor, type Objects } from '../../log/index.ts';
import type { Parameters } from '../../monitor/index.ts';
import { agreeRules, closeRules, proposeRules, readRuleStanding } from '../../monitor/rules/policy.ts';
import { reject, type Instant, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { unlessProven, type PresenceGround } from './presence.ts';

/** What the acts need. */
interface RuleActGround extends PresenceGround {
  readonly objects: Objects;
  readonly backtests: BacktestDesk;
  /** The pack's own values on the day. */
  readonly packAt: (now: Instant) => Parameters;
}

/** What answers the acts. */
export function ruleActRoutes(ground: RuleActGround): Pick<StaffRoutes, 'proposeRules' | 'agreeRules' | 'closeRules'> {
  const { pool, objects } = ground;
  return {
    proposeRules: async ({ session, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { stepUp, backtest, ...wanted } = body;
      const tried = backtest === undefined ? undefined : await triedBy(ground, backtest, wanted);
      if (tried !== undefined && 'code' in tried) return tried;
      const absent = await unlessProven(ground, session, now, { act: 'rule.propose', by: session.member.account, ...wanted, ...tried }, stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await proposeRules(tx, objects, ground.packAt(now), now, { ...wanted, ...tried }, session.member.account), true));
    },
    agreeRules: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const { proposal } = params;
      const waiting = (await withActor(pool, SYSTEM, (tx) => readRuleStanding(tx))).proposals.find((one) => one.entry === proposal && one.state === 'waits');
      if (waiting === undefined) return reject('PROPOSAL_UNKNOWN', 'proposal');
      const may = decide(session.member, 'rule.second', { proposer: waiting.actor });
      if (!may.allowed) return may.rejection;
      const absent = await unlessProven(ground, session, now, { act: 'rule.second', by: session.member.account, proposal, hash: waiting.hash }, body.stepUp);
      return absent ?? withActor(pool, SYSTEM, async (tx) => acted(await agreeRules(tx, objects, now, proposal, session.member.account), false));
    },
    closeRules: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      // Who proposed takes back; who may second sends back; nobody else ends a proposal.
      if (!actionsOf(session.member).some((action) => action === 'rule.propose' || action === 'rule.second')) return reject('FORBIDDEN', 'rule.second');
      return withActor(pool, SYSTEM, async (tx) => acted(await closeRules(tx, now, params.proposal, body.note, session.member.account), false));
    },
  };
}

/** The hash of a back-test's result, when it is one of these changes on this base and is done. */
async function triedBy({ backtests }: RuleActGround, id: number, wanted: { readonly base: string; readonly changes: readonly { readonly parameter: string; readonly value: number }[] }): Promise<{ tried: string } | Rejection> {
  const one = await backtests.read(id);
  const text = (changes: typeof wanted.changes): string => changes.map(({ parameter, value }) => `${parameter}=${value}`).toSorted().join(' ');
  if (one === undefined || one.sha256 === null || one.base !== wanted.base || text(one.changes) !== text(wanted.changes)) return reject('DECISION_INVALID', 'backtest');
  return { tried: one.sha256 };
}

function acted(entry: { readonly index: number } | Rejection, waits: boolean): Answer<'proposeRules'> | Rejection {
  return 'code' in entry ? entry : { entry: entry.index, waits };
}
