/**
 * Sources: every value cites a section that its instrument declares, with a status that the instrument can give on
 * the value's days. Law that is in force prescribes, a draft is a draft, only the house's own list assumes; and no
 * instrument but that list has sections of the house's own making.
 */

import { dayOf } from './day.ts';
import type { Report } from './fault.ts';
import type { Citation, Sourced } from './form-parts.ts';
import { LIST_FILES, named, type ListFile } from './naming.ts';
import type { Instrument, PackText } from './schema.ts';

/** Blocks that describe a structure: one that is marked unset would be a hole in the shape of the law. */
const NEVER_UNSET: readonly ListFile[] = [
  'services.yaml', 'stages.yaml', 'permissions.yaml', 'events.yaml', 'steps.yaml', 'gates.yaml', 'forms.yaml', 'conditions.yaml', 'stops.yaml', 'obligations.yaml', 'ladder.yaml', 'holidays.yaml',
];

type Cited = (file: ListFile, at: number, key: string, cited: Citation) => Instrument | undefined;

/** Reports sources that do not exist, and statuses that they cannot give. */
export function sourceFaults(text: PackText, report: Report): void {
  const instruments = new Map(text['instruments.yaml'].map((one) => [`${one.instrument} ${one.version}`, one]));
  const instrumentOf: Cited = (file, at, key, cited) => {
    const instrument = instruments.get(`${cited.instrument} ${cited.version}`);
    if (instrument === undefined) report(file, at, key === '' ? 'instrument' : key, 'PACK_NAME_UNKNOWN', `${cited.instrument} ${cited.version}`);
    else if (!instrument.sections.some((one) => one.section === cited.section)) report(file, at, key === '' ? 'section' : key, 'PACK_SECTION_UNDECLARED', `${cited.section} of ${cited.instrument}`);
    return instrument;
  };
  for (const file of LIST_FILES) {
    for (const { at, block } of named(text, file)) {
      if (!('status' in block)) continue;
      const instrument = instrumentOf(file, at, '', block);
      const wrong = instrument === undefined ? undefined : wrongStatus(block, instrument);
      if (wrong !== undefined) report(file, at, 'status', 'PACK_STATUS_WRONG', wrong);
      if (block.status === 'unset' && NEVER_UNSET.includes(file)) report(file, at, 'status', 'PACK_HOLE', 'a part of the structure is given or left out, never unset');
    }
  }
  for (const [at, flag] of text['flags.yaml'].entries()) for (const cited of flag.cites) instrumentOf('flags.yaml', at, 'cites', cited);
  for (const [at, way] of text['crosswalk.yaml'].entries()) {
    for (const cited of way.from) instrumentOf('crosswalk.yaml', at, 'from', cited);
    for (const cited of way.to) instrumentOf('crosswalk.yaml', at, 'to', cited);
  }
  for (const [at, one] of text['instruments.yaml'].entries()) instrumentFaults(one, at, report);
}

function instrumentFaults(one: Instrument, at: number, report: Report): void {
  const sections = one.sections.map((each) => each.section);
  for (const [i, section] of sections.entries()) if (sections.indexOf(section) < i) report('instruments.yaml', at, 'sections', 'PACK_NAME_TWICE', section);
  const wrong = one.sections.find((each) => (each.evidence === 'ours') !== (one.kind === 'assumption'));
  if (wrong !== undefined) report('instruments.yaml', at, 'sections', 'PACK_STATUS_WRONG', `${wrong.section}: what is ours stands in an assumption, and nothing else does`);
  if (one.inForceFrom !== undefined && one.inForceTo !== undefined && dayOf(one.inForceTo) <= dayOf(one.inForceFrom)) report('instruments.yaml', at, 'inForceTo', 'PACK_PERIOD_EMPTY', one.instrument);
}

/** Why an instrument cannot give a value this status on the value's days; `undefined` when it can. */
function wrongStatus(block: Sourced, instrument: Instrument): string | undefined {
  const { kind } = instrument;
  const fits = { prescribed: kind === 'law', draft: kind === 'draft', assumption: kind === 'assumption', unset: kind === 'law' || kind === 'draft' }[block.status];
  if (!fits) return `${block.status}, by ${instrument.instrument}, which is ${kind}`;
  if (block.status !== 'prescribed') return undefined;
  if (instrument.inForceFrom === undefined || dayOf(block.effectiveFrom) < dayOf(instrument.inForceFrom)) return `${instrument.instrument} was not yet in force on ${block.effectiveFrom}`;
  const ends = instrument.inForceTo;
  const outlives = ends !== undefined && (block.effectiveTo === undefined || dayOf(block.effectiveTo) > dayOf(ends));
  return outlives ? `${instrument.instrument} ended on ${ends}` : undefined;
}
