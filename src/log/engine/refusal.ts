/**
 * Why the program cannot run: one line for a person that says what is wrong and what to do. Only a
 * process's own entry catches it; it ends with exit code 2.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: string;

  constructor(what: string, remedy: string, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause });
    this.remedy = remedy;
  }
}
