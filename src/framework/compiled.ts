/**
 * What a pack compiles to: the types that the house works with. Blocks keep their keys as the form names them;
 * their source stands beside in words, with the instants from and to which they are in force; quantities are in the
 * house's units. Maps keep the pack's order; dated lists are in the order of time.
 */

import type { z } from 'zod';
import type { Instant, KarachiDay, Service } from '../terms/index.ts';
import type { Zone } from './day.ts';
import type {
  Rhythm, capitalBlock, clockBlock, conditionBlock, feeBlock, holidayBlock, limitBlock, obligationBlock, offenceBlock, rungBlock, stopBlock, warningBlock,
} from './form-duty.ts';
import type { Permission, Stage, Step, criterionBlock, documentBlock, eventBlock, formBlock, gateBlock, roleBlock } from './form-entry.ts';
import type { Citation, Measured, Sourced, Unit, Worded } from './form-parts.ts';
import type { Length } from './length.ts';
import type { ParameterUse } from './needed.ts';
import type { Instrument } from './schema.ts';

/** Where a value comes from, in words, and when it is in force: `from` and before `to`. */
export interface Source extends Citation {
  readonly status: Sourced['status'];
  /** Instrument and section as screens cite them; the house's own assumptions cite themselves. */
  readonly clause: Worded;
  readonly note: string;
  readonly from: Instant;
  readonly to: Instant;
}

/** A block as it was written, with its source in words. */
export type Compiled<B extends z.ZodType> = Omit<z.output<B>, keyof Sourced> & Source;
/** Blocks by name, each list in the order of time without overlap. */
export type Dated<T> = ReadonlyMap<string, readonly T[]>;

/** A measured value. `value`: hundredths of the currency, microseconds, a number or a word; `undefined` while it is unset. */
export interface Quantity extends Source {
  readonly name: string;
  readonly title: Worded;
  readonly unit: Unit;
  readonly value: number | string | undefined;
  /** The value is what the house works with meanwhile; the law has set none. */
  readonly isWorkingDefault: boolean;
}
type Extra<B extends z.ZodType> = Quantity & Omit<z.output<B>, keyof Measured>;

/** What a stage allows while its source is in force. */
export interface CompiledPermission extends Source {
  readonly scope: Permission['scope'];
  readonly services: readonly Service[];
}

/** A stage with what it allows by date. `isLicence` is true for a licence alone: an NOC is none. */
export interface CompiledStage extends Source {
  readonly stage: string;
  readonly title: Worded;
  readonly means: Worded;
  readonly standing: Stage['standing'];
  readonly isLicence: boolean;
  readonly initial: boolean;
  /** Nothing leads out of it. */
  readonly final: boolean;
  /** In the order of time, without gap or overlap. */
  readonly permissions: readonly CompiledPermission[];
}

/** A step that a firm may take from one stage to another, or within one. */
export interface CompiledStep extends Source, Pick<Step, 'event' | 'way' | 'second' | 'reasons'> {
  readonly fromStage: string;
  readonly toStage: string;
  /** The event that must have brought the firm into the stage it leaves. */
  readonly after: string | undefined;
  /** Gates that must all be met. */
  readonly gates: readonly string[];
}

/** What happens when an event meets a firm in a stage: one of these steps, or it is refused as the clause says. */
export type Answer = { readonly kind: 'steps'; readonly steps: readonly CompiledStep[] } | { readonly kind: 'closed'; readonly source: Source };

/** A clock with its length, when it stands still, and how it ends. */
export interface CompiledClock extends Compiled<typeof clockBlock> {
  /** `undefined` while none is set and the house has no working default. */
  readonly span: Length | undefined;
  /** The length is what the house works with meanwhile; the law has set none. */
  readonly isWorkingDefault: boolean;
  /** What stops it, each with its own source: the law may know of none, and the house assume one. */
  readonly stops: readonly Compiled<typeof stopBlock>[];
}

/** An obligation as it stands at an instant. */
export interface Owed {
  readonly obligation: Compiled<typeof obligationBlock>;
  readonly clock: CompiledClock;
  /** How often; what the house works with while none is set, `undefined` when it has nothing either. */
  readonly rhythm: Rhythm | undefined;
  /** Both the obligation and its time are law: being late is a breach. Otherwise it only reminds. */
  readonly binds: boolean;
}

/** A framework in the form that the house works with. */
export interface Framework {
  readonly id: string;
  readonly revision: number;
  readonly hash: string;
  readonly title: Worded;
  readonly authority: Worded;
  readonly country: string;
  readonly currency: string;
  readonly zone: Zone;
  readonly evidence: Worded;
  readonly effectiveFrom: Instant;
  readonly instruments: readonly Instrument[];
  readonly services: ReadonlyMap<Service, Source & { readonly number: number; readonly title: Worded; readonly carveOut: Worded | undefined }>;
  readonly stages: ReadonlyMap<string, CompiledStage>;
  readonly events: ReadonlyMap<string, Compiled<typeof eventBlock>>;
  readonly steps: readonly CompiledStep[];
  /** By stage, then by event that moves firms; total. */
  readonly table: ReadonlyMap<string, ReadonlyMap<string, Answer>>;
  readonly gates: Dated<Compiled<typeof gateBlock>>;
  readonly forms: Dated<Compiled<typeof formBlock>>;
  readonly documents: Dated<Compiled<typeof documentBlock>>;
  readonly roles: Dated<Compiled<typeof roleBlock>>;
  readonly criteria: Dated<Compiled<typeof criterionBlock>>;
  /** `windowUs`: the time that is counted over, in microseconds. */
  readonly limits: Dated<Extra<typeof limitBlock> & { readonly windowUs: number | undefined }>;
  readonly conditions: Dated<Compiled<typeof conditionBlock>>;
  readonly clocks: Dated<CompiledClock>;
  readonly obligations: Dated<Compiled<typeof obligationBlock>>;
  readonly holidays: readonly Compiled<typeof holidayBlock>[];
  /** The last day whose holidays are declared. */
  readonly holidaysTo: KarachiDay;
  readonly fees: Dated<Extra<typeof feeBlock>>;
  readonly capital: Dated<Extra<typeof capitalBlock>>;
  /** `capMinor`: the most that it may be, in hundredths of the currency. */
  readonly ladder: Dated<Compiled<typeof rungBlock> & { readonly capMinor: number | undefined }>;
  /** `fineMinor`: the highest fine, in hundredths of the currency. */
  readonly offences: Dated<Compiled<typeof offenceBlock> & { readonly fineMinor: number | undefined }>;
  readonly warnings: Dated<Compiled<typeof warningBlock>>;
  /** `use`: who computes with it; `shown` when nothing does. */
  readonly parameters: Dated<Quantity & { readonly use: ParameterUse | 'shown' }>;
  readonly retention: Dated<Quantity>;
  readonly lists: Dated<Source & { readonly title: Worded; readonly force: 'freeze' | 'review' | 'information'; readonly publisher: string }>;
  readonly flags: readonly { readonly flag: string; readonly title: Worded; readonly text: Worded; readonly stages: readonly string[] | undefined; readonly clauses: readonly Worded[] }[];
  readonly crosswalk: readonly { readonly crosswalk: string; readonly from: readonly Worded[]; readonly to: readonly Worded[]; readonly about: Worded }[];
  /** What is off because a value is unset and has no working default. */
  readonly off: readonly { readonly parameter: string; readonly what: string; readonly clause: Worded; readonly from: Instant; readonly to: Instant }[];
}
