/**
 * The pages of policy: the rules with their measures and thresholds, and the framework pack with the status
 * of each value. A value that the authority has not set is shown as unset, never as a number; a number that
 * the house works with meanwhile says that it is an assumption.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explainPack, loadPack, ruleParametersAt, type Explained, type Framework } from '../src/framework/index.ts';
import { MEASURE_NAMES, RULES, measuresOf, type RuleTerm } from '../src/monitor/index.ts';
import { conditionWords, eventWords, printCondition } from '../src/monitor/language/index.ts';
import { page, table } from './reference-page.ts';

const ROOT = join(import.meta.dirname, '..');
const PACK = 'pk-pvara-2026';

/** `docs/reference/rules.md`: every rule, its source, its thresholds and its innocent explanation. */
export function rulesPage(): string {
  const framework = openPack(PACK);
  const events = RULES.filter((rule) => rule.on.any.length + rule.on.all.length > 0);
  return page('Rules', 'src/monitor/rules/table.ts', [
    'A rule fires when its condition holds. One finding is not suspicion: findings add up to an alert\'s score by their weight, and each carries its innocent',
    `explanation. Thresholds are parameters of \`frameworks/${PACK}/\`; a version that was in force never changes.`, '',
    ...table(['rule', 'source', 'weight', 'about', 'across firms'], events.map((rule) => [
      `[${rule.title.en}](#${anchorOf(rule)})`, rule.indicator ?? 'the Act', String(rule.weight), rule.subject, rule.crossFirm ? 'yes' : 'no'])), '',
    ...events.flatMap((rule) => ruleSection(framework, rule)),
    '## Caps', '', 'A cap that a firm passes is a finding too: by the framework\'s limit, or by the decision that set it, which the finding cites.', '',
    ...table(['cap', 'weight', 'innocent explanation'], RULES.filter((rule) => !events.includes(rule)).map((rule) => [rule.title.en, String(rule.weight), rule.innocent.en])), '',
  ]);
}

/** A rule's newest version has its plain name; an older one says which it is. */
const anchorOf = ({ id, version }: RuleTerm): string => (RULES.some((other) => other.id === id && other.version > version) ? `${id}-${version}` : id);

function ruleSection(framework: Framework, rule: RuleTerm): string[] {
  const rows = measuresOf(rule).map((measure) => {
    const parameter = measure.threshold === '' ? undefined : framework.parameters.get(measure.threshold)?.at(-1);
    const sign = measure.comparison === 'at-least' ? 'at least ' : measure.comparison === 'at-most' ? 'at most ' : 'is there';
    return [MEASURE_NAMES[measure.code]?.en ?? measure.code, `${sign}${parameter === undefined ? '' : valueText(framework, parameter.name)}`, parameter?.status ?? '', measure.threshold === '' ? '' : `\`${measure.threshold}\``];
  });
  const said = conditionWords(rule.when, (name) => valueIn(framework, name));
  const quiet = rule.quiet === '' ? undefined : framework.parameters.get(rule.quiet)?.at(-1);
  return [
    `<a id="${anchorOf(rule)}"></a>`, '', `## ${rule.title.en}`, '', `\`${rule.id}\` version ${rule.version}. ${rule.indicator === null ? '' : `${rule.indicator}: `}${rule.clause}.`, '',
    '```', printCondition(rule.when), '```', '', `It looks at ${eventWords(rule.on).en}, and fires when ${said.en}.`, '', `<div dir="rtl" lang="ur">${said.ur}</div>`, '',
    ...table(['measure', 'holds when', 'status', 'parameter'], rows), '',
    `Innocent explanation: ${rule.innocent.en}`, '',
    quiet === undefined ? 'It is never quiet.' : `After a finding it is quiet about the same ${rule.subject} for ${valueText(framework, quiet.name)} (${quiet.status}), unless its first measure doubles.`, '',
  ];
}

/** A parameter's value as the rules take it. */
function valueIn(framework: Framework, name: string): ReturnType<Parameters<typeof conditionWords>[1]> {
  return ruleParametersAt(framework, framework.effectiveFrom)[name];
}

