/**
 * What is known beside the name, compared: numbers, father's name, date of birth, nationality, gender. Each comparison
 * that both sides allow moves the score by its weight and adds to the evidence; where a side is silent nothing moves,
 * and the evidence says so. Sentences are for the officer who must decide.
 */

import type { ListEntry, ListIdentifier } from '../entity.ts';
import { alignNames } from './align.ts';
import { EVIDENCE_POLICY as E, FEATURE_POLICY as F } from './policy.ts';
import { prepareName, type PreparedName } from './prepare.ts';
import type { ScreeningQuery } from './query.ts';

/** One comparison beside the name. */
export interface Feature {
  readonly feature: 'identifier' | 'father' | 'birth' | 'nationality' | 'gender';
  /** By how much it moves the score. */
  readonly effect: number;
  /** By how much it adds to the evidence. */
  readonly evidence: number;
  readonly says: string;
}

/** What an entry of a list offers to be compared. */
export type Bearer = Pick<ListEntry, 'fatherNames' | 'birthDates' | 'nationalities' | 'gender' | 'identifiers'>;

/** Compares all that both sides know; what one side leaves out is named in `missing`. */
export function compareFeatures(query: ScreeningQuery, bearer: Bearer): { features: Feature[]; missing: string[] } {
  const features: Feature[] = [];
  const missing: string[] = [];
  const compare = (what: string, isAsked: boolean, isKnown: boolean, work: () => Feature | undefined): void => {
    if (!isAsked) return;
    const feature = isKnown ? work() : undefined;
    if (feature !== undefined) features.push(feature);
    else if (!isKnown) missing.push(what);
  };
  compare('identifiers', query.identifiers.length > 0, bearer.identifiers.length > 0, () => compareIdentifiers(query.identifiers, bearer.identifiers));
  compare("father's name", query.fatherName !== undefined, bearer.fatherNames.length > 0, () => compareFathers(query.fatherName ?? '', bearer.fatherNames));
  compare('date of birth', query.birthDates.length > 0, bearer.birthDates.length > 0, () => compareBirths(query.birthDates, bearer.birthDates));
  compare('nationality', query.nationalities.length > 0, bearer.nationalities.length > 0, () => compareNationalities(query.nationalities, bearer.nationalities));
  compare('gender', query.gender !== undefined, bearer.gender !== null, () => ({
    feature: 'gender', effect: query.gender === bearer.gender ? 0 : F.genderOther.weight, evidence: query.gender === bearer.gender ? E.gender.weight : 0, says: query.gender === bearer.gender ? 'the same gender' : `the list says ${bearer.gender}`,
  }));
  return { features, missing };
}

/** Letters and digits of a number, as it is compared. */
export function numberKey(value: string): string {
  return value.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '').replace(/[٠-٩۰-۹]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf));
}

/** Characters under which a number says nothing. */
const NUMBER_LENGTH_MIN = 5;

/** True when a number is long enough to name one bearer. */
export function isTelling(value: string): boolean {
  return numberKey(value).length >= NUMBER_LENGTH_MIN;
}

/** Kinds that can be each other: Pakistan prints one number on CNIC and NICOP. */
export function sameKind(asked: ListIdentifier['kind'] | undefined, listed: ListIdentifier['kind']): boolean {
  if (asked === undefined || asked === 'other' || listed === 'other') return true;
  const national = (kind: string): boolean => kind === 'cnic' || kind === 'nicop';
  return asked === listed || (national(asked) && national(listed));
}

function compareIdentifiers(asked: ScreeningQuery['identifiers'], listed: readonly ListIdentifier[]): Feature | undefined {
  const equal = listed.find((one) => asked.some((other) => isTelling(one.value) && numberKey(one.value) === numberKey(other.value) && sameKind(other.kind, one.kind)));
  if (equal !== undefined) return { feature: 'identifier', effect: 0, evidence: E.identifier.weight, says: `the ${equal.kind === 'other' ? 'number' : equal.kind} is the same` };
  const cnic = (all: readonly { readonly kind: string | undefined }[]): boolean => all.some((one) => one.kind === 'cnic');
  return cnic(asked) && cnic(listed) ? { feature: 'identifier', effect: F.identifierOther.weight, evidence: 0, says: 'the list has another CNIC' } : undefined;
}

