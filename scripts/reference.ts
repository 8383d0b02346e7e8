/**
 * Writes the reference pages of `docs/reference/` from the code that they describe, so that a page
 * can never say other than what runs: rejections, events, kinds of ledger entries, rules, the framework; and the index of
 * decisions from its pages. A test compares page and code; `node scripts/reference.ts` writes the
 * pages anew. Pages are written whole, never edited by hand. The hashes of published forms are kept
 * beside them: the script adds new ones and never changes one.
 */

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { EVENT_VERSION, eventSchema } from '../src/contract/index.ts';
import { loadPack, packJsonSchema } from '../src/framework/index.ts';
import { ENTRY_KINDS, REJECTIONS, canonicalJson, type Json, type RejectionScope } from '../src/terms/index.ts';
import { indicatorsPage } from './reference-indicators.ts';
import { page, table } from './reference-page.ts';
import { frameworkPage, packNames, rulesPage } from './reference-policy.ts';

const ROOT = join(import.meta.dirname, '..');
/** The pack that the demo runs under has the short name. */
const DEMO_PACK = 'pk-pvara-2026';

/** Every generated page: its text by its path from the root of the clone. */
export function referencePages(): Map<string, string> {
  return new Map([
    ['docs/reference/rejections.md', rejectionsPage()],
    ['docs/reference/events.md', eventsPage()],
    ['docs/reference/entry-kinds.md', entryKindsPage()],
    ['docs/reference/rules.md', rulesPage()],
    ['docs/reference/indicators.md', indicatorsPage()],
    ...packNames().map((pack): [string, string] => [pack === DEMO_PACK ? 'docs/reference/framework.md' : `docs/reference/framework-${pack}.md`, frameworkPage(pack)]),
    ['docs/decisions/README.md', decisionsPage()],
    ['frameworks/schema.json', packJsonSchema()],
  ]);
}

/** Where the hash of every published form stands. */
export const FROZEN = 'docs/reference/frozen.json';

/**
 * The SHA-256 of every form that is published under a version: each kind of ledger entry, the event, and the
 * content of each framework pack. A form never changes; the next version stands beside it.
 */
export function publishedForms(): Map<string, string> {
  const hash = (schema: z.ZodType, io: 'input' | 'output'): string => {
    // What a field means may be said better; what it may hold is the form.
    const plain: Json = JSON.parse(JSON.stringify(z.toJSONSchema(schema, { io }), (key, value: unknown) => (key === 'description' && typeof value === 'string' ? undefined : value)));
    return createHash('sha256').update(canonicalJson(plain)).digest('hex');
  };
  const kinds = Object.values(ENTRY_KINDS).map((term): [string, string] => [`entry ${term.kind} ${term.version}`, hash(term.body, 'output')]);
  return new Map([...kinds, [`event ${EVENT_VERSION}`, hash(eventSchema, 'input')], ...packHashes()]);
}

function packHashes(): [string, string][] {
  return packNames().map((folder) => {
    const loaded = loadPack(join(ROOT, 'frameworks', folder), (path) => readFileSync(path, 'utf8'));
    if (!loaded.ok) throw new Error(`the pack ${folder} has faults: nigran framework check frameworks/${folder}`);
    return [`framework ${loaded.framework.id} revision ${loaded.framework.revision}`, loaded.framework.hash];
  });
}

/** Reads the hashes that were frozen. */
export function frozenForms(): Map<string, string> {
  return new Map(Object.entries(z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(join(ROOT, FROZEN), 'utf8')))));
}

const SCOPES: Readonly<Record<RejectionScope, string>> = {
  record: 'One event of a filing. The others of the filing are taken; the status is what the event would have had alone.',
  request: 'The whole request. Nothing of it was kept.',
  decision: 'An officer\'s act. Nothing was decided.',
  query: 'One person or firm to be screened. The other lines are answered.',
  pack: 'A place in a framework pack. The pack does not start; `nigran framework check` names file and line.',
};

