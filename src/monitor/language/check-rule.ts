/**
 * A whole rule judged before anybody proposes it: its expression as text or its tree as JSON, the events that it looks at, its names in both
 * languages, and whether another rule says the same already. Each fault has a code, a place and a remedy; what is well formed comes back with
 * its text, its words and its cost. Nothing is kept.
 */

import { z } from 'zod';
import { checkTree, costOf, isSubsumed, type RuleCost } from './check.ts';
import { RULE_FAULTS, type RuleFault, type RuleFaultCode } from './fault.ts';
import { ATTRIBUTES, readTree, type Condition, type Where } from './form.ts';
import type { Facts } from './meaning.ts';
import { parseCondition } from './parse.ts';
import { printCondition } from './print.ts';
import { conditionWords, eventWords, type Sentence } from './wording.ts';

/** Characters of a name at most: what fits on one line of a screen, twice. */
const NAME_LENGTH_MAX = 200;
/** Controls, and marks that turn the direction of text or hide in it (UAX #9, #31): a name must read as it is stored. */
const UNSAFE = /[\p{Cc}\p{Cs}\p{Co}\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF]/u;

const attributes = z.array(z.enum(ATTRIBUTES)).max(ATTRIBUTES.length).default([]);
const worded = z.strictObject({ en: z.string(), ur: z.string() });
const shape = z.strictObject({
  on: z.strictObject({ any: attributes, all: attributes, none: attributes }), text: z.string().optional(), tree: z.unknown().optional(), title: worded.optional(), innocent: worded.optional(),
});

/** A fault with what mends it. */
export interface ToldFault extends RuleFault {
  readonly remedy: string;
}
/** A rule without a fault: as text, in words, with what it costs. */
export interface SoundRule {
  readonly text: string;
  readonly looksAt: Sentence;
  readonly fires: Sentence;
  readonly cost: RuleCost;
}
/** A rule beside which another is judged. */
export interface OtherRule {
  readonly id: string;
  readonly on: Where;
  readonly when: Condition;
}

/** Judges a rule given as JSON: `{on, text}` or `{on, tree}`, with `title` and `innocent` where it has them. */
export function checkRule(json: unknown, others: readonly OtherRule[], facts: Facts): { readonly faults: readonly ToldFault[] } | { readonly sound: SoundRule } {
  const read = shape.safeParse(json);
  if (!read.success) return { faults: read.error.issues.slice(0, 20).map((issue) => told({ code: 'FORM_WRONG', place: issue.path.map(String).join('.'), detail: issue.message })) };
  const { on, text, tree, title, innocent } = read.data;
  const given = text === undefined ? readTree(tree) : parseCondition(text);
  const names = [...nameFaults('title', title), ...nameFaults('innocent', innocent)];
  if ('faults' in given) return { faults: [...given.faults, ...names].map(told) };
  const faults = [...checkTree(on, given.tree, facts), ...names];
  const same = faults.length > 0 ? undefined : others.find((other) => isSubsumed({ on, when: given.tree }, other, facts));
  if (same !== undefined) faults.push({ code: 'SUBSUMED', place: '', detail: same.id });
  if (faults.length > 0) return { faults: faults.map(told) };
  const valueOf = (name: string): ReturnType<Parameters<typeof conditionWords>[1]> => {
    const known = facts.parameter(name);
    return known?.value === undefined ? undefined : { value: known.value, unit: known.unit };
  };
  return { sound: { text: printCondition(given.tree), looksAt: eventWords(on), fires: conditionWords(given.tree, valueOf), cost: costOf(given.tree, new Set()) } };
}

const told = (fault: RuleFault): ToldFault => ({ ...fault, remedy: RULE_FAULTS[fault.code] });

function nameFaults(place: string, name: { readonly en: string; readonly ur: string } | undefined): RuleFault[] {
  if (name === undefined) return [];
  return (['en', 'ur'] as const).flatMap((language): RuleFault[] => {
    const fault = (code: RuleFaultCode, detail: string): RuleFault[] => [{ code, place: `${place}.${language}`, detail }];
    const found = UNSAFE.exec(name[language]);
    if (name[language].trim() === '') return fault('TEXT_EMPTY', 'it is empty');
    if (name[language].length > NAME_LENGTH_MAX) return fault('TEXT_UNSAFE', `more than ${NAME_LENGTH_MAX} characters`);
    return found === null ? [] : fault('TEXT_UNSAFE', `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')} at ${found.index + 1}`);
  });
}