/** From here two writings are one father's name. */
const FATHER_EQUAL = 0.85;
const FATHER_OTHER = 0.65;

function compareFathers(asked: string, listed: readonly string[]): Feature | undefined {
  const query = prepareName(asked, true);
  if (typeof query === 'string') return undefined;
  const prepared = listed.map((name) => prepareName(name, true)).filter((name): name is PreparedName => typeof name !== 'string');
  const best = Math.max(0, ...prepared.map((name) => alignNames(query, name).score));
  if (best >= FATHER_EQUAL) return { feature: 'father', effect: F.fatherEqual.weight, evidence: E.father.weight, says: "the same father's name" };
  if (best < FATHER_OTHER) return { feature: 'father', effect: F.fatherOther.weight, evidence: 0, says: "another father's name" };
  return { feature: 'father', effect: 0, evidence: 0, says: "father's names are alike, and not the same" };
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function yearsOf(date: string): Span {
  const [from = '', to = from] = date.split('/');
  return { from: Number(from.slice(0, 4)), to: Number(to.slice(0, 4)) };
}

const isDay = (date: string): boolean => /^\d{4}-\d\d-\d\d$/.test(date);
/** Day and month exchanged, as forms of other countries write them. */
const exchanged = (date: string): string => `${date.slice(0, 4)}-${date.slice(8, 10)}-${date.slice(5, 7)}`;

/** The kindest reading of every pair of dates: lists give several when they do not know. */
function compareBirths(asked: readonly string[], listed: readonly string[]): Feature {
  const readings = asked.flatMap((a) => listed.map((b) => compareDates(a, b)));
  return readings.reduce((best, each) => (each.effect > best.effect || (each.effect === best.effect && each.evidence > best.evidence) ? each : best));
}

function compareDates(a: string, b: string): Feature {
  const of = (effect: number, evidence: number, says: string): Feature => ({ feature: 'birth', effect, evidence, says });
  if (isDay(a) && isDay(b)) {
    if (a === b) return of(F.birthDay.weight, E.birthDay.weight, 'born on the same day');
    if (a === exchanged(b)) return of(F.birthNear.weight, E.birthYear.weight, 'born on the same day, with day and month exchanged');
  }
  const [first, second] = [yearsOf(a), yearsOf(b)];
  const gap = Math.max(first.from - second.to, second.from - first.to);
  if (gap > 1) return of(F.birthDisjoint.weight, 0, `born ${gap} years apart`);
  if (gap === 1) return of(F.birthDoubt.weight, 0, 'born a year apart');
  if (isDay(a) && isDay(b)) return of(F.birthDoubt.weight, 0, 'born in the same year on another day');
  if (a.length >= 7 && b.length >= 7 && !a.includes('/') && !b.includes('/') && a.slice(0, 7) !== b.slice(0, 7)) return of(F.birthDoubt.weight, 0, 'born in the same year in another month');
  return of(F.birthNear.weight, E.birthYear.weight, first.from === first.to && second.from === second.to ? 'born in the same year' : 'the years of birth overlap');
}

function compareNationalities(asked: readonly string[], listed: readonly string[]): Feature {
  const common = asked.find((code) => listed.includes(code));
  if (common !== undefined) return { feature: 'nationality', effect: F.nationalityEqual.weight, evidence: E.nationality.weight, says: `${common.toUpperCase()} in common` };
  return { feature: 'nationality', effect: F.nationalityOther.weight, evidence: 0, says: `the list says ${listed.map((code) => code.toUpperCase()).join(', ')}` };
}
