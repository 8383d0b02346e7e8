/**
 * The pages of policy: the rules with their measures and thresholds, and the framework pack with the status
 * of each value. A value that the authority has not set is shown as unset, never as a number; a number that
 * the house works with meanwhile says that it is an assumption.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPack, type Framework, type Quantity } from '../src/framework/index.ts';
import { MEASURE_NAMES, RULES, type RuleTerm } from '../src/monitor/index.ts';
import { HOUR_US, MINUTE_US, formatKarachiDay, formatPaisa, karachiDay, DAY_US } from '../src/terms/index.ts';
import { page, table } from './reference-page.ts';

const ROOT = join(import.meta.dirname, '..');
const PACK = 'frameworks/pk-pvara-2026';

/** `docs/reference/rules.md`: every rule, its source, its thresholds and its innocent explanation. */
export function rulesPage(): string {
  const framework = openPack();
  return page('Rules', 'src/monitor/rules/table.ts', [
    'A rule fires when all its measures hold. One finding is not suspicion: findings add up to an alert\'s score by their weight, and each carries its innocent',
    `explanation. Thresholds are parameters of \`${PACK}/\`; a version that was in force never changes.`, '',
    ...table(['rule', 'source', 'weight', 'about', 'across firms'], RULES.map((rule) => [
      `[${rule.title.en}](#${rule.id})`, rule.indicator ?? 'the Act', String(rule.weight), rule.subject, rule.crossFirm ? 'yes' : 'no'])), '',
    ...RULES.flatMap((rule) => ruleSection(framework, rule)),
  ]);
}

function ruleSection(framework: Framework, rule: RuleTerm): string[] {
  const rows = rule.measures.map((measure) => {
    const parameter = measure.threshold === '' ? undefined : framework.parameters.get(measure.threshold)?.at(-1);
    const sign = measure.comparison === 'at-least' ? 'at least ' : measure.comparison === 'at-most' ? 'at most ' : 'is there';
    return [MEASURE_NAMES[measure.code]?.en ?? measure.code, `${sign}${parameter === undefined ? '' : valueText(parameter)}`, parameter?.status ?? '', measure.threshold === '' ? '' : `\`${measure.threshold}\``];
  });
  const quiet = rule.quiet === '' ? undefined : framework.parameters.get(rule.quiet)?.at(-1);
  return [
    `<a id="${rule.id}"></a>`, '', `## ${rule.title.en}`, '', `\`${rule.id}\` version ${rule.version}. ${rule.indicator === null ? '' : `${rule.indicator}: `}${rule.clause}.`, '',
    ...table(['measure', 'holds when', 'status', 'parameter'], rows), '',
    `Innocent explanation: ${rule.innocent.en}`, '',
    quiet === undefined ? 'It is never quiet.' : `After a finding it is quiet about the same ${rule.subject} for ${valueText(quiet)} (${quiet.status}), unless its first measure doubles.`, '',
  ];
}

/** `docs/reference/framework.md`: stages, limits and parameters, each with its status and clause. */
export function frameworkPage(): string {
  const framework = openPack();
  const stages = [...framework.stages.values()].map((stage) => {
    const now = stage.permissions.at(-1);
    return [`\`${stage.stage}\``, stage.title.en, stage.isLicence ? 'yes' : 'no', now?.scope === 'granted' ? 'those that its licence grants' : now?.services.join(', ') || 'none', stage.status, stage.clause.en];
  });
  const quantities = (dated: ReadonlyMap<string, readonly Quantity[]>): string[][] => [...dated.values()].flat().map((one) => [
    `\`${one.name}\``, one.title.en, valueText(one), one.status, one.clause.en, formatKarachiDay(karachiDay(one.from))]);
  const head = ['name', 'what', 'value', 'status', 'clause', 'from'];
  return page(framework.title.en, `${PACK}/`, [
    framework.evidence.en, '', 'Status: *prescribed* by an instrument in force; *draft*; *assumption* of the house, which shows as such and never makes a breach; *unset*: nobody has set it.', '',
    '## Stages', '', ...table(['stage', 'title', 'a licence', 'services allowed', 'status', 'clause'], stages), '',
    '## Limits', '', ...table(head, quantities(framework.limits)), '',
    '## Parameters', '', ...table(head, quantities(framework.parameters)), '',
    '## Retention', '', ...table(head, quantities(framework.retention)), '',
    '## Conflicts in the law', '', 'Shown wherever they matter, resolved by nobody here.', '',
    ...framework.flags.flatMap((flag) => [`**${flag.title.en}.** ${flag.text.en} (${flag.clauses.map((clause) => clause.en).join('; ')})`, '']),
  ]);
}

function openPack(): Framework {
  const loaded = loadPack(join(ROOT, PACK), (path) => {
    try {
      return readFileSync(path, 'utf8');
    } catch {
      return undefined;
    }
  });
  if (!loaded.ok) throw new Error(`${PACK} has faults: ${loaded.errors.map((fault) => `${fault.file}:${fault.line} ${fault.code}`).join(', ')}`);
  return loaded.framework;
}

function valueText(quantity: Quantity): string {
  if (quantity.value === undefined) return 'unset';
  const note = quantity.status === 'unset' ? ' (working default; unset by law)' : '';
  if (typeof quantity.value === 'string') return `${quantity.value}${note}`;
  switch (quantity.unit) {
    case 'money':
      return `PKR ${formatPaisa(quantity.value).replace(/\B(?=(\d{3})+(?!\d))/g, ',')}${note}`;
    case 'duration':
      return `${durationText(quantity.value)}${note}`;
    case 'ratio':
      return `${Number((quantity.value * 100).toFixed(2))}%${note}`;
    case 'years':
      return `${quantity.value} years${note}`;
    default:
      return `${quantity.value.toLocaleString('en')}${note}`;
  }
}

function durationText(microseconds: number): string {
  if (microseconds % DAY_US === 0) return `${microseconds / DAY_US} d`;
  return microseconds % HOUR_US === 0 ? `${microseconds / HOUR_US} h` : `${microseconds / MINUTE_US} min`;
}
