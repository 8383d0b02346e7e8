/**
 * Detectors are judged: one nation, looked at in three ways with one budget of people, and each kind of planted case told apart.
 */

import { BUDGET_SHARE, Verdicts, alerted, rowsOf, type Judged } from './judge.ts';
import type { Case, Material, Unread } from './material.ts';
import { look } from './views.ts';

/** The judge's answer. */
export interface Evaluation {
  readonly rows: readonly Judged[];
  readonly active: number;
  readonly events: number;
  /** Number of the firm whose own view finds most of all cases. */
  readonly bestFirm: number | null;
  readonly unread: readonly Unread[];
  readonly strangers: number;
}

/** Looks, ranks and judges. */
export function evaluateMaterial(material: Material): Evaluation {
  const sight = look(material);
  const cases = material.cases();
  const budget = Math.ceil(sight.active * BUDGET_SHARE);
  const national = (view: 'joined' | 'regulator'): Judged[] => rowsOf(new Verdicts(cases, alerted(sight[view], budget)), cases, view, budget);
  const alone = [...sight.firms].map(([firm, { suspects }]) => ({ firm, verdicts: new Verdicts(cases, alerted(suspects, budget)) }));
  const best = alone.toSorted((a, b) => b.verdicts.recall(() => true) - a.verdicts.recall(() => true) || a.firm - b.firm)[0];
  return {
    active: sight.active, events: sight.events, bestFirm: best?.firm ?? null, unread: material.unread(), strangers: material.strangers,
    rows: [...(best === undefined ? [] : rowsOf(best.verdicts, cases, 'firm', budget)), ...national('regulator'), ...national('joined'), ...ownRows(sight, cases, budget)],
  };
}

/** Each firm alerts its share of the budget among its own customers; a case inside one firm is judged by that firm's list. */
function ownRows(sight: ReturnType<typeof look>, cases: readonly Case[], budget: number): Judged[] {
  const inside = (one: Case): boolean => !one.crossFirm;
  const all = [...sight.firms.values()].reduce((sum, { active }) => sum + active, 0);
  const list = [...sight.firms].flatMap(([firm, { active, suspects }]) => alerted(suspects, Math.round((budget * active) / Math.max(all, 1))).map((one) => ({ firm, one })));
  const verdicts = new Verdicts(cases, list.map(({ one }) => one), inside);
  return rowsOf(verdicts, cases, 'own', budget, inside);
}
