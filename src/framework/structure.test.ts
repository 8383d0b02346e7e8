import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { PackCode } from './fault.ts';
import { asItIs, bent, filesOf, load, type Bend } from './testing.ts';

const SOURCE = '  status: assumption\n  instrument: nigran-assumptions\n  version: "2026-11-24"\n  section: A-1\n  effectiveFrom: "2025-12-02"\n  note: Bent.\n';
const title = '  title:\n    en: Bent\n    ur: خم\n';
const add = (file: string, keys: string): Bend => ({ file, to: `\n${keys}${SOURCE}` });
const event = (name: string, more: string): Bend => add('events.yaml', `- event: ${name}\n${title}${more}`);
const gate = (name: string, more: string): Bend => add('gates.yaml', `- gate: ${name}\n${title}${more}`);
const askedFor = (name: string): Bend => ({ file: 'steps.yaml', from: '    - noc.forms\n', to: `    - noc.forms\n    - ${name}\n` });
const CLOCK = `- clock: bent\n${title}  start: apply-noc\n  length: 3 months\n  ends: overdue\n`;
const GATE_OF_FORMS = /(gate: noc\.forms[\s\S]*?)(\n {2}forms:\n( {4}- .*\n)+)/;

const refused: readonly (readonly [what: string, code: PackCode, bends: readonly Bend[], file?: string])[] = [
  ['an event that a stage neither takes nor refuses', 'PACK_TABLE_HOLE', [{ file: 'events.yaml', from: '    - e1-engagement\n', to: '' }], 'events.yaml'],
  ['an event that a stage both takes and refuses', 'PACK_TABLE_TWICE', [{ file: 'events.yaml', from: /(event: grant-noc[\s\S]*?closed:\n)/, to: 'event: grant-noc\n  title:\n    en: Certificate granted\n    ur: سرٹیفکیٹ جاری\n  kind: step\n  by: authority\n  closed:\n    - e2-noc-application\n' }], 'events.yaml'],
  ['a stage that no event speaks of', 'PACK_TABLE_HOLE', [add('stages.yaml', `- stage: e9-limbo\n${title}  means:\n    en: Limbo\n    ur: معلق\n  standing: none\n  initial: true\n  final: true\n`), add('permissions.yaml', '- stage: e9-limbo\n  scope: none\n')]],
  ['an event that leads nowhere', 'PACK_EVENT_NOWHERE', [event('teleport', '  kind: step\n  by: firm\n  closed:\n    - e0-unauthorised\n')], 'events.yaml'],
  ['a moment that nothing knows', 'PACK_EVENT_NOWHERE', [event('full-moon', '  kind: moment\n  by: outside\n')], 'events.yaml'],
  ['a moment that a stage refuses', 'PACK_FIELD_INVALID', [event('full-moon', '  kind: moment\n  by: outside\n  closed:\n    - e0-unauthorised\n')], 'events.yaml'],
  ['a step by a moment', 'PACK_NAME_UNKNOWN', [{ file: 'steps.yaml', from: 'event: register-aml', to: 'event: goaml-registered' }], 'steps.yaml'],
  ['an event by a clock that is not named', 'PACK_KEY_MISSING', [{ file: 'events.yaml', from: '  clock: s60-freeze\n', to: '' }], 'events.yaml'],
  ['a stage that nothing leads out of', 'PACK_STAGE_DEAD_END', [{ file: 'steps.yaml', from: /- from: r-revoked\n {2}to: e0-unauthorised/, to: '- from: r-revoked\n  to: r-revoked' }], 'stages.yaml'],
  ['a stage that is final and is left', 'PACK_STAGE_DEAD_END', [{ file: 'stages.yaml', from: '  final: false', to: '  final: true' }], 'stages.yaml'],
  ['a circle that calls itself a return', 'PACK_WAY_WRONG', [{ file: 'steps.yaml', to: `\n- from: e3-noc-granted\n  to: e2-noc-application\n  event: apply-noc\n  way: restore\n  second: false\n  reasons: firm\n${SOURCE}` }], 'steps.yaml'],
  ['a circle that calls itself an end', 'PACK_WAY_WRONG', [{ file: 'steps.yaml', to: `\n- from: e3-noc-granted\n  to: e2-noc-application\n  event: apply-noc\n  way: end\n  second: false\n  reasons: firm\n${SOURCE}` }], 'steps.yaml'],
  ['a variation that leaves its stage', 'PACK_WAY_WRONG', [{ file: 'steps.yaml', from: 'way: forward', to: 'way: vary' }], 'steps.yaml'],
  ['a sanction into a licence', 'PACK_WAY_WRONG', [{ file: 'steps.yaml', from: /(to: l2-licensed\n {2}event: grant-licence\n {2}way: )forward/, to: 'to: l2-licensed\n  event: grant-licence\n  way: sanction' }], 'steps.yaml'],
  ['an approval by a clock', 'PACK_WAY_WRONG', [{ file: 'events.yaml', from: /(event: grant-noc[\s\S]*?)by: authority/, to: 'event: grant-noc\n  title:\n    en: Certificate granted\n    ur: سرٹیفکیٹ جاری\n  kind: step\n  by: clock\n  clock: noc.decision' }], 'steps.yaml'],
  ['a step by a clock that waits for a second person', 'PACK_WAY_WRONG', [{ file: 'steps.yaml', from: /(event: freeze-expired\n {2}after: freeze\n {2}way: restore\n {2}second: )false/, to: 'event: freeze-expired\n  after: freeze\n  way: restore\n  second: true' }], 'steps.yaml'],
  ['a rhythm beside another', 'PACK_FIELD_INVALID', [{ file: 'obligations.yaml', from: 'repeats: each', to: 'repeats: each\n  workingRepeats: monthly' }], 'obligations.yaml'],
  ['a gate that nothing shows as met', 'PACK_GATE_UNMEETABLE', [{ file: 'gates.yaml', from: GATE_OF_FORMS, to: 'gate: noc.forms\n  title:\n    en: Application complete\n    ur: درخواست مکمل\n  shown: filed\n' }]],
  ['a gate that waits for itself', 'PACK_GATE_UNMEETABLE', [gate('egg', '  shown: recorded\n  moment: fee-paid\n  gates:\n    - hen\n'), gate('hen', '  shown: recorded\n  moment: fee-paid\n  gates:\n    - egg\n'), askedFor('egg')], 'gates.yaml'],
  ['a gate that waits for itself alone', 'PACK_GATE_UNMEETABLE', [gate('self', '  shown: recorded\n  moment: fee-paid\n  gates:\n    - self\n'), askedFor('self')], 'gates.yaml'],
  ['a gate that is met only in a later stage', 'PACK_GATE_UNMEETABLE', [{ file: 'gates.yaml', from: /(gate: noc\.fee[\s\S]*?stages:\n {4}- )e2-noc-application/, to: 'gate: noc.fee\n  title:\n    en: Fee\n    ur: فیس\n  shown: recorded\n  moment: fee-paid\n  stages:\n    - l2-licensed' }], 'steps.yaml'],
  ['a gate whose form can be filed only later', 'PACK_GATE_UNMEETABLE', [{ file: 'forms.yaml', from: '  stages:\n    - e2-noc-application\n', to: '  stages:\n    - l2-licensed\n' }], 'steps.yaml'],
  ['a gate that is recorded without a moment', 'PACK_GATE_UNMEETABLE', [{ file: 'gates.yaml', from: '  moment: fee-paid\n', to: '' }], 'gates.yaml'],
  ['a gate that asks for a form that is declared nowhere', 'PACK_NAME_UNKNOWN', [{ file: 'gates.yaml', from: '    - a1\n', to: '    - z9\n' }], 'gates.yaml'],
  ['a gate that no step asks for', 'PACK_EVENT_NOWHERE', [gate('idle', '  shown: recorded\n  moment: fee-paid\n')], 'gates.yaml'],
  ['a gate that ends before the step that asks for it', 'PACK_PERIOD_OUTSIDE', [{ file: 'gates.yaml', from: 'effectiveFrom: "2025-12-02"', to: 'effectiveFrom: "2025-12-02"\n  effectiveTo: "2026-01-01"' }], 'steps.yaml'],
  ['a step into a stage before that stage is law', 'PACK_PERIOD_OUTSIDE', [{ file: 'steps.yaml', from: /(to: q-suspended[\s\S]*?effectiveFrom: )"2026-03-07"/, to: 'to: q-suspended\n  event: suspend\n  way: sanction\n  second: true\n  reasons: firm\n  status: assumption\n  instrument: nigran-assumptions\n  version: "2026-11-24"\n  section: A-3\n  effectiveFrom: "2025-12-02"' }], 'steps.yaml'],
  ['a clock without a start', 'PACK_CLOCK_NO_START', [{ file: 'clocks.yaml', from: '  start: assessment-complete\n', to: '' }], 'clocks.yaml'],
  ['a clock that starts by an event that is declared nowhere', 'PACK_CLOCK_NO_START', [{ file: 'clocks.yaml', from: 'start: assessment-complete', to: 'start: assessment-finished' }], 'clocks.yaml'],
  ['a clock that starts by its own end', 'PACK_CLOCK_NO_START', [{ file: 'clocks.yaml', from: '  start: freeze\n', to: '  start: freeze-expired\n' }], 'clocks.yaml'],
  ['a clock with neither a length nor unset', 'PACK_HOLE', [{ file: 'clocks.yaml', from: '  length: "60 calendar days"\n', to: '' }], 'clocks.yaml'],
  ['a clock in days of no kind', 'PACK_UNIT_WRONG', [{ file: 'clocks.yaml', from: '"60 calendar days"', to: '"60 days"' }], 'clocks.yaml'],
  ['a length beside unset', 'PACK_VALUE_WITH_UNSET', [{ file: 'clocks.yaml', from: '  workingDefault: "3 months"', to: '  length: "3 months"' }], 'clocks.yaml'],
  ['a clock that ends in an event without naming it', 'PACK_KEY_MISSING', [{ file: 'clocks.yaml', from: 'ends: overdue', to: 'ends: event' }], 'clocks.yaml'],
  ['a clock that ends in an event that is not its own', 'PACK_FIELD_INVALID', [{ file: 'clocks.yaml', from: 'ends: overdue', to: 'ends: event\n  event: lapse' }], 'clocks.yaml'],
  ['a clock that is declared twice', 'PACK_NAME_TWICE', [add('clocks.yaml', CLOCK), add('clocks.yaml', CLOCK)], 'clocks.yaml'],
  ['a clock of which two lengths hold on one day', 'PACK_PERIOD_OVERLAP', [add('clocks.yaml', CLOCK), { file: 'clocks.yaml', to: `\n${CLOCK}${SOURCE.replace('2025-12-02', '2026-05-01')}` }], 'clocks.yaml'],
  ['a stop that lets the clock go on at once', 'PACK_FIELD_INVALID', [{ file: 'stops.yaml', from: 'resume: query-answered', to: 'resume: query-sent' }], 'stops.yaml'],
  ['an obligation whose clock is declared nowhere', 'PACK_NAME_UNKNOWN', [{ file: 'obligations.yaml', from: 'clock: ctr', to: 'clock: ctrr' }], 'obligations.yaml'],
  ['an obligation of firms on no stage', 'PACK_HOLE', [{ file: 'obligations.yaml', from: /( {2}stages:\n( {4}- .*\n)+)/, to: '' }], 'obligations.yaml'],
  ['an obligation that a form discharges, and no form is named', 'PACK_KEY_MISSING', [{ file: 'obligations.yaml', from: '  form: a7\n', to: '' }], 'obligations.yaml'],
  ['an obligation that is unset', 'PACK_STATUS_WRONG', [{ file: 'obligations.yaml', from: 'status: assumption', to: 'status: unset' }], 'obligations.yaml'],
  ['a structure that is unset', 'PACK_HOLE', [{ file: 'obligations.yaml', from: 'status: prescribed', to: 'status: unset' }], 'obligations.yaml'],
  ['a form that nothing asks for', 'PACK_EVENT_NOWHERE', [{ file: 'forms.yaml', from: '  obligation: key-individual-change\n', to: '' }], 'forms.yaml'],
  ['a form that says it serves a gate which does not ask for it', 'PACK_FIELD_INVALID', [{ file: 'forms.yaml', from: '  obligation: key-individual-change\n', to: '  obligation: key-individual-change\n  serves:\n    - noc.fee\n' }], 'forms.yaml'],
  ['a choice without choices', 'PACK_KEY_MISSING', [{ file: 'forms.yaml', from: 'type: country', to: 'type: choice' }], 'forms.yaml'],
  ['a field that stands twice in its section', 'PACK_NAME_TWICE', [{ file: 'forms.yaml', from: 'field: trading-name', to: 'field: legal-name' }], 'forms.yaml'],
  ['a field of a type that no form knows', 'PACK_FIELD_INVALID', [{ file: 'forms.yaml', from: 'type: country', to: 'type: hologram' }], 'forms.yaml'],
  ['a cap over a time without the time', 'PACK_KEY_MISSING', [{ file: 'limits.yaml', from: '  window: "30 d"\n', to: '' }], 'limits.yaml'],
  ['a time for what is counted as it stands', 'PACK_FIELD_INVALID', [{ file: 'limits.yaml', from: '  measure: customers\n', to: '  measure: customers\n  window: "30 d"\n' }], 'limits.yaml'],
  ['a fine in another currency', 'PACK_UNIT_WRONG', [{ file: 'ladder.yaml', from: 'PKR 25,000,000', to: 'USD 25,000,000' }], 'ladder.yaml'],
  ['an offence without a penalty', 'PACK_HOLE', [{ file: 'offences.yaml', from: /imprisonmentYears: 5\n {2}fine: .*\n/, to: '\n' }], 'offences.yaml'],
  ['a holiday that is a day and a day of the week', 'PACK_FIELD_INVALID', [{ file: 'holidays.yaml', from: '  weekday: saturday\n', to: '  weekday: saturday\n  day: "2026-01-03"\n' }], 'holidays.yaml'],
  ['a week without a day to work on', 'PACK_FIELD_INVALID', ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'].map((weekday) => add('holidays.yaml', `- holiday: weekly.${weekday}\n${title}  weekday: ${weekday}\n  announced: fixed\n`)), 'holidays.yaml'],
  ['a holiday after the last day whose holidays are declared', 'PACK_PERIOD_OUTSIDE', [{ file: 'pack.yaml', from: 'holidaysTo: 2026-12-31', to: 'holidaysTo: 2026-12-01' }], 'holidays.yaml'],
  ['a law with a section of our own making', 'PACK_STATUS_WRONG', [{ file: 'instruments.yaml', from: 'evidence: quoted', to: 'evidence: ours' }], 'instruments.yaml'],
  ['a stage that is named twice in one list', 'PACK_NAME_TWICE', [{ file: 'events.yaml', from: '    - e1-engagement\n', to: '    - e1-engagement\n    - e1-engagement\n' }], 'events.yaml'],
  ['a way from an instrument that is declared nowhere', 'PACK_NAME_UNKNOWN', [{ file: 'crosswalk.yaml', from: 'va-ordinance-2025', to: 'va-ordinance-2024' }], 'crosswalk.yaml'],
  ['a merge key', 'PACK_INHERITS', [{ file: 'retention.yaml', from: '  unit: years', to: '  <<: years\n  unit: years' }], 'retention.yaml'],
  ['a number that is not a plain decimal', 'PACK_STYLE', [{ file: 'retention.yaml', from: 'value: 10', to: 'value: 0x0a' }], 'retention.yaml'],
  ['a number with a leading zero', 'PACK_STYLE', [{ file: 'retention.yaml', from: 'value: 10', to: 'value: 010' }], 'retention.yaml'],
  ['infinity', 'PACK_STYLE', [{ file: 'retention.yaml', from: 'value: 10', to: 'value: .inf' }], 'retention.yaml'],
  ['a text that is turned around where nobody sees it', 'PACK_STYLE', [{ file: 'retention.yaml', from: 'note: At least', to: 'note: "\\u202eAt least"\n  x: At least' }], 'retention.yaml'],
  ['a key that is a number', 'PACK_STYLE', [{ file: 'retention.yaml', from: '  unit: years', to: '  7: years\n  unit: years' }], 'retention.yaml'],
  ['a key that is a list', 'PACK_STYLE', [{ file: 'retention.yaml', from: '  unit: years', to: '  ? - a\n    - b\n  : c\n  unit: years' }], 'retention.yaml'],
  ['a key that JavaScript treats apart', 'PACK_KEY_UNKNOWN', [{ file: 'retention.yaml', from: '  unit: years', to: '  __proto__: years\n  unit: years' }], 'retention.yaml'],
  ['a key named like a method', 'PACK_KEY_UNKNOWN', [{ file: 'retention.yaml', from: '  unit: years', to: '  constructor: years\n  unit: years' }], 'retention.yaml'],
  ['a file whose list became a block', 'PACK_FIELD_INVALID', [{ file: 'stops.yaml', from: /[\s\S]*/, to: 'clock: x\n' }], 'stops.yaml'],
  ['a file that lost its content', 'PACK_YAML', [{ file: 'obligations.yaml', from: /[\s\S]*/, to: '# nothing left\n' }], 'obligations.yaml'],
  ['a null document', 'PACK_YAML', [{ file: 'obligations.yaml', from: /[\s\S]*/, to: '~\n' }], 'obligations.yaml'],
  ['a file that the form does not have', 'PACK_FILE_UNKNOWN', [{ file: 'extra.yaml', to: 'x: y\n' }], 'extra.yaml'],
  ['a form of another version', 'PACK_FIELD_INVALID', [{ file: 'pack.yaml', from: 'form: 2', to: 'form: 1' }], 'pack.yaml'],
  ['a time zone with daylight saving', 'PACK_FIELD_INVALID', [{ file: 'pack.yaml', from: 'Asia/Karachi', to: 'Europe/London' }], 'pack.yaml'],
];

for (const [what, code, bends, file] of refused) {
  test(`a pack does not start with ${what}`, () => {
    const { errors } = bent(...bends);
    const found = errors.find((fault) => fault.code === code && (file === undefined || fault.file === file));
    ok(found !== undefined, `found instead: ${JSON.stringify(errors.slice(0, 5))}`);
    ok(found.line >= 1 && found.remedy.length > 10 && found.detail.length > 0);
  });
}

test('bytes that are no UTF-8 are refused, never replaced', () => {
  const files = new Map<string, string | Uint8Array>(filesOf('ae-vara-2026'));
  files.set('clocks.yaml', new Uint8Array([0x23, 0xff, 0xfe, 0x0a]));
  deepStrictEqual(load(files).errors.map((fault) => [fault.file, fault.code, fault.detail]), [['clocks.yaml', 'PACK_YAML', 'not UTF-8']]);
  files.set('clocks.yaml', new Uint8Array(4_000_001).fill(0x23));
  deepStrictEqual(load(files).errors.map((fault) => fault.code), ['PACK_YAML']);
});

test('a list without blocks says so', () => {
  const files = filesOf('ae-vara-2026');
  strictEqual(load(files).framework?.ladder.size, 0);
  files.set('pack.yaml', 'none\n');
  strictEqual(load(files).errors[0]?.file, 'pack.yaml');
});

test('line ends of another system change nothing', () => {
  const files = new Map([...filesOf('ae-vara-2026')].map(([name, text]) => [name, text.replaceAll('\n', '\r\n')]));
  const { framework, errors } = load(files);
  deepStrictEqual(errors, []);
  strictEqual(framework?.hash, asItIs('ae-vara-2026').hash);
});

test('whatever is done to a pack, it starts or says where it does not, and never breaks the reader', () => {
  const files = filesOf('ae-vara-2026');
  const hurt = fc.record({
    file: fc.constantFrom(...files.keys()), line: fc.nat(), how: fc.constantFrom('drop', 'twice', 'blank', 'swap', 'junk'),
    junk: fc.oneof(fc.string({ maxLength: 30 }), fc.constantFrom('  - ', '? ', '- - -', '&a *a', '!!js/function x', '"', '%YAML 9.9', '---', '...', '\t', '  effectiveFrom: "2020-02-30"', '  status: unset')),
  });
  fc.assert(fc.property(fc.array(hurt, { minLength: 1, maxLength: 3 }), (hurts) => {
    const changed = new Map(files);
    for (const { file, line, how, junk } of hurts) {
      const lines = (changed.get(file) ?? '').split('\n');
      const at = line % lines.length;
      const [was = '', next = ''] = lines.slice(at, at + 2);
      const put = { drop: [], twice: [was, was], blank: [''], swap: [next, was], junk: [was, junk] }[how];
      lines.splice(at, how === 'swap' ? 2 : 1, ...put);
      changed.set(file, lines.join('\n'));
    }
    const { errors, framework } = load(changed);
    strictEqual(framework === undefined, errors.length > 0);
    for (const fault of errors) ok(fault.line >= 1 && fault.line <= (changed.get(fault.file) ?? '').split('\n').length + 1, `${fault.file}:${fault.line} ${fault.code}`);
  }), { numRuns: 250 });
});

test('a pack made to keep the judges busy is judged in bounded time', () => {
  const gates = Array.from({ length: 1_500 }, (_, i) => `- gate: g${i}\n${title}  shown: recorded\n  moment: conditions-met\n  gates:\n${Array.from({ length: 8 }, (_each, j) => `    - g${(i + j + 1) % 1_500}\n`).join('')}${SOURCE}`);
  const files = filesOf('ae-vara-2026');
  files.set('gates.yaml', `${files.get('gates.yaml') ?? ''}\n${gates.join('\n')}`);
  const begin = process.hrtime.bigint();
  const { errors } = load(files);
  ok(errors.some((fault) => fault.code === 'PACK_GATE_UNMEETABLE'));
  ok(process.hrtime.bigint() - begin < 30_000_000_000n, 'within half a minute on a machine that is busy');
});
