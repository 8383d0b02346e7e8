/**
 * What the auditor is told about the world beside the events: who is who, what things are worth, what a firm
 * may do, which wallets are listed, and the thresholds in force. It is told in plain data, never by calling
 * the house.
 */

import type { Instant } from '../../src/terms/index.ts';

/** A stage of a firm from an instant on, with the services that its own grant names. */
export interface FirmStage {
  readonly to: string;
  readonly effectiveFrom: number;
  readonly services?: readonly string[];
}

/** Everything that the auditor judges by. */
export interface AuditFacts {
  readonly firms: readonly { readonly id: string; readonly number: number; readonly steps: readonly FirmStage[] }[];
  readonly assets: readonly { readonly id: string; readonly decimals: number; readonly class?: string }[];
  readonly rates: readonly { readonly at: Instant; readonly rates: readonly { readonly asset: string; readonly paisaE8: string }[] }[];
  /** `family:address`, in the one text of each. */
  readonly listed: ReadonlySet<string>;
  /** Values by the names of the rule table: paisa, counts, ratios, microseconds. */
  readonly parameters: Readonly<Record<string, number>>;
  /** The person behind a firm's reference: any text that is the same for the same person. */
  personOf(firm: string, customer: string): string;
}

/** An event as it was sent and taken. */
export interface TakenEvent {
  readonly firm: string;
  readonly event: unknown;
}

/** Services open to a firm before it holds a licence, once it is registered for AML. Source: NOC Regulations 2.3 and 17.1. */
const REGISTERED = ['exchange', 'broker-dealer', 'custody', 'derivatives'];
/** Stages whose services are those that the firm's licence or letter names. */
const BY_GRANT = new Set(['l1-limited-licence', 'l2-licensed', 's3-sandbox-test', 'n-no-action', 't-transitional']);
const BY_REGISTRATION = new Set(['e4-aml-registered', 'e5-licence-application']);

/** May a firm offer a service at an instant? A stage that neither table names allows none. */
export function maySell(steps: readonly FirmStage[], service: string, at: number): boolean {
  const stage = steps.filter((step) => step.effectiveFrom <= at).at(-1);
  if (stage === undefined) return false;
  if (BY_REGISTRATION.has(stage.to)) return REGISTERED.includes(service);
  return BY_GRANT.has(stage.to) && (stage.services ?? []).includes(service);
}

/** Rates in order, for looking up. */
export class RateBook {
  readonly #series = new Map<string, { readonly at: number[]; readonly paisaE8: bigint[] }>();

  constructor(facts: Pick<AuditFacts, 'rates'>) {
    for (const sheet of [...facts.rates].sort((a, b) => a.at - b.at)) {
      for (const { asset, paisaE8 } of sheet.rates) {
        const series = this.#series.get(asset) ?? { at: [], paisaE8: [] };
        this.#series.set(asset, series);
        series.at.push(sheet.at);
        series.paisaE8.push(BigInt(paisaE8));
      }
    }
  }

  /** The latest rate at or before an instant. */
  rateAt(asset: string, at: number): bigint {
    const series = this.#series.get(asset);
    const place = series?.at.findLastIndex((from) => from <= at) ?? -1;
    const rate = series?.paisaE8[place];
    if (rate === undefined) throw new Error(`no rate of ${asset}`);
    return rate;
  }
}
