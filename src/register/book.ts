/**
 * The register in memory: the fold of the ledger's entries about firms, asked by every public page. It holds nothing
 * that the ledger does not say, so a server that starts folds it again. A question names its instant: a step that
 * takes effect tomorrow is not shown today.
 */

import type { Framework } from '../framework/index.ts';
import { FirmDirectory, type Firm } from '../licensing/index.ts';
import { isKind, type Entry } from '../log/index.ts';
import { assert, instantOf, type EntryKind, type Instant } from '../terms/index.ts';
import { detailChange, statusChange, warningChange, type RegisterChange } from './change.ts';
import { LookalikeIndex } from './lookalike.ts';
import { periodsOf, rowAt, type RegisterDetail, type RegisterPeriod, type RegisterRow } from './row.ts';
import { WARNING_KINDS, WarningBook } from './warning.ts';

/** Kinds of entry that the register folds. */
export const REGISTER_KINDS: readonly EntryKind[] = ['firm-registered', 'stage-changed', 'register-detailed', ...WARNING_KINDS];

/** Rows as of an instant hold until the next period begins. */
interface Dated {
  readonly from: Instant;
  readonly until: number;
  readonly rows: readonly RegisterRow[];
  readonly byCode: ReadonlyMap<string, RegisterRow>;
}

/** The register as the ledger has it so far. */
export class RegisterBook {
  readonly framework: Framework;
  readonly #firms: FirmDirectory;
  readonly #periods = new Map<string, readonly RegisterPeriod[]>();
  /** Instants at which the law of a stage changes. */
  readonly #law: readonly Instant[];
  readonly warnings = new WarningBook();
  readonly #details = new Map<string, RegisterDetail>();
  readonly #changes: RegisterChange[] = [];
  #lookalikes: { readonly of: readonly RegisterRow[]; readonly index: LookalikeIndex<RegisterRow> } | undefined;
  #dated: Dated | undefined;
  #version = 0;

  constructor(framework: Framework) {
    this.framework = framework;
    this.#firms = new FirmDirectory(framework);
    this.#law = [...framework.stages.values()].flatMap((stage) => stage.permissions.map((one) => one.from));
  }

  /** Grows with every entry that was folded: what is made of the book holds as long as it stays. */
  get version(): number {
    return this.#version;
  }

  /** Takes the next entry in; kinds that the register does not fold pass by. */
  apply(entry: Entry): void {
    if (isKind(entry, 'firm-registered') || isKind(entry, 'stage-changed')) this.#applyFirm(entry);
    else if (isKind(entry, 'register-detailed')) this.#applyDetail(entry);
    else {
      const warning = this.warnings.apply(entry);
      if (warning === undefined) return;
      const imitates = warning.content.imitates === undefined ? undefined : this.#firms.byId(warning.content.imitates)?.code;
      this.#changes.push(warningChange(this.#changes.length, entry.admittedAt, warning, imitates, entry.index));
    }
    this.#changed();
  }

  #applyDetail(entry: Entry<'register-detailed'>): void {
    const firm = this.#firms.byId(entry.body.firm);
    assert(firm !== undefined, `entry ${entry.index} is about a firm that is known`);
    this.#details.set(firm.firm, entry.body);
    this.#changes.push(detailChange(this.#changes.length, entry.admittedAt, firm, entry.body, entry.index));
  }

  #applyFirm(entry: Entry<'firm-registered' | 'stage-changed'>): void {
    this.#firms.apply(entry);
    const firm = this.#firms.byId(entry.body.firm);
    assert(firm !== undefined, `entry ${entry.index} is about a firm that is known`);
    const periods = periodsOf(this.framework, firm);
    this.#periods.set(firm.firm, periods);
    const begun = periods.find((one) => one.entry === entry.index);
    if (begun !== undefined) this.#changes.push(statusChange(this.framework, this.#changes.length, entry.admittedAt, firm, begun));
  }

  /** What was told in public so far, oldest first. */
  get changes(): readonly RegisterChange[] {
    return this.#changes;
  }

  /** Every firm that is known, with or without a status. */
  firms(): readonly Firm[] {
    return this.#firms.all();
  }

  /** Class and scope of a firm through time, also what is still to begin. */
  periods(firm: string): readonly RegisterPeriod[] {
    return this.#periods.get(firm) ?? [];
  }

  /** Every firm with a status, or that had one, in the order in which they became known. */
  rows(at: Instant): readonly RegisterRow[] {
    return this.#at(at).rows;
  }

  /** The firm of a code in either case. */
  row(code: string, at: Instant): RegisterRow | undefined {
    return this.#at(at).byCode.get(code.toUpperCase());
  }

  /** The firm of an id, with or without a status. */
  firm(id: string): Firm | undefined {
    return this.#firms.byId(id);
  }

  /** What a firm goes by beside its status. */
  detail(firm: string): RegisterDetail | undefined {
    return this.#details.get(firm);
  }

  /** Judges names and domains against the firms that hold a status, or held one. */
  lookalikes(at: Instant): LookalikeIndex<RegisterRow> {
    const rows = this.rows(at);
    if (this.#lookalikes?.of !== rows) {
      this.#lookalikes = { of: rows, index: new LookalikeIndex(rows.map((row) => ({ value: row, names: [row.firm.name, ...(row.detail?.names ?? [])], domains: row.detail?.websites ?? [] }))) };
    }
    return this.#lookalikes.index;
  }

  #changed(): void {
    this.#version += 1;
    this.#dated = undefined;
  }

  #at(at: Instant): Dated {
    const known = this.#dated;
    if (known !== undefined && known.from <= at && at < known.until) return known;
    const firms = this.#firms.all();
    const rows = firms.flatMap((firm) => rowAt(this.framework, firm, this.#details.get(firm.firm), this.periods(firm.firm), at) ?? []);
    const changes = [...this.#law, ...[...this.#periods.values()].flatMap((periods) => periods.map((one) => one.from))];
    this.#dated = {
      from: instantOf(changes.reduce((last, from) => (from <= at && from > last ? from : last), 0)), until: changes.reduce((next, from) => (from > at && from < next ? from : next), Number.POSITIVE_INFINITY),
      rows, byCode: new Map(rows.map((row) => [row.firm.code.toUpperCase(), row])),
    };
    return this.#dated;
  }
}
