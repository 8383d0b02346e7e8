/**
 * What changed in the register, told in public: one statement for each entry that changed what the public sees. Feeds,
 * the change list and the public log all take these statements, so they cannot tell different stories. A statement
 * carries no reason of an officer and no name of a natural person.
 */

import type { Framework } from '../framework/index.ts';
import type { Firm } from '../licensing/index.ts';
import { canonicalJson, formatInstant, instantOf, type Instant, type Json } from '../terms/index.ts';
import type { RegisterDetail, RegisterPeriod } from './row.ts';
import type { Warning } from './warning.ts';

/** A public statement. `n` counts from 0 without gap; `about`: the code of a firm, or the number of a warning. */
export interface RegisterChange {
  readonly n: number;
  /** Ledger index of the entry that it tells of. */
  readonly entry: number;
  readonly kind: 'status' | 'detail' | 'warning';
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

/** The statement of what a firm goes by: names, websites, apps, each as its own. */
export function detailChange(n: number, admittedAt: Instant, firm: Firm, detail: RegisterDetail, entry: number): RegisterChange {
  const { firm: _id, ...said } = detail;
  return { n, entry, kind: 'detail', about: firm.code, at: admittedAt, body: canonicalJson({ v: 1, n, kind: 'detail', firm: firm.code, ...said, published: formatInstant(admittedAt) }) };
}

/** The statement of a warning as it stands after an act on it: issued, corrected, replied to or lifted. A natural person is in it by hashes alone. */
export function warningChange(n: number, admittedAt: Instant, warning: Warning, imitates: string | undefined, entry: number): RegisterChange {
  const { imitates: _firm, expires, evidence, ...said } = warning.content;
  const body = {
    v: 1, n, kind: 'warning', warning: warning.id, ...said, ...(imitates === undefined ? {} : { imitates }), ...(expires === undefined ? {} : { expires: formatInstant(instantOf(expires)) }), evidence: evidence.map((one) => one.sha256),
    issued: formatInstant(warning.issuedAt), ...(warning.amendedAt === undefined ? {} : { amended: formatInstant(warning.amendedAt) }), ...(warning.liftedAt === undefined ? {} : { lifted: formatInstant(warning.liftedAt) }),
    replies: warning.replies.map((one) => ({ words: one.words, at: formatInstant(one.at) })), published: formatInstant(admittedAt),
  };
  return { n, entry, kind: 'warning', about: warning.id, at: admittedAt, body: canonicalJson(body) };
}
