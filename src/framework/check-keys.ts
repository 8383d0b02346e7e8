/**
 * Keys that stand together: what one key of a block says decides which others it needs or may not have. Kept out
 * of the schema so that a fault names the key and says why in words.
 */

import type { Report } from './fault.ts';
import { readQuantity, WRITTEN } from './quantity.ts';
import type { PackText } from './schema.ts';

/** Reports keys without which another has no meaning, and keys that mean nothing where they stand. */
export function keyFaults(text: PackText, report: Report): void {
  permissionFaults(text, report);
  limitFaults(text, report);
  obligationFaults(text, report);
  formFaults(text, report);
  moneyFaults(text, report);
}

function permissionFaults(text: PackText, report: Report): void {
  for (const [at, one] of text['permissions.yaml'].entries()) {
    if (one.scope === 'listed' && one.services === undefined) report('permissions.yaml', at, 'scope', 'PACK_HOLE', `services of ${one.stage}`);
    if (one.scope !== 'listed' && one.services !== undefined) report('permissions.yaml', at, 'services', 'PACK_FIELD_INVALID', 'services stand only with the scope listed');
  }
}

/** Measures that are counted over a time; the others are counted as they stand. */
const OVER_TIME: readonly string[] = ['traded', 'paid-out'];

function limitFaults(text: PackText, report: Report): void {
  const { currency } = text['pack.yaml'];
  for (const [at, one] of text['limits.yaml'].entries()) {
    const isOverTime = OVER_TIME.includes(one.measure);
    if (isOverTime && one.window === undefined) report('limits.yaml', at, 'measure', 'PACK_KEY_MISSING', `window: ${one.measure} is counted over a time`);
    if (!isOverTime && one.window !== undefined) report('limits.yaml', at, 'window', 'PACK_FIELD_INVALID', `${one.measure} is counted as it stands`);
    const window = one.window === undefined ? 1 : readQuantity('duration', one.window, currency);
    if (window === undefined || window === 0) report('limits.yaml', at, 'window', 'PACK_UNIT_WRONG', WRITTEN.duration);
    if (one.measure === 'customers' && one.per === 'customer') report('limits.yaml', at, 'per', 'PACK_FIELD_INVALID', 'customers are counted for a firm');
  }
}

function obligationFaults(text: PackText, report: Report): void {
  for (const [at, one] of text['obligations.yaml'].entries()) {
    for (const key of ['form', 'event'] as const) {
      if ((one.doneBy === key) !== (one[key] !== undefined)) report('obligations.yaml', at, 'doneBy', one[key] === undefined ? 'PACK_KEY_MISSING' : 'PACK_FIELD_INVALID', `${key} stands with \`doneBy: ${key}\`, and only then`);
    }
    if (one.workingRepeats !== undefined && one.repeats !== 'unset') report('obligations.yaml', at, 'workingRepeats', 'PACK_FIELD_INVALID', 'a working rhythm stands only with `repeats: unset`');
    const isOfFirm = one.owedBy === 'firm' || one.owedBy === 'controller' || one.owedBy === 'issuer';
    if (isOfFirm && one.stages === undefined) report('obligations.yaml', at, undefined, 'PACK_HOLE', `the stages on which ${one.obligation} holds`);
    if (one.doneBy === 'conduct' && one.repeats !== 'always' && one.repeats !== 'each') report('obligations.yaml', at, 'repeats', 'PACK_FIELD_INVALID', 'what nothing ticks off holds always, or at each occurrence');
  }
}

function formFaults(text: PackText, report: Report): void {
  for (const [at, form] of text['forms.yaml'].entries()) {
    const sections = form.sections.map((one) => one.section);
    const twice = sections.find((name, i) => sections.indexOf(name) < i);
    if (twice !== undefined) report('forms.yaml', at, 'sections', 'PACK_NAME_TWICE', `the section ${twice} of ${form.form}`);
    for (const { section, fields } of form.sections) {
      const names = fields.map((one) => one.field);
      const again = names.find((name, i) => names.indexOf(name) < i);
      if (again !== undefined) report('forms.yaml', at, 'sections', 'PACK_NAME_TWICE', `the field ${again} of ${section}`);
      for (const one of fields) {
        const choices = one.choices?.map((each) => each.choice) ?? [];
        const double = choices.find((choice, i) => choices.indexOf(choice) < i);
        if (double !== undefined) report('forms.yaml', at, 'sections', 'PACK_NAME_TWICE', `the choice ${double} of ${section}.${one.field}`);
        if ((one.type === 'choice') !== (one.choices !== undefined)) report('forms.yaml', at, 'sections', one.choices === undefined ? 'PACK_KEY_MISSING' : 'PACK_FIELD_INVALID', `choices stand with the type choice, and only then: ${section}.${one.field}`);
      }
    }
    for (const gate of form.serves ?? []) {
      const isAsked = text['gates.yaml'].some((one) => one.gate === gate && one.forms?.includes(form.form));
      if (!isAsked && text['gates.yaml'].some((one) => one.gate === gate)) report('forms.yaml', at, 'serves', 'PACK_FIELD_INVALID', `the gate ${gate} does not ask for ${form.form}`);
    }
    if (form.serves === undefined && form.obligation === undefined) report('forms.yaml', at, undefined, 'PACK_EVENT_NOWHERE', `no gate and no obligation asks for ${form.form}`);
  }
}

function moneyFaults(text: PackText, report: Report): void {
  const { currency } = text['pack.yaml'];
  const wrong = (written: string | undefined): boolean => written !== undefined && readQuantity('money', written, currency) === undefined;
  for (const [at, one] of text['ladder.yaml'].entries()) if (wrong(one.cap)) report('ladder.yaml', at, 'cap', 'PACK_UNIT_WRONG', WRITTEN.money);
  for (const [at, one] of text['offences.yaml'].entries()) {
    if (wrong(one.fine)) report('offences.yaml', at, 'fine', 'PACK_UNIT_WRONG', WRITTEN.money);
    const isGiven = one.fine !== undefined || one.imprisonmentYears !== undefined || one.profitTimes !== undefined || one.turnoverShare !== undefined;
    if (!isGiven && one.status !== 'unset') report('offences.yaml', at, undefined, 'PACK_HOLE', `what ${one.offence} is punished with`);
    if (isGiven && one.status === 'unset') report('offences.yaml', at, undefined, 'PACK_VALUE_WITH_UNSET', one.offence);
  }
}