function rejectionsPage(): string {
  const sections = Object.entries(SCOPES).flatMap(([scope, about]) => [
    `## ${scope}`, '', about, '',
    ...table(['code', 'status', 'meaning', 'remedy'], Object.entries(REJECTIONS).filter(([, term]) => term.scope === scope)
      .map(([code, term]) => [`\`${code}\``, String(term.status), term.meaning, term.remedy])), '',
  ]);
  return page('Rejections', 'src/terms/rejection.ts', [
    'Every refusal of a door carries one of these codes. A code is stable for ever. `detail` names a place in what was sent, never a value.',
    'What cannot be read or trusted is rejected. What was read and ought not to have happened is taken, and becomes a finding.', '', ...sections,
  ]);
}

function eventsPage(): string {
  const kinds = kindSchemas();
  const first = kinds[0]?.fields ?? [];
  const everywhere = first.filter((field) => field.name !== 'kind' && kinds.every((kind) => kind.fields.some((other) => same(field, other))));
  const sections = kinds.flatMap(({ kind, fields }) => [
    `## ${kind}`, '', ...fieldTable(fields.filter((field) => field.name !== 'kind' && !everywhere.some((other) => same(field, other)))), '',
  ]);
  return page('Events, version 1', 'src/contract/event.ts', [
    'What a firm reports. Objects are strict: a field that is not here is rejected by name. The same schema is served as JSON Schema inside `/v1/openapi.json`.', '',
    '## Every event', '', 'Besides `kind`, which names one of the sections below:', '', ...fieldTable(everywhere), '', ...sections,
  ]);
}

function entryKindsPage(): string {
  const sections = Object.values(ENTRY_KINDS).flatMap((term) => [
    `## ${term.kind}`, '', openingOf(`src/terms/entry/${term.kind}.ts`), '',
    `Version ${term.version}. Appended by \`${term.owner}\`; read by ${term.readers.map((room) => `\`${room}\``).join(', ') || 'nobody yet'}.${term.control ? ' A control entry: workers apply it before any batch of a later control epoch.' : ''}`, '',
    ...fieldTable(fieldsOf(z.toJSONSchema(term.body))), '',
  ]);
  return page('Kinds of ledger entries', 'src/terms/entry/', [
    'Each entry carries its kind and version, the actor, a second approver where one is needed, the legal basis, the instant of admission and this body.',
    'The house test refuses an entry that a room other than its owner appends.', '', ...sections,
  ]);
}

const DECISION_FORM = [
  'One page a decision, dated, with what was rejected. A decision is changed by a page with a better reason; the old page then says which one replaced it.', '',
  'The form of a page, called by its subject in kebab case:', '',
  '```markdown', '# The decision as a short sentence', '', '2026-11-24, in force.', '',
  '**Problem.** What had to be decided, for whom.', '', '**Decision.** What holds from now on, and where in the code.', '',
  '**Reason.** Why, with figures and how they were measured.', '', '**Rejected.** What else was considered, and why not.', '```', '',
];

function decisionsPage(): string {
  const folder = 'docs/decisions';
  const rows = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort().map((name) => {
    const text = readFileSync(join(ROOT, folder, name), 'utf8');
    return [/\b20\d\d-\d\d-\d\d\b/.exec(text)?.[0] ?? 'undated', `[${/^# (.+)$/m.exec(text)?.[1] ?? name}](${name})`];
  });
  return page('Decisions', 'docs/decisions/', [...DECISION_FORM, ...table(['date', 'decision'], rows)]);
}

interface Field {
  readonly name: string;
  /** `yes`, `no`, or the object that it must be there with. */
  readonly required: string;
  readonly form: string;
  readonly meaning: string;
}

function fieldTable(fields: readonly Field[]): string[] {
  if (fields.length === 0) return ['No further field.'];
  return table(['field', 'must be there', 'form', 'meaning'], fields.map((field) => [`\`${field.name}\``, field.required, field.form, field.meaning]));
}

