/**
 * What a measure and a duty need so that they can ever take effect: a measure varies or sanctions, its notice stands with a
 * hearing, and what ends by itself has a clock that the measure starts; a duty that a form ticks off can be filed where it
 * is owed, and form and duty name each other. Otherwise a freeze would never end, or a duty never be done, and nobody
 * would have decided so.
 */

import type { Report } from './fault.ts';
import type { PackText } from './schema.ts';

/** Reports measures and duties that could never take effect or end. */
export function measureFaults(text: PackText, report: Report): void {
  rungFaults(text, report);
  dutyFaults(text, report);
  for (const [at, one] of text['events.yaml'].entries()) {
    if (one.by === 'clock' && one.kind === 'moment') report('events.yaml', at, 'by', 'PACK_FIELD_INVALID', 'a clock lets a step happen; a moment is recorded by somebody');
  }
  for (const { at, number } of again(text['services.yaml'].map((one) => one.number))) report('services.yaml', at, 'number', 'PACK_NAME_TWICE', `the number ${number}`);
  for (const { at, number } of again(text['ladder.yaml'].map((one) => one.order))) report('ladder.yaml', at, 'order', 'PACK_NAME_TWICE', `the order ${number}: of two measures one weighs more`);
}

function again(numbers: readonly number[]): { readonly at: number; readonly number: number }[] {
  return numbers.flatMap((number, at) => (numbers.indexOf(number) < at ? [{ at, number }] : []));
}

function rungFaults(text: PackText, report: Report): void {
  for (const [at, one] of text['ladder.yaml'].entries()) {
    if (one.hearing !== (one.notice !== undefined)) report('ladder.yaml', at, one.hearing ? 'hearing' : 'notice', 'PACK_FIELD_INVALID', 'who is heard is given notice before; a notice stands with a hearing, and only then');
    const steps = text['steps.yaml'].filter((step) => step.event === one.event);
    const other = steps.find((step) => step.way !== 'sanction' && step.way !== 'vary');
    if (other !== undefined) report('ladder.yaml', at, 'event', 'PACK_WAY_WRONG', `a measure varies or sanctions, and ${other.event} from ${other.from} is ${other.way}`);
    const clock = text['clocks.yaml'].find((each) => each.clock === one.expires);
    if (clock !== undefined && (clock.start !== one.event || clock.ends !== 'event')) report('ladder.yaml', at, 'expires', 'PACK_FIELD_INVALID', `the clock ${clock.clock} is not started by the measure, or ends nothing by itself`);
  }
}

function dutyFaults(text: PackText, report: Report): void {
  const forms = text['forms.yaml'];
  for (const [at, one] of text['obligations.yaml'].entries()) {
    const filed = forms.filter((form) => form.form === one.form);
    const isFiled = filed.length === 0 || one.stages === undefined || filed.some((form) => form.stages.some((stage) => one.stages?.includes(stage)));
    if (!isFiled) report('obligations.yaml', at, 'form', 'PACK_FIELD_INVALID', `${one.form ?? ''} can be filed in no stage in which ${one.obligation} is owed`);
    const threshold = text['parameters.yaml'].find((each) => each.parameter === one.threshold);
    if (threshold !== undefined && threshold.unit !== 'money' && threshold.unit !== 'count' && threshold.unit !== 'ratio') report('obligations.yaml', at, 'threshold', 'PACK_UNIT_WRONG', `${threshold.parameter} is measured in ${threshold.unit}, and a threshold in money, a count or a share`);
  }
  for (const [at, form] of forms.entries()) {
    const duties = text['obligations.yaml'].filter((one) => one.obligation === form.obligation);
    if (duties.length > 0 && !duties.some((one) => one.form === form.form)) report('forms.yaml', at, 'obligation', 'PACK_FIELD_INVALID', `${form.obligation ?? ''} is not ticked off by ${form.form}`);
  }
}
