/**
 * Why a list file is refused as a whole. Thrown where it is found, deep inside a stream, and turned into a coded
 * rejection by whoever reads the directory or takes a version in: a file that is refused leaves nothing behind.
 */

import type { RejectionCode } from '../../terms/index.ts';

type ListCode = Extract<RejectionCode, `LIST_FILE_${string}`>;

/** A list file that cannot be read, with its code and the place in the file. */
export class ListFault extends Error {
  readonly code: ListCode;
  readonly detail: string;

  constructor(code: ListCode, detail: string) {
    super(`${code}: ${detail}`);
    this.code = code;
    this.detail = detail;
  }
}

/** Rows set aside of one file at most: a file that holds more of them is no list of this form. */
const QUARANTINED_MAX = 200_000;

/** A row or record that was set aside: where it stands, and why. */
export interface Quarantined {
  readonly place: string;
  readonly reason: string;
}

/** Rows set aside while a list is read, bounded. */
export class Quarantine {
  readonly rows: Quarantined[] = [];

  add(place: string, reason: string): void {
    if (this.rows.length >= QUARANTINED_MAX) throw new ListFault('LIST_FILE_BROKEN', `more than ${QUARANTINED_MAX} rows cannot be read, the last at ${place}: ${reason}`);
    this.rows.push({ place, reason });
  }
}
