/**
 * What changed in the register, told in public: one statement for each entry that changed what the public sees. Feeds,
 * the change list and the public log all take these statements, so they cannot tell different stories. A statement
 * carries no reason of an officer and no name of a natural person.
 */

import type { Framework } from '../framework/index.ts';
import type { Firm } from '../licensing/index.ts';
import { canonicalJson, formatInstant, type Instant, type Json } from '../terms/index.ts';
import type { RegisterPeriod } from './row.ts';

/** A public statement. `n` counts from 0 without gap; `about` is the code of a firm. */
export interface RegisterChange {
  readonly n: number;
  /** Ledger index of the entry that it tells of. */
  readonly entry: number;
  readonly kind: 'status';
  readonly about: string;
  /** Admission of the entry. */
  readonly at: Instant;
  /** Canonical JSON, as the public log takes it. */
  readonly body: string;
}

/** The statement that a firm's class or scope is another from an instant on. */
export function statusChange(framework: Framework, n: number, admittedAt: Instant, firm: Firm, period: RegisterPeriod): RegisterChange {
  const stage = period.stage === undefined ? undefined : framework.stages.get(period.stage);
  const body: Json = {
    v: 1, n, kind: 'status', firm: firm.code, name: firm.name, ...(firm.nameUr === undefined ? {} : { nameUr: firm.nameUr }), ...(firm.synthetic ? { synthetic: true } : {}),
    class: period.class, licence: stage?.isLicence === true, ...(stage === undefined ? {} : { stage: stage.stage, clause: stage.clause.en }), services: [...period.services], from: formatInstant(period.from), published: formatInstant(admittedAt),
  };
  return { n, entry: period.entry, kind: 'status', about: firm.code, at: admittedAt, body: canonicalJson(body) };
}
