/**
 * Why the program cannot run: one line for a person that says what is wrong and what to do. Only a
 * process's own entry catches it; it ends with exit code 2.
 */

/** Cannot run: `message` says what is wrong, `remedy` what to do. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly remedy: string;

  constructor(what: string, remedy: string, cause?: unknown) {
    super(what, cause === undefined ? undefined : { cause });
    this.remedy = remedy;
  }
}

/** PostgreSQL's code for a full disk (class 53, insufficient resources). */
const DISK_FULL = '53100';

/**
 * The refusal that an error of the operating system or of an engine amounts to, or `undefined` when it is
 * none of those that a person can mend: full disk, no rights, too many open files, a taken port.
 */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
    case DISK_FULL:
      return new Refusal('the disk is full', 'free some space, or set NIGRAN_HOME to a directory on another disk', error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Refusal(`${pathOf(error)} cannot be used by this account`, 'start as the account that owns it, or set NIGRAN_HOME to a directory of your own', error);
    case 'EMFILE':
    case 'ENFILE':
      return new Refusal('the system allows no more open files', 'raise the limit (ulimit -n 4096)', error);
    case 'EADDRINUSE':
      return new Refusal(`${addressOf(error)} is taken`, 'stop what listens there, or set NIGRAN_PORT to a free one', error);
    default:
      return undefined;
  }
}

/** The code that an operating system's or a database's error carries. */
export function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function pathOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string' ? error.path : 'a file';
}

function addressOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'port' in error && typeof error.port === 'number' ? `port ${error.port}` : 'the address';
}
