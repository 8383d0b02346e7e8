/** Packs that are of the form and could never take effect, never end, or mean two things: each refused at its place with its code. */
import { ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { bent, load, type Bend } from './testing.ts';

const refused: readonly (readonly [what: string, code: string, file: string, bends: readonly Bend[]])[] = [
  ['a moment that a clock would have to record', 'PACK_FIELD_INVALID', 'events.yaml', [{ file: 'events.yaml', from: /(- event: fee-paid\n(?:.*\n){3} {2}kind: moment\n {2}by: )outside/, to: '- event: fee-paid\n  title:\n    en: Fee paid\n    ur: فیس\n  kind: moment\n  by: clock\n  clock: engagement' }, { file: 'clocks.yaml', from: '  length: "180 calendar days"\n  ends: open', to: '  length: "180 calendar days"\n  ends: event\n  event: fee-paid' }]],
  ['a freeze whose end hangs on another clock', 'PACK_FIELD_INVALID', 'ladder.yaml', [{ file: 'ladder.yaml', from: 'expires: s60-freeze', to: 'expires: information' }]],
  ['a clock of a freeze that something else starts', 'PACK_FIELD_INVALID', 'ladder.yaml', [{ file: 'clocks.yaml', from: '  start: freeze\n', to: '  start: suspend\n' }]],
  ['a hearing without notice', 'PACK_FIELD_INVALID', 'ladder.yaml', [{ file: 'ladder.yaml', from: '  notice: hearing-notice\n  hearing: true', to: '  hearing: true' }]],
  ['a notice before no hearing', 'PACK_FIELD_INVALID', 'ladder.yaml', [{ file: 'ladder.yaml', from: '  notice: hearing-notice\n  hearing: true', to: '  notice: hearing-notice\n  hearing: false' }]],
  ['a measure that grants a licence', 'PACK_WAY_WRONG', 'ladder.yaml', [{ file: 'ladder.yaml', from: 'event: suspend', to: 'event: grant-licence' }]],
  ['a duty whose form can be filed nowhere that it is owed', 'PACK_FIELD_INVALID', 'obligations.yaml', [{ file: 'forms.yaml', from: '    - e4-aml-registered\n    - e5-licence-application\n    - l1-limited-licence\n    - l2-licensed\n    - q-suspended\n  obligation: annual-aml-return', to: '    - e0-unauthorised\n  obligation: annual-aml-return' }]],
  ['a form that names a duty which it does not tick off', 'PACK_FIELD_INVALID', 'forms.yaml', [{ file: 'forms.yaml', from: 'obligation: annual-aml-return', to: 'obligation: key-individual-change' }]],
  ['a gate that asks for what the firm never files', 'PACK_GATE_UNMEETABLE', 'gates.yaml', [{ file: 'forms.yaml', from: '  filedFor: person\n  filedTo: authority', to: '  filedFor: person\n  filedTo: internal' }]],
  ['a gate that asks for positions which no form of it names', 'PACK_GATE_UNMEETABLE', 'gates.yaml', [{ file: 'gates.yaml', from: '  shown: found\n  forms:\n    - a3\n  roles:', to: '  shown: found\n  forms:\n    - a4\n  roles:' }]],
  ['a threshold that is a time', 'PACK_UNIT_WRONG', 'obligations.yaml', [{ file: 'obligations.yaml', from: /threshold: .*/, to: 'threshold: clock.skew' }]],
  ['a window of no time', 'PACK_UNIT_WRONG', 'limits.yaml', [{ file: 'limits.yaml', from: 'window: "30 d"', to: 'window: "0 d"' }]],
  ['a share above the whole', 'PACK_UNIT_WRONG', 'parameters.yaml', [{ file: 'parameters.yaml', from: 'value: 0.2', to: 'value: 20' }]],
  ['a clock that its own start answers', 'PACK_FIELD_INVALID', 'clocks.yaml', [{ file: 'clocks.yaml', from: '    - apply-noc\n    - apply-sandbox', to: '    - express-interest\n    - apply-sandbox' }]],
  ['a clock that is answered by an event of nobody', 'PACK_NAME_UNKNOWN', 'clocks.yaml', [{ file: 'clocks.yaml', from: '    - apply-noc\n    - apply-sandbox', to: '    - nowhere\n    - apply-sandbox' }]],
  ['a choice that stands twice', 'PACK_NAME_TWICE', 'forms.yaml', [{ file: 'forms.yaml', from: 'choice: local', to: 'choice: foreign' }]],
  ['a number of a service that stands twice', 'PACK_NAME_TWICE', 'services.yaml', [{ file: 'services.yaml', from: 'number: 2', to: 'number: 1' }]],
  ['two measures of one weight', 'PACK_NAME_TWICE', 'ladder.yaml', [{ file: 'ladder.yaml', from: 'order: 2\n', to: 'order: 1\n' }]],
  ['half a character', 'PACK_STYLE', 'lists.yaml', [{ file: 'lists.yaml', from: /note: .*/, to: 'note: "abc \\ud800 def"' }]],
  ['another version of YAML', 'PACK_STYLE', 'stages.yaml', [{ file: 'stages.yaml', from: /^/, to: '%YAML 1.1\n---\n' }]],
  ['a directive that names tags anew', 'PACK_STYLE', 'stages.yaml', [{ file: 'stages.yaml', from: /^/, to: '%TAG ! tag:example,2000:\n---\n' }]],
  ['a second way that goes around the gates', 'PACK_PERIOD_OVERLAP', 'steps.yaml', [{ file: 'steps.yaml', to: '\n- from: e2-noc-application\n  to: e3-noc-granted\n  event: grant-noc\n  way: forward\n  second: false\n  reasons: firm\n  status: prescribed\n  instrument: noc-regulations-2025\n  version: "1.0"\n  section: reg. 17.1\n  effectiveFrom: "2026-06-01"\n  note: Without a gate.\n' }]],
];

for (const [what, code, file, bends] of refused) {
  test(`a pack does not start with ${what}`, () => {
    const { errors } = bent(...bends);
    const found = errors.find((fault) => fault.code === code && fault.file === file);
    ok(found !== undefined, `found instead: ${JSON.stringify(errors.slice(0, 3))}`);
    ok(found.line > 0 && found.detail !== '' && found.remedy.length > 10);
  });
}

test('what is too deep, too long, or grows out of itself is refused, and the answers are bounded', () => {
  const files = new Map([['lists.yaml', '['.repeat(100_000)], ['stages.yaml', Array.from({ length: 1_500 }, (_, deep) => `${' '.repeat(deep)}a:`).join('\n')], ['warnings.yaml', '- warning: x\n'.repeat(20_000)],
    ['flags.yaml', 'a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n'], ['roles.yaml', '\u0000\u0001'], ['fees.yaml', 'x'.repeat(2_000_001)]]);
  const { errors, framework } = load(files);
  strictEqual(framework, undefined);
  for (const name of files.keys()) ok(errors.some((fault) => fault.file === name && fault.code.startsWith('PACK_')), name);
  ok(errors.length < 40_000, String(errors.length));
  for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x2d, 0x00), Uint8Array.of(0xc3, 0x28), new Uint8Array(4_000_001)]) {
    ok(load(new Map([['lists.yaml', bytes]])).errors.some((fault) => fault.file === 'lists.yaml' && fault.code === 'PACK_YAML'), 'no UTF-8, or too many bytes');
  }
});
