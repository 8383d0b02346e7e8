/** A refusal of the fake server: a code of the one list, with its detail. */
import type { RejectionCode } from '../../src/terms/index.ts';

export class Turned extends Error {
  readonly code: RejectionCode;
  readonly detail: unknown;
  constructor(code: RejectionCode, detail?: unknown) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}
