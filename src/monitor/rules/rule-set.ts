/**
 * A rule set as the ledger commits to it: which rules in which versions with which parameter values, as
 * canonical JSON under its SHA-256. The document lies in objects; an engine that reads it back years
 * later gets the values of that day. Refuses a rule or version that the table does not hold.
 */

import { createHash } from 'node:crypto';
import { z } from 'zod';
import { assert, canonicalBytes } from '../../terms/index.ts';
import { planOf, type Plan } from '../engine/measure.ts';
import { compileRules, parametersOf, type Parameters, type RuleSet, type RuleTerm } from '../engine/rule.ts';
import { RULES } from './table.ts';

/** Features of every rule version in the table: a new rule set never changes the layout of a person's windows. */
export const PLAN: Plan = planOf(RULES.map((rule) => rule.when));

const parameterSchema = z.strictObject({
  value: z.number(), unit: z.enum(['count', 'paisa', 'duration', 'ratio']), status: z.enum(['prescribed', 'draft', 'unset', 'assumption']), clause: z.string().max(500),
});
const documentSchema = z.strictObject({
  v: z.literal(1), rules: z.array(z.strictObject({ id: z.string(), version: z.number().int() })).min(1).max(500), parameters: z.record(z.string(), parameterSchema),
});

/** A document as it is read back: which rules, with which values. */
export interface RuleDocument {
  readonly rules: readonly { readonly id: string; readonly version: number }[];
  readonly parameters: Parameters;
}

/** Reads a document without compiling it. */
export function readDocument(bytes: Uint8Array): RuleDocument {
  return documentSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
}

/** The document of the table's newest rules under these parameters, and its hash. A rule that lacks a parameter is off: it is not among `rules`. */
export function ruleDocument(parameters: Parameters): { bytes: Uint8Array; hash: string; rules: { id: string; version: number }[] } {
  const terms = newestRules().filter((rule) => parametersOf(rule).every((name) => parameters[name] !== undefined));
  const rules = terms.map(({ id, version }) => ({ id, version }));
  const needed = [...new Set(terms.flatMap(parametersOf))].map((name) => [name, { ...parameters[name] }]);
  const bytes = canonicalBytes({ v: 1, rules, parameters: Object.fromEntries(needed) });
  return { bytes, hash: createHash('sha256').update(bytes).digest('hex'), rules };
}

/** The rules of a document in their versions. */
export function ruleTerms(document: RuleDocument): readonly RuleTerm[] {
  return document.rules.map(({ id, version }) => {
    const term = RULES.find((rule) => rule.id === id && rule.version === version);
    assert(term !== undefined, `rule ${id} version ${version} is in the table`);
    return term;
  });
}

/** Reads a document back into rules that run. */
export function readRules(bytes: Uint8Array): RuleSet {
  const document = readDocument(bytes);
  return compileRules(createHash('sha256').update(bytes).digest('hex'), ruleTerms(document), document.parameters, PLAN);
}

/** The newest version of every rule of the table. */
export function newestRules(): readonly RuleTerm[] {
  const newest = new Map<string, RuleTerm>();
  for (const rule of RULES) if (rule.version > (newest.get(rule.id)?.version ?? 0)) newest.set(rule.id, rule);
  return [...newest.values()];
}
