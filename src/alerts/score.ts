/**
 * How findings of one subject become one number. One flag alone is not suspicion (FATF says so), so the
 * score rises with co-occurrence: findings count as independent doubts, 100·(1 − Π(1 − weight/100)) over the
 * distinct rules that stand. It is monotone: another rule never lowers it, a withdrawn one never raises it.
 */

/** Severities, the gravest first. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const;
/** How grave an alert is, from its score alone. */
export type Severity = (typeof SEVERITIES)[number];

/** Lowest score of each severity. Assumptions of this system, shown as such. */
const FLOORS: readonly (readonly [Severity, number])[] = [['critical', 80], ['high', 55], ['medium', 30], ['low', 0]];

/** Score of the rules that stand, by their weights of 0 to 100; a rule counts once. */
export function scoreOf(weights: ReadonlyMap<string, number>): number {
  let doubt = 1;
  for (const weight of weights.values()) doubt *= 1 - Math.min(Math.max(weight, 0), 100) / 100;
  return Math.round((1 - doubt) * 1000) / 10;
}

/** Severity of a score. */
export function severityOf(score: number): Severity {
  return FLOORS.find(([, floor]) => score >= floor)?.[0] ?? 'low';
}
