/** People of a firm of the fake nation: one position filled, one empty; an owner who controls and one who does not. */
import type { Answer } from '../../src/contract/console.ts';
import { nowUs } from './nation-events.ts';
import { clause, firms, w } from './nation-firms.ts';

const law = clause('prescribed', 'Example Act, s.7', 'مثالی ایکٹ، s.7');

export function peopleAnswer(code: string): Answer<'firmPeople'> {
  const firm = firms.find((one) => one.firm.code === code)?.firm ?? { code, name: w(code, code), invented: true };
  const person = (about: string, form: string, screening: 'clear' | 'not-run', fit: boolean | null): Answer<'firmPeople'>['positions'][number]['filledBy'][number] => ({
    about, form, code: form.toUpperCase(), n: 1, at: nowUs, entry: 40, answers: 'ab'.repeat(32), sealed: true, faults: 0, screening, fitness: fit === null ? null : { fit, entry: 41, by: 'licensing' },
  });
  return {
    asOf: nowUs, firm, controlFrom: { share: 0.2, provenance: law },
    owners: [{ ...person('owner-1', 'a2', 'clear', true), share: 0.55, controls: true }, { ...person('owner-2', 'a2', 'not-run', null), share: 0.1, controls: false }],
    positions: [{ role: 'ceo', title: w('Chief executive officer', 'چیف ایگزیکٹو افسر'), needed: 'certificate', fitBy: 'authority', provenance: law, filledBy: [person('ceo', 'a3', 'clear', true)] }, { role: 'mlro', title: w('Reporting officer', 'رپورٹنگ افسر'), needed: 'certificate', fitBy: 'authority', provenance: law, filledBy: [] }],
  };
}
