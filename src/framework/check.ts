/**
 * What the blocks of a pack mean to each other, judge by judge: names, sources, keys that stand together, measured
 * values, time, the table of stages and events, gates, clocks. Gives every fault with its line; a pack with one
 * does not start.
 */

import { clockFaults } from './check-clocks.ts';
import { gateFaults } from './check-gates.ts';
import { keyFaults } from './check-keys.ts';
import { measureFaults } from './check-measures.ts';
import { nameFaults } from './check-names.ts';
import { periodFaults } from './check-periods.ts';
import { sourceFaults } from './check-sources.ts';
import { tableFaults } from './check-table.ts';
import { faultAt, type PackFault, type Report } from './fault.ts';
import { measuredFaults } from './measured.ts';
import type { PackSource } from './read.ts';

const JUDGES = [nameFaults, sourceFaults, keyFaults, measuredFaults, periodFaults, tableFaults, gateFaults, clockFaults, measureFaults] as const;

/** Every fault of a pack whose form is right. */
export function checkMeaning({ text, files }: PackSource): PackFault[] {
  const found: PackFault[] = [];
  const report: Report = (name, block, key, code, detail) => {
    const path = [block, key].filter((part) => part !== undefined);
    found.push(faultAt(name, files.get(name)?.lineOf(path) ?? 1, code, detail));
  };
  for (const judge of JUDGES) judge(text, report);
  return found;
}
