import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import type { PackCode } from './fault.ts';
import { loadPack } from './index.ts';
import { PACK_FILES } from './schema.ts';
import { bent, lineOf, pakistan, type Bend } from './testing.ts';

/** A block of its own for a parameter that the pack has already, in force from another day on. */
const laterSkew = (from: string, to = ''): Bend => ({
  file: 'parameters.yaml',
  to: `
- parameter: clock.skew
  title:
    en: Skew
    ur: فرق
  use: house
  unit: duration
  value: 4 min
  status: assumption
  instrument: nigran-assumptions
  version: "2026-11-24"
  section: A-4
  effectiveFrom: "${from}"
${to === '' ? '' : `  effectiveTo: "${to}"\n`}  note: A later value.
`,
});
const endSkew = (day: string): Bend => ({ file: 'parameters.yaml', from: 'effectiveFrom: "2025-12-02"', to: `effectiveFrom: "2025-12-02"\n  effectiveTo: "${day}"` });

const refused: readonly (readonly [what: string, code: PackCode, bends: readonly Bend[], file?: string, line?: number])[] = [
  ['steps forward that lead in a circle', 'PACK_CYCLE', [{ file: 'steps.yaml', from: 'way: sanction', to: 'way: forward' }, { file: 'steps.yaml', from: /(from: r-revoked\n {2}to: e0-unauthorised\n {2}event: close\n {2}way: )end/, to: 'from: r-revoked\n  to: e0-unauthorised\n  event: close\n  way: forward' }]],
  ['a stage that steps forward to itself', 'PACK_CYCLE', [{ file: 'steps.yaml', from: 'way: vary', to: 'way: forward' }]],
  ['a key that is not part of the form', 'PACK_KEY_UNKNOWN', [{ file: 'lists.yaml', from: '  force: freeze', to: '  force: freeze\n  colour: red' }], 'lists.yaml', lineOf('lists.yaml', 'force: freeze') + 1],
  ['a section that its instrument does not declare', 'PACK_SECTION_UNDECLARED', [{ file: 'retention.yaml', from: 'section: s.7(4)', to: 'section: s.9(9)' }], 'retention.yaml', lineOf('retention.yaml', 'section: s.7(4)')],
  ['a value without an instrument', 'PACK_SOURCE_MISSING', [{ file: 'retention.yaml', from: '  instrument: amla-2010\n', to: '' }], 'retention.yaml', lineOf('retention.yaml', '- record: suspicion-report')],
  ['a value without a section', 'PACK_SOURCE_MISSING', [{ file: 'retention.yaml', from: '  section: s.7(4)\n', to: '' }]],
  ['an instrument that is declared nowhere', 'PACK_NAME_UNKNOWN', [{ file: 'retention.yaml', from: 'instrument: amla-2010', to: 'instrument: amla-2011' }]],
  ['a value neither given nor marked unset', 'PACK_HOLE', [{ file: 'parameters.yaml', from: '  value: 5 min\n', to: '' }], 'parameters.yaml', lineOf('parameters.yaml', '- parameter: clock.skew')],
  ['a parameter that the pack is silent about', 'PACK_HOLE', [{ file: 'parameters.yaml', from: /- parameter: clock\.skew[\s\S]*?\n\n/, to: '' }]],
  ['a stage whose services the pack is silent about', 'PACK_HOLE', [{ file: 'permissions.yaml', from: /- stage: t-transitional[\s\S]*?\n\n/, to: '' }], 'stages.yaml', lineOf('stages.yaml', '- stage: t-transitional')],
  ['a listed permission without services', 'PACK_HOLE', [{ file: 'permissions.yaml', from: /scope: listed\n {2}services:\n( {4}- .*\n)+/, to: 'scope: listed\n' }]],
  ['a number beside unset', 'PACK_VALUE_WITH_UNSET', [{ file: 'limits.yaml', from: 'status: unset', to: 'value: 500\n  status: unset' }]],
  ['two values of one name on the same day', 'PACK_PERIOD_OVERLAP', [laterSkew('2026-06-01')]],
  ['two values of one name, the first ending too late', 'PACK_PERIOD_OVERLAP', [endSkew('2026-06-02'), laterSkew('2026-06-01')]],
  ['days between two values of one name', 'PACK_PERIOD_GAP', [endSkew('2026-05-31'), laterSkew('2026-06-01')]],
  ['days after the last value of a name', 'PACK_PERIOD_GAP', [endSkew('2026-05-31')]],
  ['days before the first value of a name', 'PACK_PERIOD_GAP', [{ file: 'parameters.yaml', from: 'effectiveFrom: "2025-12-02"', to: 'effectiveFrom: "2025-12-03"' }]],
  ['a period that ends before it begins', 'PACK_PERIOD_EMPTY', [endSkew('2026-06-01'), laterSkew('2026-06-01', '2026-06-01')]],
  ['a key that stands twice', 'PACK_KEY_TWICE', [{ file: 'limits.yaml', from: '  bound: ceiling', to: '  bound: ceiling\n  bound: ceiling' }], 'limits.yaml', lineOf('limits.yaml', 'bound: ceiling') + 1],
  ['a parameter in another unit', 'PACK_UNIT_WRONG', [{ file: 'parameters.yaml', from: 'unit: duration\n  value: 5 min', to: 'unit: count\n  value: 5' }]],
  ['money in another currency', 'PACK_UNIT_WRONG', [{ file: 'parameters.yaml', from: 'PKR 2,000,000', to: 'USD 2,000,000' }], 'parameters.yaml', lineOf('parameters.yaml', 'PKR 2,000,000')],
  ['money as a bare number', 'PACK_UNIT_WRONG', [{ file: 'parameters.yaml', from: 'PKR 2,000,000', to: '2000000' }]],
  ['a duration without its unit', 'PACK_UNIT_WRONG', [{ file: 'parameters.yaml', from: 'value: 5 min', to: 'value: 300' }]],
  ['a duration where money is measured', 'PACK_UNIT_WRONG', [{ file: 'limits.yaml', from: 'unit: money', to: 'unit: duration' }]],
  ['a choice that is none of the words', 'PACK_FIELD_INVALID', [{ file: 'parameters.yaml', from: 'value: cash', to: 'value: cheque' }]],
  ['an assumption dressed as law', 'PACK_STATUS_WRONG', [{ file: 'lists.yaml', from: 'status: assumption', to: 'status: prescribed' }]],
  ['law passed off as an assumption', 'PACK_STATUS_WRONG', [{ file: 'retention.yaml', from: 'status: prescribed', to: 'status: assumption' }]],
  ['a value that our own list leaves unset', 'PACK_STATUS_WRONG', [{ file: 'parameters.yaml', from: 'value: 5 min\n  status: assumption', to: 'status: unset' }]],
  ['a draft dressed as law', 'PACK_STATUS_WRONG', [{ file: 'parameters.yaml', from: 'status: draft', to: 'status: prescribed' }]],
  ['law before its instrument was in force', 'PACK_STATUS_WRONG', [{ file: 'services.yaml', from: 'effectiveFrom: "2026-03-07"', to: 'effectiveFrom: "2026-03-06"' }]],
  ['law that outlives its instrument', 'PACK_STATUS_WRONG', [{ file: 'permissions.yaml', from: '  effectiveTo: "2026-03-07"\n', to: '' }]],
  ['a step to a stage that is declared nowhere', 'PACK_NAME_UNKNOWN', [{ file: 'steps.yaml', from: 'to: e1-engagement', to: 'to: e9-nowhere' }]],
  ['a step after an event that does not lead there', 'PACK_NAME_UNKNOWN', [{ file: 'steps.yaml', from: 'after: freeze', to: 'after: thaw' }]],
  ['a parameter that nothing reads', 'PACK_NAME_UNKNOWN', [{ file: 'parameters.yaml', from: 'parameter: clock.skew', to: 'parameter: clock.skewed' }]],
  ['a service that the Act does not have', 'PACK_FIELD_INVALID', [{ file: 'services.yaml', from: 'service: advisory', to: 'service: astrology' }]],
  ['a stage that no step leads to', 'PACK_STAGE_UNREACHABLE', [{ file: 'steps.yaml', from: /- from: s3-sandbox-test\n {2}to: s4-sandbox-completion/, to: '- from: s3-sandbox-test\n  to: e0-unauthorised' }], 'stages.yaml', lineOf('stages.yaml', 'stage: s4-sandbox-completion')],
  ['a stage declared twice', 'PACK_NAME_TWICE', [{ file: 'stages.yaml', from: 'stage: l2-licensed', to: 'stage: l1-limited-licence' }]],
  ['an alias', 'PACK_INHERITS', [{ file: 'retention.yaml', from: 'value: 10', to: 'value: &ten 10' }]],
  ['brackets', 'PACK_STYLE', [{ file: 'flags.yaml', from: /stages:\n( {4}- .*\n)+/, to: 'stages: [e4-aml-registered]\n' }]],
  ['a tag', 'PACK_STYLE', [{ file: 'retention.yaml', from: 'value: 10', to: 'value: !!int 10' }]],
  ['a second document', 'PACK_STYLE', [{ file: 'retention.yaml', to: '\n---\n- record: other\n' }]],
  ['YAML that does not parse', 'PACK_YAML', [{ file: 'retention.yaml', from: '  unit: years', to: ' unit years\n\tx' }]],
  ['a version that YAML reads as a number', 'PACK_FIELD_INVALID', [{ file: 'permissions.yaml', from: 'version: "1.0"', to: 'version: 1.0' }]],
  ['a day that does not exist', 'PACK_FIELD_INVALID', [{ file: 'lists.yaml', from: '"2025-12-02"', to: '"2025-02-30"' }]],
  ['a text in one language', 'PACK_KEY_MISSING', [{ file: 'lists.yaml', from: /\n {4}ur: .*/, to: '' }]],
];

