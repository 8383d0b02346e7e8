/**
 * Labels of what was planted, kept apart from the events: which case, what it is, who and which events. The
 * table of typologies says which of the monitor's rules is meant to catch each, and whether it crosses firms.
 * A third of the typologies is untuned: chosen by the seed, and reported apart when detectors are judged.
 */

import { mix, type SeedKey } from './chance.ts';

/** What a typology is. `rule`: the rule of the monitor's table that must raise an alert for each case. */
interface TypologyTerm {
  readonly rule?: string;
  readonly crossFirm: boolean;
  readonly meaning: string;
}

export const TYPOLOGIES = {
  structuring: { rule: 'structuring', crossFirm: false, meaning: 'amounts kept just below the record threshold within a day' },
  structuring_two_firms: { rule: 'structuring', crossFirm: true, meaning: 'the same, spread over two firms so that neither sees enough' },
  burst: { rule: 'burst', crossFirm: false, meaning: 'several high-value movements within a day' },
  dormant_wake_up: { rule: 'dormant', crossFirm: false, meaning: 'high value after months of silence' },
  deposit_then_withdraw: { rule: 'untraded', crossFirm: false, meaning: 'received and sent out again without a trade' },
  straight_to_private_wallet: { rule: 'private', crossFirm: false, meaning: 'received and within the hour sent to a private wallet' },
  new_user_drain: { rule: 'drain', crossFirm: false, meaning: 'a new customer funds and empties the account within two days' },
  fan_in: { rule: 'funnel', crossFirm: false, meaning: 'many senders, one way out' },
  mule_two_firms: { rule: 'pass-through', crossFirm: true, meaning: 'received at one firm, sent out at another within a day' },
  sanctioned_wallet: { rule: 'sanctioned-wallet', crossFirm: false, meaning: 'value to or from a wallet on a list' },
  service_outside_stage: { rule: 'service-barred', crossFirm: false, meaning: 'a service that the firm\'s stage does not allow' },
  fan_out: { rule: 'fan-out', crossFirm: false, meaning: 'one source, many receivers within hours' },
  scatter_gather: { rule: 'handed-on', crossFirm: false, meaning: 'one source, several go-betweens, one receiver' },
  scatter_gather_firms: { crossFirm: true, meaning: 'the same, the go-betweens at other firms' },
  gather_scatter: { crossFirm: false, meaning: 'several sources, one middle, several receivers' },
  cycle: { crossFirm: false, meaning: 'value goes round and comes back to where it began' },
  cycle_firms: { crossFirm: true, meaning: 'the same through wallets at two firms' },
  peel_chain: { crossFirm: false, meaning: 'a large sum leaves in ever smaller pieces to new wallets' },
  mixer_out: { crossFirm: false, meaning: 'bought and sent to a mixing service' },
  chain_hop: { crossFirm: false, meaning: 'arrives on one chain, leaves at once on another, again and again' },
  mule_pass_through: { crossFirm: false, meaning: 'other people\'s money in, converted, out within the hour' },
} as const satisfies Readonly<Record<string, TypologyTerm>>;
export type Typology = keyof typeof TYPOLOGIES;

/** One planted case. Event ids are the firm's own. */
export interface Label {
  readonly case: string;
  readonly typology: Typology;
  readonly tuned: boolean;
  readonly crossFirm: boolean;
  /** Rule that must raise an alert for it, when one of the ten is meant to. */
  readonly rule: string | null;
  readonly firms: readonly string[];
  readonly persons: readonly LabelledPerson[];
  readonly events: readonly LabelledEvent[];
  readonly from: number;
  readonly to: number;
}

/** An event of a case: firm, the firm's own id, and whose act it was. */
export interface LabelledEvent {
  readonly firm: string;
  readonly id: string;
  readonly person: number;
}

/** A person of a case by the references under which firms know them. */
export interface LabelledPerson {
  readonly person: number;
  readonly customers: readonly { readonly firm: string; readonly customer: string }[];
}

/** What the monitor's table says of a typology. */
export function termOf(typology: Typology): TypologyTerm {
  return TYPOLOGIES[typology];
}

const ALL = Object.keys(TYPOLOGIES).filter((name): name is Typology => Object.hasOwn(TYPOLOGIES, name));

/** Every typology, in the order of the table. */
export const TYPOLOGY_NAMES: readonly Typology[] = ALL;

/** Is a typology among those that a detector may be tuned to? A third is not; the seed says which. */
export function isTuned(key: SeedKey, typology: Typology): boolean {
  const order = TYPOLOGY_NAMES.map((name, i) => [mix(key.hi, key.lo, i, 77), name] as const).sort(([a], [b]) => a - b);
  return order.findIndex(([, name]) => name === typology) >= Math.floor(TYPOLOGY_NAMES.length / 3);
}

interface OpenCase {
  readonly typology: Typology;
  readonly firms: Set<string>;
  readonly persons: Map<number, Map<string, string>>;
  readonly events: LabelledEvent[];
  from: number;
  to: number;
}

/** Gathers labels while events are written down. */
export class LabelBook {
  readonly #key: SeedKey;
  readonly #cases = new Map<string, OpenCase>();

  constructor(key: SeedKey) {
    this.#key = key;
  }

  /** An event of a case was written down. */
  add(planting: { readonly id: string; readonly typology: Typology }, firm: string, id: string, at: number, person: number, customer: string): void {
    const known: OpenCase = this.#cases.get(planting.id) ?? { typology: planting.typology, firms: new Set(), persons: new Map(), events: [], from: at, to: at };
    this.#cases.set(planting.id, known);
    known.firms.add(firm);
    known.events.push({ firm, id, person });
    known.from = Math.min(known.from, at);
    known.to = Math.max(known.to, at);
    const customers = known.persons.get(person) ?? new Map<string, string>();
    known.persons.set(person, customers.set(firm, customer));
  }

  /** Labels of the cases that have begun, in the order in which they did. */
  labels(): Label[] {
    return [...this.#cases].map(([id, known]) => ({
      case: id, typology: known.typology, tuned: isTuned(this.#key, known.typology), crossFirm: termOf(known.typology).crossFirm, rule: termOf(known.typology).rule ?? null,
      firms: [...known.firms], persons: [...known.persons].map(([person, customers]) => ({ person, customers: [...customers].map(([firm, customer]) => ({ firm, customer })) })),
      events: known.events, from: known.from, to: known.to,
    }));
  }
}
