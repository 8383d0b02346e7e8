/**
 * Where the house breaks its own rules today, and why. An allowance that covers nothing is red, so
 * the list can only shrink; so is a figure that is higher than what stands.
 */

/** One exception: a rule, a file, a reason; for lengths the most that it may be. */
export interface Allowance {
  readonly rule: string;
  readonly file: string;
  /** The function, name or call it covers; the whole file when absent. */
  readonly what?: string;
  readonly sizeMax?: number;
  readonly reason: string;
}

export const ALLOWANCES: readonly Allowance[] = [
  { rule: 'door-width', file: 'src/terms/index.ts', sizeMax: 39, reason: 'the vocabulary: its door is its content' },
  { rule: 'door-width', file: 'src/log/index.ts', sizeMax: 39, reason: 'four boundaries share the room (ledger, event log, objects, analytics), and every room stands on it' },
  { rule: 'door-width', file: 'src/http/index.ts', sizeMax: 32, reason: 'nobody imports it but main, which opens each door and hands each desk its ground' },
  { rule: 'door-width', file: 'src/access/index.ts', sizeMax: 15, reason: 'the words of row-level security for four kinds of rows stand beside the table and its keys' },
  { rule: 'door-width', file: 'src/alerts/index.ts', sizeMax: 15, reason: 'seven readers of its views for screens and for judging rules stand beside the acts' },
  { rule: 'door-width', file: 'src/register/index.ts', sizeMax: 18, reason: 'six desks of the public face, each opened by main, beside the forms in which rows leave' },
  { rule: 'door-width', file: 'src/intake/index.ts', sizeMax: 15, reason: 'six readers of its views for screens stand beside what takes filings in' },
  { rule: 'door-width', file: 'src/screening/index.ts', sizeMax: 25, reason: 'lists in time, wallets, and names in both directions: each has its way in, its view and its measure' },
  { rule: 'clock', file: 'src/log/engine/wait.ts', what: 'performance.now', reason: 'a stopwatch over a process that starts or stops; no instant of it enters the log' },
  { rule: 'clock', file: 'sim/faults/shifted-clock.ts', reason: 'sets the clock of a process under trial; it asks for no instant' },
  { rule: 'timer', file: 'src/log/engine/wait.ts', reason: 'waits for a process, with a limit' },
];
