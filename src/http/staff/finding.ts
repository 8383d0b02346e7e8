/**
 * A finding of the monitor as the contract explains it: measures with value, threshold and margin, what each
 * firm saw alone, the smallest change that clears it, in both languages. Only words are added here; every
 * number is the monitor's.
 */

import { z } from 'zod';
import type { FindingListed } from '../../alerts/index.ts';
import type { Answer } from '../../contract/console.ts';
import { MEASURE_NAMES, RULES, measuresOf, type RuleTerm } from '../../monitor/index.ts';
import { conditionWords } from '../../monitor/language/index.ts';
import { assert, instantOf } from '../../terms/index.ts';
import type { Directory } from './directory.ts';

type Alert = Answer<'alert'>;
type Finding = Alert['findings'][number];
type Quantity = Finding['measures'][number]['value'];
export type Worded = Finding['clearing'] & object;

const unit = z.enum(['count', 'paisa', 'duration', 'ratio']);
const bodySchema = z.object({
  firms: z.array(z.number()),
  measures: z.array(z.object({
    code: z.string(), unit, value: z.number(), comparison: z.enum(['at-least', 'at-most', 'present']), threshold: z.number().nullable(), margin: z.number().nullable(),
    status: z.enum(['prescribed', 'decided', 'draft', 'unset', 'assumption']).nullable(), clause: z.string(),
  })),
  smallestChange: z.object({ code: z.string(), unit, change: z.number() }).nullable(),
  seenAlone: z.array(z.object({ firm: z.number(), values: z.array(z.number()), fires: z.boolean() })),
  listed: z.object({ list: z.string(), entry: z.string(), version: z.string() }).nullable(),
});
/** Body of a monitor's finding. */
export type FindingBody = z.infer<typeof bodySchema>;

/** Parses the body that the monitor stored. */
export function bodyOfFinding(row: FindingListed): FindingBody {
  return bodySchema.parse(row.body);
}

/** The rule of a finding, in the version that found it. */
export function ruleOf(id: string, version?: number): RuleTerm {
  const rule = RULES.filter((each) => each.id === id && (version === undefined || each.version === version)).at(-1);
  assert(rule !== undefined, `rule ${id} is in the table`);
  return rule;
}

/** Is this the name of a rule of the table? */
export function isRule(id: string): boolean {
  return RULES.some((each) => each.id === id);
}

/** Name of a measure on screens: digits are Latin in both languages. */
export function measureName(code: string): Worded {
  const name = MEASURE_NAMES[code] ?? { en: code, ur: code };
  return { en: name.en, ur: latinDigits(name.ur) };
}

/** The digits of Urdu (U+06F0 to U+06F9) as Latin ones. */
function latinDigits(text: string): string {
  return text.replaceAll(/[\u06F0-\u06F9]/g, (digit) => String(digit.charCodeAt(0) - 0x06f0));
}

/** Latin text inside an Urdu sentence, isolated (UAX #9): a date or a path keeps its own order. */
const apart = (text: string): string => `\u2066${text}\u2069`;

/** Which entry of which list, in its version; `entry` is a place in the list's own file. */
export function listWords(listed: NonNullable<FindingBody['listed']>): Worded {
  const { list, version, entry } = listed;
  const name = list.toUpperCase();
  return { en: `${name} list of ${version}, entry ${entry}`, ur: `${apart(name)} کی فہرست ${apart(version)}، اندراج ${apart(entry)}` };
}

/** A number of the engine as a quantity: paisa, microseconds, shares and counts. */
export function quantityOf(kind: z.infer<typeof unit>, value: number): Quantity {
  switch (kind) {
    case 'count':
      return { kind: 'count', value: Math.max(0, Math.round(value)) };
    case 'paisa':
      return { kind: 'pkr', paisa: Math.round(value) };
    case 'duration':
      return { kind: 'duration', ms: Math.round(value / 1000) };
    case 'ratio':
      return { kind: 'ratio', value };
  }
}

/** A finding for the console. */
export function findingAnswer(row: FindingListed, alert: string, directory: Directory): Finding {
  const rule = ruleOf(row.rule, row.rule_version);
  const body = bodyOfFinding(row);
  const law = lawOf(row, rule, body, directory);
  return {
    id: row.id,
    rule: { id: rule.id, version: rule.version, title: rule.title, indicator: rule.indicator, clause: law?.clause ?? { en: rule.clause, ur: rule.clause }, text: ruleText(rule, body) },
    state: row.state === 'corrected' ? 'settled' : row.state, points: row.weight, decidedAt: instantOf(row.raised_at),
    settledAt: row.state === 'settled' || row.state === 'corrected' ? instantOf(row.changed_at) : null, window: windowOf(rule),
    measures: body.measures.map((measure) => ({
      name: measureName(measure.code), value: quantityOf(measure.unit, measure.value), threshold: measure.threshold === null ? null : quantityOf(measure.unit, measure.threshold),
      comparison: measure.comparison, margin: measure.margin === null ? null : marginOf(measure.unit, measure.margin),
      provenance: law ?? { status: measure.status ?? 'assumption', clause: measure.clause === '' ? null : { en: measure.clause, ur: measure.clause } }, evidence: { alert, finding: row.id },
    })),
    clearing: clearingOf(body), seenAlone: body.seenAlone.length < 2 ? [] : seenAlone(row, body, directory), entry: row.entry,
  };
}

/**
 * What the firm broke, where a finding is about the firm: the framework's permission of its stage at the event's instant,
 * or the cap as the finding cites it. Others stand on parameters of their own.
 */
