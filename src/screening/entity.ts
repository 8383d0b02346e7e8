/**
 * One entry of a sanctions or proscription list, in the form in which every list is kept and matched, whatever its
 * publisher's format. It holds what the list says and nothing that was worked out from it: a field that the list
 * leaves out is empty, never guessed. Two entries for one person stay two entries; that they are one subject is a
 * decision of its own.
 */

/** A name as the list writes it. `original`: in the script of its bearer. `weak`: the list itself marks it as low quality. */
export interface ListName {
  readonly text: string;
  readonly kind: 'primary' | 'alias' | 'original';
  readonly quality: 'strong' | 'weak';
}

/** A number that names its bearer. `country`: ISO 3166-1 alpha-2 in lower case, null when the list names none that we know. */
export interface ListIdentifier {
  readonly kind: 'cnic' | 'nicop' | 'passport' | 'lei' | 'tax' | 'registration' | 'other';
  readonly value: string;
  readonly country: string | null;
}

/** An entry of a list. */
export interface ListEntry {
  /** `ofac`, `un`, `uk`, `eu`, `nacta`, or an authority's own code. */
  readonly list: string;
  /** The list's own number: OFAC's ent_num, the UN's DATAID, the UK's unique id, the EU's logical id. */
  readonly entry: string;
  readonly schema: 'Person' | 'Organization' | 'Vessel' | 'Aircraft';
  /** The primary name first. */
  readonly names: readonly ListName[];
  readonly fatherNames: readonly string[];
  /** `1970`, `1970-05`, `1970-05-02`, or a range of years `1968/1972`. */
  readonly birthDates: readonly string[];
  /** ISO 3166-1 alpha-2 in lower case. */
  readonly nationalities: readonly string[];
  readonly gender: 'male' | 'female' | null;
  readonly identifiers: readonly ListIdentifier[];
  /** Addresses and places of birth, as written. */
  readonly places: readonly string[];
  readonly programs: readonly string[];
  /** Asset as the list writes it (OFAC's ticker), address as written. */
  readonly wallets: readonly { readonly asset: string; readonly address: string }[];
}
