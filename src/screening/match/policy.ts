/**
 * The whole scoring policy: every number that moves a score or a decision, with its reason, in one table. The engine
 * beside it is arithmetic. A change here is a change of the matcher's version, and the quality page
 * (docs/reference/screening-quality.md) is made again.
 */

/** Names the code that gave a result, so that a hit can be replayed. */
export const MATCHER_VERSION = 'nigran-matcher/1';

/** One number of the policy. */
interface Term {
  readonly weight: number;
  readonly reason: string;
}

const term = (weight: number, reason: string): Term => ({ weight, reason });

/** How the words of two names make a score between 0 and 1. */
export const NAME_POLICY = {
  wordNear: term(0.68, 'below it two words are different words, not two writings'),
  shortWord: term(0.06, 'what a word of four letters or fewer loses when it is not equal: there one letter makes another name'),
  otherKnownName: term(0.5, 'two names that each have a line of their own in the table of variants are different names'),
  sameKnownName: term(0.97, 'two writings of one line of the table of variants'),
  initial: term(0.6, 'an initial agrees with every name that begins with it'),
  wordDoubt: term(1.35, 'what two writings lack to be equal counts more than its share: doubts of several words add up'),
  wordFar: term(3, 'and below `wordSure` it counts this much more: three words half alike are no name'),
  wordSure: term(0.85, 'from here on the letters of two words leave little doubt'),
  joined: term(0.02, 'words written together on one side and apart on the other'),
  servant: term(0.9, 'one side says Abd al- before the name and the other elsewhere or not at all'),
  article: term(0.95, 'one side writes the article into the word'),
  omission: term(0.52, 'a word that one side leaves out takes this share of its worth'),
  conflict: term(0.45, 'words on both sides without a counterpart: beside being missing they speak against'),
  oneWord: term(0.7, 'one word in common is no name when a side has more; the most that such a pair can have'),
  number: term(0.2, 'numbers that differ name different branches, ships or units'),
  form: term(0.03, 'both sides have a legal form, and they differ'),
  formMissing: term(0.005, 'one side leaves the legal form out'),
  order: term(0.01, 'the same words in another order'),
  letters: term(1.55, 'all letters in a row, for words cut elsewhere: what they lack counts this much over their length'),
  weakAlias: term(0.04, 'the list itself calls this alias low in quality'),
  nameOnly: term(0.99, 'a name alone is never certain: the most that it can have'),
} as const satisfies Readonly<Record<string, Term>>;

/** What else is known of both sides. A side that is silent moves nothing: it lowers the evidence instead. */
export const FEATURE_POLICY = {
  identifierEqual: term(0.995, 'a CNIC, NICOP, passport, LEI or other number that names one bearer is the same: decides by itself'),
  identifierOther: term(-0.2, 'both sides have a CNIC, and they differ: one person has one CNIC'),
  fatherEqual: term(0.04, 'the same father\'s name, which tells bearers of frequent names apart'),
  fatherOther: term(-0.16, 'another father\'s name'),
  birthDay: term(0.05, 'born on the same day'),
  birthNear: term(0.02, 'the same year, or day and month exchanged'),
  birthDoubt: term(-0.06, 'the same year and another day, or one year apart'),
  birthDisjoint: term(-0.2, 'no date of birth of one side can be one of the other'),
  nationalityEqual: term(0.01, 'a nationality in common, which many share'),
  nationalityOther: term(-0.05, 'no nationality in common; people have several, and lists know one'),
  schemaOther: term(-0.3, 'one side is a person and the other an organisation'),
  genderOther: term(-0.15, 'another gender'),
} as const satisfies Readonly<Record<string, Term>>;

/** How much of the identity was compared, from 0 to 1. A name alone has what its words are worth, at most `name`. */
export const EVIDENCE_POLICY = {
  name: term(0.4, 'a full name of rare words; names are shared'),
  wordWorth: term(0.16, 'each unit of worth of the words that agree, up to `name`'),
  father: term(0.3, 'father\'s names were compared and agree'),
  birthDay: term(0.35, 'full dates of birth were compared and agree'),
  birthYear: term(0.15, 'years of birth were compared and agree'),
  nationality: term(0.08, 'nationalities were compared and agree'),
  gender: term(0.02, 'genders were compared and agree'),
  identifier: term(1, 'a number that names one bearer agrees'),
} as const satisfies Readonly<Record<string, Term>>;

/** Where decisions begin. */
export const DECISION_POLICY = {
  review: term(0.8, 'at this score a person must look: fixed so that at most one in a hundred unlisted names is held up (docs/reference/screening-quality.md)'),
  matchScore: term(0.93, 'a match needs the name to agree in nearly every letter'),
  matchEvidence: term(0.7, 'and needs evidence beside the name: the father\'s name or the day of birth, and rare words'),
  compared: term(0.35, 'names below this are not compared further: no feature could lift them to be shown'),
  shown: term(0.4, 'candidates below this are not shown'),
} as const satisfies Readonly<Record<string, Term>>;
