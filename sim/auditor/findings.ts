/**
 * Which findings must stand once everything is settled, from the events alone. A finding is named by its rule,
 * the event that it is about and the person; that is enough to compare with what the house says.
 */

import { actsOf, type Act } from './acts.ts';
import type { AuditFacts, TakenEvent } from './facts.ts';
import { AUDIT_RULES } from './rules.ts';

/** A finding by what it is about. */
export interface AuditFinding {
  readonly rule: string;
  readonly firm: string;
  readonly event: string;
  /** By the auditor's own name of the person. */
  readonly person: string;
}

/** What must stand. `ties`: acts whose order nobody can tell; with any, the comparison may be off by them. */
export interface Expected {
  readonly findings: readonly AuditFinding[];
  readonly people: number;
  readonly acts: number;
  readonly ties: number;
}

interface Said {
  readonly at: number;
  readonly primary: number;
}

/** Computes every finding again. */
export function expectedFindings(taken: readonly TakenEvent[], facts: AuditFacts): Expected {
  const { byPerson, ties } = actsOf(taken, facts);
  const value = (name: string): number => {
    const found = facts.parameters[name];
    if (found === undefined) throw new Error(`the auditor was not told ${name}`);
    return found;
  };
  const findings: AuditFinding[] = [];
  let acts = 0;
  for (const own of byPerson.values()) {
    acts += own.length;
    findings.push(...judgePerson(own, value));
  }
  return { findings, people: byPerson.size, acts, ties };
}

function judgePerson(acts: readonly Act[], value: (name: string) => number): AuditFinding[] {
  const findings: AuditFinding[] = [];
  const said = new Map<string, Said>();
  const knownSince = Math.min(...acts.filter((act) => act.way === 'onboard').map((act) => act.since));
  for (const [i, act] of acts.entries()) {
    if (act.way === 'onboard') continue;
    const past = acts.slice(0, i + 1);
    for (const rule of AUDIT_RULES) {
      const primary = rule.holds({ act, past, knownSince, value });
      if (primary === undefined) continue;
      const subject = rule.perFirm ? `${rule.id}/${act.firm}` : rule.id;
      const last = said.get(subject);
      const quiet = rule.quiet === '' ? 0 : value(rule.quiet);
      if (last !== undefined && act.at - last.at < quiet && primary < 2 * last.primary) continue;
      said.set(subject, { at: act.at, primary });
      findings.push({ rule: rule.id, firm: act.firm, event: act.id, person: act.person });
    }
  }
  return findings;
}

/** How two sets of findings differ; empty when they are the same. */
export function compareFindings(expected: readonly AuditFinding[], found: readonly AuditFinding[]): { readonly missing: readonly string[]; readonly unfounded: readonly string[] } {
  const nameOf = (one: AuditFinding): string => `${one.rule} ${one.firm}/${one.event} ${one.person}`;
  const [mine, theirs] = [new Set(expected.map(nameOf)), new Set(found.map(nameOf))];
  return { missing: [...mine].filter((name) => !theirs.has(name)).sort(), unfounded: [...theirs].filter((name) => !mine.has(name)).sort() };
}