for (const [what, code, bends, file, line] of refused) {
  test(`a pack does not start with ${what}`, () => {
    const { errors } = bent(...bends);
    const found = errors.find((fault) => fault.code === code);
    ok(found !== undefined, `found instead: ${JSON.stringify(errors)}`);
    strictEqual(found.file, file ?? found.file);
    strictEqual(found.line, line ?? found.line);
    ok(found.line >= 1 && found.remedy.length > 10);
  });
}

test('every file that is missing is named', () => {
  const loaded = loadPack('nowhere', () => undefined);
  const [started, errors] = [loaded.ok, loaded.ok ? [] : loaded.errors];
  strictEqual(started, false);
  deepStrictEqual([...new Set(errors.map((fault) => fault.code))], ['PACK_FILE_MISSING']);
  strictEqual(errors.length, Object.keys(PACK_FILES).length);
});

test('one run names the faults of form of every file', () => {
  const { errors } = bent({ file: 'lists.yaml', from: 'force: freeze', to: 'force: burn' }, { file: 'flags.yaml', from: 'flag: cash-or-fiat', to: 'flog: cash-or-fiat' });
  deepStrictEqual(errors.map((fault) => `${fault.file} ${fault.code}`), ['flags.yaml PACK_KEY_MISSING', 'flags.yaml PACK_KEY_UNKNOWN', 'lists.yaml PACK_FIELD_INVALID']);
});

test('a value that ends on the day its successor begins is no fault', () => {
  const { errors, framework } = bent(endSkew('2026-06-01'), laterSkew('2026-06-01'));
  deepStrictEqual(errors, []);
  strictEqual(framework?.parameters.get('clock.skew')?.length, 2);
});

test('steps that restore, sanction or end may lead back', () => {
  const steps = pakistan().steps;
  ok(steps.some((step) => step.way === 'restore') && steps.some((step) => step.fromStage === 'r-revoked' && step.toStage === 'e0-unauthorised'));
});

test('a pack made to exhaust the reader is refused in bounded time', () => {
  const bombs: Bend[] = [
    { file: 'flags.yaml', to: `\n- flag: x\n  title: ${'['.repeat(50_000)}\n` },
    { file: 'flags.yaml', to: Array.from({ length: 3_000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n') },
    { file: 'flags.yaml', to: '#'.repeat(2_100_000) },
    { file: 'flags.yaml', to: `\n- flag: &a x\n  title: *a\n${'  k: *a\n'.repeat(1_000)}` },
  ];
  for (const bomb of bombs) ok(bent(bomb).errors.length > 0);
});
