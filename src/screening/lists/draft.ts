/**
 * An entry while it is read: facts arrive in any order and more than once, and leave as one `ListEntry` without
 * repetition, the primary name first. Every text is trimmed and bounded; what is longer than its bound is cut for
 * places, and refuses the entry for names, because half a name is another name.
 */

import { countryOf } from '../countries.ts';
import type { ListEntry, ListIdentifier, ListName } from '../entity.ts';

/** Characters of a name at most. The longest of OFAC's and the UN's lists of 2026 has 253. */
const NAME_LENGTH_MAX = 1_000;
const TEXT_LENGTH_MAX = 400;
/** Facts of one kind in one entry at most. OFAC's richest entry has 132 names, the UK's about 200. */
const FACTS_MAX = 2_000;

type Schema = ListEntry['schema'];

/** Collects the facts of one entry. */
export class EntryDraft {
  readonly #names = new Map<string, ListName>();
  readonly #fatherNames = new Set<string>();
  readonly #births = new Set<string>();
  readonly #nationalities = new Set<string>();
  readonly #identifiers = new Map<string, ListIdentifier>();
  readonly #places = new Set<string>();
  readonly #programs = new Set<string>();
  readonly #wallets = new Map<string, { readonly asset: string; readonly address: string }>();
  #schema: Schema;
  #gender: ListEntry['gender'] = null;
  /** Why the entry cannot be kept, when it cannot. */
  #fault: string | undefined;

  readonly list: string;
  readonly entry: string;

  constructor(list: string, entry: string, schema: Schema) {
    this.list = list;
    this.entry = entry;
    this.#schema = schema;
  }

  get schema(): Schema {
    return this.#schema;
  }

  get hasName(): boolean {
    return this.#names.size > 0;
  }

  /** The nationality when there is one only: whose passport it is, where a list does not say. */
  get nationalityAlone(): string | null {
    const [first, ...others] = this.#nationalities;
    return first !== undefined && others.length === 0 ? first : null;
  }

  is(schema: Schema): void {
    this.#schema = schema;
  }

  name(text: string, kind: ListName['kind'] = 'alias', quality: ListName['quality'] = 'strong'): void {
    const written = clean(text);
    if (written === '') return;
    if (kind === 'alias' && isForeign(written)) kind = 'original';
    if (written.length > NAME_LENGTH_MAX) this.#fault = 'name-too-long';
    const key = written.toLowerCase();
    const known = this.#names.get(key);
    const isBetter = known !== undefined && (rank(kind) < rank(known.kind) || (kind === known.kind && quality === 'strong'));
    if (known === undefined || isBetter) this.#keep(this.#names, key, { text: written, kind, quality });
  }

  fatherName(text: string): void {
    this.#add(this.#fatherNames, clean(text));
  }

  birthDate(form: string | undefined): void {
    if (form !== undefined) this.#add(this.#births, form);
  }

  nationality(text: string): void {
    const code = countryOf(text);
    if (code !== undefined) this.#add(this.#nationalities, code);
  }

  gender(text: string): void {
    const first = text.trim().toLowerCase()[0];
    if (first === 'm' || first === 'f') this.#gender = first === 'm' ? 'male' : 'female';
  }

  identifier(kind: ListIdentifier['kind'], value: string, country: string | null): void {
    const written = clean(value).slice(0, TEXT_LENGTH_MAX);
    if (written !== '') this.#keep(this.#identifiers, `${kind} ${country ?? ''} ${written}`, { kind, value: written, country });
  }

  place(text: string): void {
    this.#add(this.#places, clean(text).slice(0, TEXT_LENGTH_MAX));
  }

  program(text: string): void {
    this.#add(this.#programs, clean(text).slice(0, TEXT_LENGTH_MAX));
  }

  wallet(asset: string, address: string): void {
    const written = clean(address).slice(0, TEXT_LENGTH_MAX);
    if (written !== '') this.#keep(this.#wallets, `${asset} ${written}`, { asset: clean(asset), address: written });
  }

  /** The entry, or why there is none: `no-name`, `no-number`, `name-too-long`, `too-many-facts`. */
  finish(): ListEntry | string {
    if (this.#fault !== undefined) return this.#fault;
    if (this.entry === '' || this.entry.length > TEXT_LENGTH_MAX) return 'no-number';
    const names = [...this.#names.values()].sort((a, b) => rank(a.kind) - rank(b.kind));
    if (names.length === 0) return 'no-name';
    return {
      list: this.list, entry: this.entry, schema: this.#schema, names, fatherNames: [...this.#fatherNames], birthDates: [...this.#births],
      nationalities: [...this.#nationalities], gender: this.#gender, identifiers: [...this.#identifiers.values()], places: [...this.#places],
      programs: [...this.#programs], wallets: [...this.#wallets.values()],
    };
  }

  #add(set: Set<string>, text: string): void {
    if (text === '') return;
    if (set.size >= FACTS_MAX) this.#fault = 'too-many-facts';
    else set.add(text);
  }

  #keep<T>(map: Map<string, T>, key: string, value: T): void {
    if (map.size >= FACTS_MAX && !map.has(key)) this.#fault = 'too-many-facts';
    else map.set(key, value);
  }
}

function rank(kind: ListName['kind']): number {
  return kind === 'primary' ? 0 : kind === 'original' ? 1 : 2;
}

/** Has letters, and none of them Latin. */
function isForeign(text: string): boolean {
  return /\p{L}/u.test(text) && !/\p{Script=Latin}/u.test(text);
}

/** One line of text without the characters that nobody sees; the list's own letters stay as they are. */
function clean(text: string): string {
  return text.toWellFormed().replace(/[\s\u00a0]+/g, ' ').replace(/[\u0000-\u001f\u007f]/g, '').trim();
}