/** Chapters of a pack's page: a title, a line about it, the kinds of item that it lists. */
const CHAPTERS: readonly (readonly [title: string, about: string, kinds: readonly Explained['kind'][]])[] = [
  ['Services', '', ['service']],
  ['Stages', 'What each lets a firm do, by date.', ['stage', 'permission']],
  ['Steps', 'How a firm gets from stage to stage. An event that no step answers is refused.', ['step']],
  ['Events', 'Steps move a firm; moments start, stop and end clocks, and meet gates.', ['event']],
  ['Gates', 'What must be met before a step.', ['gate', 'document', 'role', 'criterion']],
  ['Forms', '', ['form']],
  ['Conditions and limits', '', ['condition', 'limit']],
  ['Obligations', 'Late is a breach only where both the obligation and its clock are prescribed.', ['obligation']],
  ['Clocks', 'Days are counted from the day after the start.', ['clock']],
  ['Holidays', '', ['holiday']],
  ['Fees and capital', '', ['fee', 'capital']],
  ['Enforcement', '', ['rung', 'offence', 'warning']],
  ['Parameters', '', ['parameter']],
  ['Retention', '', ['retention']],
  ['Lists', '', ['list']],
];

/** A page of `docs/reference/`: everything that a pack holds, each with its status and clause. */
export function frameworkPage(pack: string): string {
  const framework = openPack(pack);
  const items = explainPack(framework);
  const chapters = CHAPTERS.flatMap(([title, about, kinds]) => {
    const rows = items.filter((one) => kinds.includes(one.kind)).map((one) => [
      `\`${one.id}\``, one.title.en, one.says, one.status, `${one.clause.en} (${one.evidence})`, one.to === undefined ? one.from : `${one.from} to ${one.to}`]);
    const body = rows.length === 0 ? ['None is declared.'] : table(['name', 'what', 'it says', 'status', 'clause', 'from'], rows);
    return [`## ${title}`, '', ...(about === '' ? [] : [about, '']), ...body, '', ...(title === 'Forms' ? formSections(framework) : [])];
  });
  return page(framework.title.en, `frameworks/${pack}/`, [
    framework.evidence.en, '', 'Status: *prescribed* by an instrument in force; *draft*; *assumption* of the house, which shows as such and never makes a breach; *unset*: nobody has set it.',
    'A clause is *quoted* (read where the instrument is quoted), *reported* by a secondary source, *recalled*, or *ours*.', '', ...chapters,
    '## Where lapsed clauses stand now', '', ...(framework.crosswalk.length === 0 ? ['None is declared.'] : table(['was', 'is', 'about'], framework.crosswalk.map((one) => [
      one.from.map((clause) => clause.en).join('; '), one.to.map((clause) => clause.en).join('; '), one.about.en]))), '',
    '## Conflicts in the law', '', 'Shown wherever they matter, resolved by nobody here.', '',
    ...framework.flags.flatMap((flag) => [`**${flag.title.en}.** ${flag.text.en} (${flag.clauses.map((clause) => clause.en).join('; ')})`, '']),
    ...(framework.flags.length === 0 ? ['None is known.'] : []),
  ]);
}

function formSections(framework: Framework): string[] {
  return [...framework.forms.values()].flat().flatMap((form) => [
    `### ${form.code}: ${form.title.en}`, '', ...table(['section', 'field', 'type', 'must be there', 'how it is known'], form.sections.flatMap((section) => section.fields.map((field) => [
      `${section.number} ${section.title.en}${section.repeats ? ' (repeats)' : ''}`, field.label.en, field.type, field.required ? 'yes' : 'no', field.evidence]))), '',
  ]);
}

/** Folders of `frameworks/` that hold a pack, in order. */
export function packNames(): string[] {
  return readdirSync(join(ROOT, 'frameworks'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
}

function openPack(pack: string): Framework {
  const folder = join(ROOT, 'frameworks', pack);
  const loaded = loadPack(folder, (path) => {
    try {
      return readFileSync(path);
    } catch {
      return undefined;
    }
  }, readdirSync(folder));
  if (!loaded.ok) throw new Error(`${pack} has faults: ${loaded.errors.map((fault) => `${fault.file}:${fault.line} ${fault.code}`).join(', ')}`);
  return loaded.framework;
}

/** What a parameter says as a value: its sentence ends there. */
function valueText(framework: Framework, name: string): string {
  return explainPack(framework, `parameter:${name}`).at(-1)?.says.split('. ')[0] ?? '';
}
