/** The framework of the fake nation: invented law, one row of each status, so that a screen shows how each is told apart. */
import type { Answer, FrameworkRow } from '../../src/contract/console.ts';
import { nowUs } from './nation-events.ts';
import { w } from './nation-firms.ts';

const row = (id: string, status: FrameworkRow['status'], line: FrameworkRow['line'], more: Partial<FrameworkRow> = {}): FrameworkRow => ({
  id, title: w(`Example ${id}`, `مثال ${id}`), line, facts: [{ label: w('Owed by', 'ذمہ دار'), value: w('the firm', 'ادارہ') }], status, clause: w(`Example Act, s.${id}`, `مثالی ایکٹ، s.${id}`),
  about: 'what the section is about', evidence: 'reported', note: 'Invented for the tests of the console.', from: '2026-01-01', to: null, when: 'now', binds: null, ...more,
});

export function frameworkAnswer(): Answer<'framework'> {
  return {
    asOf: nowUs, day: '2026-11-24', id: 'example', revision: 1, hash: 'ab'.repeat(32), title: w('Example framework', 'مثالی فریم ورک'), authority: w('Example authority', 'مثالی اتھارٹی'),
    evidence: w('Invented: no real law stands here.', 'فرضی: یہاں کوئی حقیقی قانون نہیں۔'), effectiveFrom: '2026-01-01',
    flags: [{ id: 'conflict', title: w('Two clauses', 'دو شقیں'), text: w('One forbids what the other allows.', 'ایک روکتی ہے، دوسری اجازت دیتی ہے۔'), clauses: [w('Example Act, s.1', 'مثالی ایکٹ، s.1'), w('Example Rules, r.2', 'مثالی قواعد، r.2')], stages: null }],
    parts: [
      { kind: 'stage', title: w('Stages, and what each allows', 'مراحل، اور ہر ایک کی اجازت'), rows: [row('1', 'prescribed', w('No service is open.', 'کوئی خدمت نہیں۔')), row('2', 'assumption', w('Talks with the authority.', 'اتھارٹی سے بات چیت۔'))] },
      { kind: 'obligation', title: w('Duties', 'ذمہ داریاں'), rows: [row('3', 'prescribed', w('A return each month.', 'ہر ماہ گوشوارہ۔'), { binds: true }), row('4', 'draft', w('A plan.', 'منصوبہ۔'), { binds: false, evidence: 'recalled' })] },
      { kind: 'parameter', title: w('Parameters', 'پیمانے'), rows: [row('5', 'unset', w('unset', 'مقرر نہیں')), row('6', 'prescribed', w('30 d', '30 دن'), { from: '2025-01-01', to: '2026-01-01', when: 'past' })] },
    ],
    crosswalk: [{ id: 'one', from: [w('Example Ordinance, s.1', 'مثالی آرڈیننس، s.1')], to: [w('Example Act, s.1', 'مثالی ایکٹ، s.1')], about: w('Licences', 'لائسنس') }],
    instruments: [{ id: 'act', version: '1', title: w('Example Act', 'مثالی ایکٹ'), short: w('Example Act', 'مثالی ایکٹ'), kind: 'law', state: 'in-force', from: '2026-01-01', to: null, citation: null, source: 'Invented.', sections: 3 }],
  };
}

const pack = (revision: number): { framework: string; revision: number; hash: string } => ({ framework: 'example', revision, hash: String(revision % 10).repeat(64) });

export function packDifference(): Answer<'packDifference'> {
  const firm = { code: 'SDX', name: w('Sandhill Digital Exchange', 'سینڈہل ڈیجیٹل ایکسچینج'), invented: true };
  const change = (kind: 'added' | 'changed', id: string, words: string): Answer<'packDifference'>['changes'][number] => ({ change: kind, kind: 'limit', id, words, clause: 'Example Act, s.4', stages: [w('Certificate', 'سرٹیفکیٹ')], services: [], firms: [firm] });
  return { asOf: nowUs, from: pack(1), to: pack(2), identical: false, firms: [firm], changes: [change('added', 'customers', 'At most 5,000 customers.'), change('changed', 'traded', 'PKR 1,000,000 becomes PKR 2,000,000.')] };
}

export function adoptionAnswer(reader: string): Answer<'adoption'> {
  return {
    asOf: nowUs, running: pack(1), adopted: { ...pack(1), entry: 3, at: nowUs, from: nowUs, actor: 'start', second: null }, coming: null,
    waits: [{ ...pack(2), entry: 880, at: nowUs, actor: 'st-5', reasons: 'The rules of the new year (invented).', effectiveFrom: nowUs + 86_400_000_000 * 30, known: true, maySecond: reader !== 'st-5' }],
  };
}
