/**
 * Headroom: what a firm may do now, with the figures, the limit and its source. It stands on the pack, on the decisions
 * about the firm that the firm itself was told, on its own figures and on published lists; never on alerts, cases or
 * other firms, so an answer gives nothing of a suspicion away.
 */

import type { Answer } from '../../contract/console.ts';
import { inForce, type Cap } from '../../framework/index.ts';
import { countCustomers } from '../../intake/index.ts';
import type { LicensingDesk } from '../../licensing/index.ts';
import type { Tx } from '../../log/index.ts';
import type { Instant } from '../../terms/index.ts';
import { sourceShape, type Opened } from './dossier-parts.ts';

type Whole = Answer<'dossier'>;

/** The caps that bind a firm. */
export function capsShape(licensing: LicensingDesk, { firm, dossier }: Opened, now: Instant): Whole['caps'] {
  return licensing.caps(firm, dossier, now).map((cap) => ({ limit: cap.limit.limit, title: cap.limit.title, unit: cap.limit.unit, value: cap.value, entry: cap.entry ?? null, provenance: capSource(cap) }));
}

/** A cap that the authority decided says so: it binds, and no instrument prescribes its number. */
export function capSource({ limit, entry }: Cap): Whole['caps'][number]['provenance'] {
  return entry === undefined ? sourceShape(limit) : { status: 'decided', clause: limit.clause };
}

/** Limits on which a decision may set a cap where a firm stands. */
export function capsOpen(licensing: LicensingDesk, stage: string, now: Instant): Whole['capsOpen'] {
  return licensing.openCaps(stage, now).map((limit) => ({ limit: limit.limit, title: limit.title, unit: limit.unit, per: limit.per, window: limit.window ?? null, provenance: sourceShape(limit) }));
}

/** The firm's services, limits with their figures, and conditions. */
export async function headroom(tx: Tx, licensing: LicensingDesk, { card, firm, dossier }: Opened, now: Instant): Promise<Answer<'headroom'>> {
  const { framework } = licensing;
  const live = new Map([['customers', await countCustomers(tx, firm.firm)]]);
  const caps = new Map(licensing.caps(firm, dossier, now).map((cap) => [cap.limit.limit, cap]));
  const limits = [...framework.limits.values()].flatMap((dated) => inForce(dated, now) ?? []).filter((limit) => limit.stage === card.stage.id || caps.has(limit.limit));
  const conditions = [...framework.conditions.values()].flatMap((dated) => inForce(dated, now) ?? []).filter((condition) => condition.stages.includes(card.stage.id));
  return {
    asOf: now, firm: card.ref, stage: card.stage, services: card.services,
    limits: limits.map((limit) => {
      const cap = caps.get(limit.limit);
      return {
        limit: limit.limit, title: limit.title, measure: limit.measure, per: limit.per, window: limit.window ?? null, unit: limit.unit, bound: limit.bound, limitValue: cap?.value ?? (typeof limit.value === 'number' ? limit.value : null), isWorkingDefault: cap === undefined && limit.isWorkingDefault,
        live: limit.per === 'firm' ? live.get(limit.measure) ?? null : null, provenance: cap === undefined ? sourceShape(limit) : capSource(cap),
      };
    }),
    conditions: conditions.map((condition) => ({ condition: condition.condition, title: condition.title, text: condition.text, provenance: sourceShape(condition) })),
  };
}
