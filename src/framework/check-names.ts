/**
 * Names are declared once and used as declared: a table of who names what. A name that is declared nowhere, or is
 * of another kind than the place asks for, would leave what depends on it without effect, and silently.
 */

import type { PackCode, Report } from './fault.ts';
import { LIST_FILES, NAMING, named, namesIn, wordsAt, type ListFile } from './naming.ts';
import { MEASURE_UNITS, NEEDED_PARAMETERS, NEEDED_RECORDS } from './needed.ts';
import type { PackText } from './schema.ts';

/** Kinds of name that a key may ask for. */
type Asked = 'stage' | 'service' | 'step' | 'moment' | 'event' | 'gate' | 'form' | 'document' | 'role' | 'criterion' | 'clock' | 'obligation' | 'parameter';

/** Which key of which file names what. */
const USES: readonly (readonly [file: ListFile, key: string, asked: Asked])[] = [
  ['permissions.yaml', 'stage', 'stage'], ['permissions.yaml', 'services', 'service'],
  ['events.yaml', 'closed', 'stage'], ['events.yaml', 'clock', 'clock'],
  ['steps.yaml', 'from', 'stage'], ['steps.yaml', 'to', 'stage'], ['steps.yaml', 'event', 'step'], ['steps.yaml', 'gates', 'gate'],
  ['gates.yaml', 'forms', 'form'], ['gates.yaml', 'documents', 'document'], ['gates.yaml', 'roles', 'role'], ['gates.yaml', 'criteria', 'criterion'],
  ['gates.yaml', 'moment', 'moment'], ['gates.yaml', 'gates', 'gate'], ['gates.yaml', 'stages', 'stage'],
  ['forms.yaml', 'stages', 'stage'], ['forms.yaml', 'serves', 'gate'], ['forms.yaml', 'obligation', 'obligation'], ['forms.yaml', 'signedBy', 'role'],
  ['roles.yaml', 'combines', 'role'],
  ['limits.yaml', 'stage', 'stage'], ['conditions.yaml', 'stages', 'stage'],
  ['clocks.yaml', 'start', 'event'], ['clocks.yaml', 'event', 'event'], ['clocks.yaml', 'answered', 'event'],
  ['stops.yaml', 'clock', 'clock'], ['stops.yaml', 'stop', 'event'], ['stops.yaml', 'resume', 'event'],
  ['obligations.yaml', 'role', 'role'], ['obligations.yaml', 'stages', 'stage'], ['obligations.yaml', 'threshold', 'parameter'],
  ['obligations.yaml', 'clock', 'clock'], ['obligations.yaml', 'form', 'form'], ['obligations.yaml', 'event', 'event'],
  ['fees.yaml', 'event', 'step'], ['capital.yaml', 'service', 'service'],
  ['ladder.yaml', 'event', 'step'], ['ladder.yaml', 'notice', 'clock'], ['ladder.yaml', 'expires', 'clock'], ['ladder.yaml', 'objection', 'clock'],
  ['ladder.yaml', 'answer', 'clock'], ['ladder.yaml', 'appeal', 'clock'],
  ['flags.yaml', 'stages', 'stage'],
];

/** Reports names that stand twice, and names that are used and declared nowhere. */
export function nameFaults(text: PackText, report: Report): void {
  for (const file of LIST_FILES) twice(text, file, report);
  const declared = declaredNames(text);
  for (const [file, key, asked] of USES) {
    for (const { at, block } of named(text, file)) {
      const words = wordsAt(block, key);
      for (const word of words) if (!declared[asked].has(word)) report(file, at, key, codeOf(file, key), `the ${asked} ${word}`);
      const again = words.find((word, i) => words.indexOf(word) < i);
      if (again !== undefined) report(file, at, key, 'PACK_NAME_TWICE', again);
    }
  }
  afterFaults(text, report);
  houseNames(text, report);
}

/** A clock whose start no event is would never run. */
function codeOf(file: ListFile, key: string): PackCode {
  return file === 'clocks.yaml' && key === 'start' ? 'PACK_CLOCK_NO_START' : 'PACK_NAME_UNKNOWN';
}

function declaredNames(text: PackText): Readonly<Record<Asked, ReadonlySet<string>>> {
  const of = (file: ListFile): Set<string> => new Set(namesIn(text, file));
  const events = text['events.yaml'];
  return {
    stage: of('stages.yaml'), service: of('services.yaml'), event: of('events.yaml'), gate: of('gates.yaml'), form: of('forms.yaml'),
    document: of('documents.yaml'), role: of('roles.yaml'), criterion: of('criteria.yaml'), clock: of('clocks.yaml'), obligation: of('obligations.yaml'),
    parameter: of('parameters.yaml'), step: new Set(events.filter((one) => one.kind === 'step').map((one) => one.event)),
    moment: new Set(events.filter((one) => one.kind === 'moment').map((one) => one.event)),
  };
}

function twice(text: PackText, file: ListFile, report: Report): void {
  const seen = new Set<string>();
  for (const { name, at, block } of named(text, file)) {
    const [from = ''] = wordsAt(block, 'effectiveFrom');
    const key = NAMING[file].standing === 'once' ? name : `${name} from ${from}`;
    if (seen.has(key)) report(file, at, undefined, 'PACK_NAME_TWICE', name);
    seen.add(key);
  }
}

function afterFaults(text: PackText, report: Report): void {
  const steps = text['steps.yaml'];
  for (const [at, one] of steps.entries()) {
    if (one.after === undefined || steps.some((other) => other.event === one.after && other.to === one.from)) continue;
    report('steps.yaml', at, 'after', 'PACK_NAME_UNKNOWN', `the event ${one.after}, which leads to ${one.from}`);
  }
}

/** Names that the house itself reads. */
function houseNames(text: PackText, report: Report): void {
  for (const [at, one] of text['parameters.yaml'].entries()) {
    const isRead = Object.hasOwn(NEEDED_PARAMETERS, one.parameter);
    if (one.use === 'house' && !isRead) report('parameters.yaml', at, 'parameter', 'PACK_NAME_UNKNOWN', `the parameter ${one.parameter}, which nothing in the house reads`);
    if (one.use === 'shown' && isRead) report('parameters.yaml', at, 'use', 'PACK_FIELD_INVALID', `the house computes with ${one.parameter}`);
  }
  for (const [at, one] of text['retention.yaml'].entries()) {
    if (!NEEDED_RECORDS.includes(one.record)) report('retention.yaml', at, 'record', 'PACK_NAME_UNKNOWN', `the record class ${one.record}`);
  }
  for (const [at, one] of text['limits.yaml'].entries()) {
    if (MEASURE_UNITS[one.measure] !== one.unit) report('limits.yaml', at, 'unit', 'PACK_UNIT_WRONG', `${one.measure} is measured in ${MEASURE_UNITS[one.measure]}`);
  }
}