function lawOf(row: FindingListed, rule: RuleTerm, body: FindingBody, directory: Directory): ReturnType<Directory['permitSource']> {
  if (rule.subject !== 'firm') return undefined;
  const [measure] = body.measures;
  if (measure === undefined || measure.clause === '' || measure.status === null) return directory.permitSource(row.firm, instantOf(row.event_at));
  return { status: measure.status, clause: { en: measure.clause, ur: measure.clause } };
}

function marginOf(kind: z.infer<typeof unit>, value: number): Finding['measures'][number]['margin'] {
  switch (kind) {
    case 'count':
      return { kind: 'count', value: Math.round(value) };
    case 'paisa':
      return { kind: 'pkr', paisa: Math.round(value) };
    case 'duration':
      return { kind: 'duration', ms: Math.round(value / 1000) };
    case 'ratio':
      return { kind: 'ratio', value };
  }
}

function clearingOf(body: FindingBody): Worded | null {
  const change = body.smallestChange;
  if (change === null) return null;
  const name = measureName(change.code);
  const size = sizeText(change.unit, Math.abs(change.change));
  return change.change < 0
    ? { en: `${size} less in "${name.en}" would have cleared it.`, ur: `"${name.ur}" میں ${size} کم ہوتا تو یہ قاعدہ لاگو نہ ہوتا۔` }
    : { en: `${size} more in "${name.en}" would have cleared it.`, ur: `"${name.ur}" میں ${size} زیادہ ہوتا تو یہ قاعدہ لاگو نہ ہوتا۔` };
}

function sizeText(kind: z.infer<typeof unit>, size: number): string {
  switch (kind) {
    case 'count':
      return String(Math.ceil(size));
    case 'paisa':
      return `PKR ${Math.ceil(size / 100).toLocaleString('en')}`;
    case 'duration':
      return `${Math.ceil(size / 60_000_000).toLocaleString('en')} min`;
    case 'ratio':
      return `${(size * 100).toFixed(1)} %`;
  }
}

function seenAlone(row: FindingListed, body: FindingBody, directory: Directory): Finding['seenAlone'] {
  const values = (numbers: readonly number[]) => body.measures.map((measure, i) => ({ value: numbers[i] === undefined ? null : quantityOf(measure.unit, numbers[i]), evidence: null }));
  const alone = body.seenAlone.map((seen) => ({
    firm: directory.byNumber(seen.firm)?.ref.code ?? row.firm, values: values(seen.values), fires: seen.fires,
    why: seen.fires ? { en: 'Yes, by itself', ur: 'جی ہاں، تنہا' } : { en: `No: ${shortOf(body, seen.values)}`, ur: 'نہیں، شرط پوری نہیں' },
  }));
  return [...alone, { firm: null, values: values(body.measures.map((measure) => measure.value)), fires: true, why: { en: 'Yes, all conditions', ur: 'جی ہاں، تمام شرائط' } }];
}

function shortOf(body: FindingBody, values: readonly number[]): string {
  const short = body.measures.filter((measure, i) => {
    const value = values[i] ?? 0;
    return measure.threshold !== null && (measure.comparison === 'at-most' ? value > measure.threshold : value < measure.threshold);
  });
  return short.length === 0 ? 'quiet' : `${short.length} of ${body.measures.length} not met`;
}

/** The rule in words, made from its tree, with the thresholds that judged this finding; of a cap its measures alone. */
function ruleText(rule: RuleTerm, body: FindingBody): Worded {
  const measures = measuresOf(rule);
  if (rule.on.any.length + rule.on.all.length > 0) {
    const judged = new Map(measures.flatMap(({ threshold, unit }, i) => {
      const value = body.measures[i]?.threshold;
      return threshold === '' || value === null || value === undefined ? [] : [[threshold, { value, unit: body.measures[i]?.unit ?? unit }] as const];
    }));
    const { en, ur } = conditionWords(rule.when, (name) => judged.get(name));
    return { en, ur };
  }
  const part = (language: 'en' | 'ur') => measures.map((measure) => {
    const name = measureName(measure.code)[language];
    if (measure.comparison === 'present') return name;
    return language === 'en' ? `${name} is at ${measure.comparison === 'at-most' ? 'most' : 'least'} ${measure.threshold}` : `${name}: ${measure.comparison === 'at-most' ? 'زیادہ سے زیادہ' : 'کم از کم'} ${measure.threshold}`;
  }).join(language === 'en' ? ', and ' : ' اور ');
  return { en: part('en'), ur: part('ur') };
}

function windowOf(rule: RuleTerm): Worded {
  const windows = measuresOf(rule).flatMap((measure) => measure.windows);
  const all = [...new Set(windows)];
  return all.length === 0 ? { en: 'this event alone', ur: 'صرف یہ واقعہ' } : { en: all.map((one) => windowWords(one).en).join(', '), ur: all.map((one) => windowWords(one).ur).join('، ') };
}

const SPANS: Readonly<Record<string, Worded>> = { h: { en: 'h', ur: 'گھنٹے' }, d: { en: 'd', ur: 'دن' }, m: { en: 'min', ur: 'منٹ' } };

/** `24h` as `exactly 24 h`; a window whose unit has no words stays as the table writes it. */
function windowWords(window: string): Worded {
  const [, size = '', unit = ''] = /^(\d+)([a-z]+)$/.exec(window) ?? [];
  const words = SPANS[unit];
  return words === undefined ? { en: window, ur: window } : { en: `${size} ${words.en}`, ur: `${size} ${words.ur}` };
}