type Schema = z.core.JSONSchema.JSONSchema;

function kindSchemas(): { kind: string; fields: Field[] }[] {
  const schema = z.toJSONSchema(eventSchema, { io: 'input' });
  return (schema.oneOf ?? []).map((each) => {
    const object = schemaOf(each);
    return { kind: String(schemaOf(object.properties?.['kind']).const), fields: fieldsOf(object) };
  });
}

/** The fields of an object schema; those of inner objects by their path. */
function fieldsOf(schema: Schema, prefix = '', outer?: string): Field[] {
  const fields: Field[] = [];
  for (const [key, value] of Object.entries(schema.properties ?? {})) {
    const field = schemaOf(value);
    const name = `${prefix}${key}`;
    const isRequired = (schema.required ?? []).includes(key);
    const required = !isRequired ? 'no' : outer === undefined ? 'yes' : `with \`${outer}\``;
    const inner = field.type === 'array' ? schemaOf(field.items) : field;
    fields.push({ name, required, form: formOf(field), meaning: field.description ?? inner.description ?? '' });
    if (inner.properties) fields.push(...fieldsOf(inner, `${name}${field.type === 'array' ? '[]' : ''}.`, isRequired && outer === undefined && field.type !== 'array' ? undefined : name));
  }
  return fields;
}

function formOf(schema: Schema): string {
  const bounds = limits(schema);
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((each) => `\`${String(each)}\``).join(', ');
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choices.map((each) => choiceOf(schemaOf(each))).join(' or ');
  if (schema.type === 'array') return `list of ${formOf(schemaOf(schema.items))}${bounds}`;
  const defaults = schema.default === undefined ? '' : `, else \`${JSON.stringify(schema.default)}\``;
  const type = typeof schema.type === 'string' ? schema.type : 'any value';
  return `${type === 'string' ? 'text' : type}${bounds}${defaults}`;
}

function choiceOf(schema: Schema): string {
  const kind = schema.properties?.['kind'];
  return kind === undefined ? formOf(schema) : `a whole \`${String(schemaOf(kind).const)}\``;
}

function limits(schema: Schema): string {
  const [least, most, unit] = schema.type === 'string' ? [schema.minLength, schema.maxLength, ' characters']
    : schema.type === 'array' ? [schema.minItems, schema.maxItems, '']
      : [schema.minimum, schema.maximum, ''];
  const bound = (value: number | undefined): string | undefined => (value === undefined || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value.toLocaleString('en'));
  const low = bound(least);
  const high = bound(most);
  if (low !== undefined && high !== undefined) return low === high ? `, ${low}${unit}` : `, ${low} to ${high}${unit}`;
  if (high !== undefined) return `, at most ${high}${unit}`;
  return low === undefined ? '' : `, at least ${low}${unit}`;
}

function schemaOf(schema: unknown): Schema {
  return isSchema(schema) ? schema : {};
}

function isSchema(schema: unknown): schema is Schema {
  return typeof schema === 'object' && schema !== null && !Array.isArray(schema);
}

function same(a: Field, b: Field): boolean {
  return a.name === b.name && a.required === b.required && a.form === b.form && a.meaning === b.meaning;
}

/** The paragraph that opens a file. */
function openingOf(path: string): string {
  const comment = /^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(ROOT, path), 'utf8'))?.[1] ?? '';
  return comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '')).join(' ').trim();
}

if (import.meta.main) {
  for (const [path, text] of referencePages()) writeFileSync(join(ROOT, path), text);
  // What is frozen stays as it was: only forms that were never published are added.
  const forms = new Map([...publishedForms(), ...frozenForms()]);
  writeFileSync(join(ROOT, FROZEN), `${JSON.stringify(Object.fromEntries([...forms].sort(([a], [b]) => (a < b ? -1 : 1))), null, 2)}\n`);
}
