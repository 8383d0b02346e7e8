/**
 * A fault of a pack: the file, the line, a stable code of the one list in `terms`, what exactly is wrong there,
 * and what to do. A pack with one fault does not start. Faults are values: a checker gives all it finds.
 */

import { REJECTIONS, type RejectionCode } from '../terms/index.ts';
import type { PackFileName } from './schema.ts';

/** Codes of the list that speak of packs. */
export type PackCode = Extract<RejectionCode, `PACK_${string}`>;

/** One fault. `line` counts from 1; `remedy` is the list's, `detail` says what it means at this place. */
export interface PackFault {
  readonly file: string;
  readonly line: number;
  readonly code: PackCode;
  readonly detail: string;
  readonly remedy: string;
}

export function faultAt(file: string, line: number, code: PackCode, detail: string): PackFault {
  return { file, line, code, detail, remedy: REJECTIONS[code].remedy };
}

/** Faults by file, then by line, as one reads. */
export function inOrder(faults: readonly PackFault[]): PackFault[] {
  return faults.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** Reports a fault at a place: a file, the number of a block in it, a key of that block. */
export type Report = (file: PackFileName, block: number | undefined, key: string | undefined, code: PackCode, detail: string) => void;
