/**
 * All rules over one house. What an allowance covers is taken out, and an allowance that covers
 * nothing, or more than it must, is itself a violation: exceptions can only shrink.
 */

import type { Allowance } from './allowances.ts';
import { callRules } from './calls.ts';
import { doorRules } from './doors.ts';
import { entryRules } from './entries.ts';
import { houseOf, type Rule, type Violation } from './house.ts';
import { importRules } from './imports.ts';
import { nameRules } from './names.ts';
import { pageRules } from './pages.ts';
import { shapeRules } from './shape.ts';

const RULES: readonly Rule[] = [importRules, doorRules, entryRules, callRules, shapeRules, nameRules, pageRules];

/** Judges a checkout, given as texts by path. */
export function judge(texts: ReadonlyMap<string, string>, allowances: readonly Allowance[]): Violation[] {
  const house = houseOf(texts);
  const used = new Map<Allowance, number>();
  const open = [...house.unreadable, ...RULES.flatMap((rule) => rule(house))].filter((violation) => {
    const covering = allowances.filter((allowance) => covers(allowance, violation));
    for (const allowance of covering) used.set(allowance, Math.max(used.get(allowance) ?? 0, violation.size ?? 0));
    return covering.length === 0;
  });
  const loose = allowances.flatMap((allowance): Violation[] => {
    const size = used.get(allowance);
    if (size !== undefined && size === (allowance.sizeMax ?? 0)) return [];
    const named = `the allowance of ${allowance.rule}${allowance.what === undefined ? '' : ` for ${allowance.what}`}`;
    return [{
      rule: 'allowance', file: allowance.file, line: 1, says: size === undefined ? `${named} covers nothing` : `${named} is wider than need be`,
      remedy: size === undefined ? 'strike it from src/house/allowances.ts' : `lower its sizeMax to ${size}`,
    }];
  });
  return [...open, ...loose].sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function covers(allowance: Allowance, violation: Violation): boolean {
  return allowance.rule === violation.rule && allowance.file === violation.file
    && (allowance.what === undefined || allowance.what === violation.what)
    && (violation.size === undefined || (allowance.sizeMax !== undefined && violation.size <= allowance.sizeMax));
}

/** One line a violation, as an editor can open it. */
export function say(violation: Violation): string {
  return `${violation.file}:${violation.line}  ${violation.rule}: ${violation.says}. ${violation.remedy}.`;
}
