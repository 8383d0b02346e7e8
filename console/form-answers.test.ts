/** A form filled in: what is open, what is sealed, what is missing, and nothing lost between a filing and the next draft. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { karachiInstant } from './clock.ts';
import { addRow, countForm, countGiven, openPart, placeOf, removeRow, rowsOf, sheetOf, splitForm, write, type FieldShape, type FormShape, type Sheet } from './form-answers.ts';

const field = (name: string, type: string, more: Partial<FieldShape> = {}): FieldShape => ({ field: name, label: { en: name, ur: name }, type, required: true, identity: false, choices: null, ...more });
const owners = { section: 'owners', number: '2', title: { en: 'Owners', ur: 'مالکان' }, repeats: true, fields: [field('share', 'share'), field('name', 'text', { identity: true })] };
const base = { section: 'base', number: '1', title: { en: 'Base', ur: 'بنیاد' }, repeats: false, fields: [field('title', 'text'), field('count', 'number', { required: false }), field('serves', 'yes-no'), field('offers', 'services'), field('email', 'email', { identity: true })] };
const form: FormShape = { form: 'f', code: 'F', title: { en: 'F', ur: 'ف' }, means: { en: '', ur: '' }, filedFor: 'firm', stages: [], note: '', provenance: { status: 'assumption', clause: null }, sections: [base, owners] };

test('open answers and sealed ones are split, and a number is sent as a number', () => {
  const sheet: Sheet = { base: [{ title: 'T', count: ' 12 ', serves: false, offers: ['exchange'], email: 'a@b.example' }], owners: [{ share: '60', name: 'One' }, { share: '40', name: 'Two' }] };
  const { answers, sealed, sealedFields } = splitForm(form, sheet);
  deepStrictEqual(answers, { base: [{ title: 'T', count: 12, serves: false, offers: ['exchange'] }], owners: [{ share: '60' }, { share: '40' }] });
  deepStrictEqual(sealed, { base: [{ email: 'a@b.example' }], owners: [{ name: 'One' }, { name: 'Two' }] });
  deepStrictEqual(sealedFields, ['base.email', 'owners.name']);
  deepStrictEqual(countForm(form, sheet), { asked: 8, given: 8 });
});

test('what is no number is sent as it was written, for the server to refuse', () => {
  deepStrictEqual(splitForm(form, { base: [{ count: 'many' }] }).answers, { base: [{ count: 'many' }] });
  deepStrictEqual(splitForm(form, { base: [{ count: '1,000' }] }).answers, { base: [{ count: '1,000' }] });
});

test('a gap is never hidden by the seal: a place counts as sealed only where each row is given', () => {
  const { sealed, sealedFields } = splitForm(form, { owners: [{ share: '60', name: 'One' }, { share: '40' }] });
  deepStrictEqual(sealedFields, []);
  deepStrictEqual(sealed, { owners: [{ name: 'One' }, {}] }, 'rows stand beside the open ones');
});

test('a draft holds no name, whatever was written', () => {
  const words = fc.string({ minLength: 1, maxLength: 12 });
  const row = fc.record({ share: words, name: words.map((text) => `secret-${text}`) }, { requiredKeys: [] });
  fc.assert(fc.property(fc.array(row, { maxLength: 5 }), words, (rows, email) => {
    const sheet = { base: [{ email: `secret-${email}`, title: 'T' }], owners: rows } as Sheet;
    const kept = JSON.stringify(openPart(form, sheet));
    ok(!kept.includes('secret-'), kept);
    ok(!JSON.stringify(splitForm(form, sheet).answers).includes('secret-'));
  }));
});

test('what was filed comes back as a sheet that files the same', () => {
  const sheet: Sheet = { base: [{ title: 'T', count: '7', serves: true, offers: ['exchange', 'custody'] }], owners: [{ share: '60' }, { share: '40' }] };
  const { answers } = splitForm(form, sheet);
  deepStrictEqual(splitForm(form, sheetOf(answers)).answers, answers);
});

test('rows are added and removed, and a field is found by the place that the server names', () => {
  const two = write(addRow(write({}, owners, 0, 'share', '60'), owners), owners, 1, 'share', '40');
  deepStrictEqual(rowsOf(two, owners), [{ share: '60' }, { share: '40' }]);
  deepStrictEqual(rowsOf(removeRow(two, owners, 0), owners), [{ share: '40' }]);
  deepStrictEqual([placeOf(owners, 1, 'share'), placeOf(base, 0, 'title')], ['owners.1.share', 'base.title']);
  deepStrictEqual(countGiven(owners, two), { asked: 4, given: 2 });
  let many: Sheet = {};
  for (let n = 0; n < 80; n += 1) many = addRow(many, owners);
  strictEqual(rowsOf(many, owners).length, 60);
});

test('an hour of Pakistan is written as the instant that it was', () => {
  strictEqual(karachiInstant('2026-11-24T14:20'), Date.parse('2026-11-24T09:20:00Z') * 1000);
  strictEqual(karachiInstant(''), undefined);
});
