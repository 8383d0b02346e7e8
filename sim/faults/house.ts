/**
 * A house under trial, as the simulator sees it: its address, the firms' clients, its processes by name, and a
 * probe that only reads. Who starts it decides what it stands on; the simulator does not know.
 */

import type { FirmClient, Patience } from '../../client/index.ts';

/** Processes that a trial may kill. */
export const PARTS = ['server', 'worker', 'vault', 'postgres', 'clickhouse'] as const;
/** A part of the house. */
export type Part = (typeof PARTS)[number];

/** The house. */
export interface House {
  readonly url: string;
  /** Process ids by name; a worker's name begins with `worker`. */
  pids(): Readonly<Record<string, number | undefined>>;
  clientOf(firm: string, patience?: Patience): FirmClient;
  readonly probe: HouseProbe;
  /** From now on a process that starts, and every firm, finds its clock set by so many microseconds from the true time. */
  shiftClock(us: number): void;
}

/** What may be looked at beside the doors. */
export interface HouseProbe {
  /** Why the house is not at rest yet: `undefined` when nothing is held or undecided. */
  unrest(): Promise<string | undefined>;
  /** Batches that were set aside: whose, and how many events. */
  setAside(): Promise<readonly { readonly firm: string; readonly count: number }[]>;
  /** How many entries and batches were admitted before the one before them, and how much time the ledger's instants span. */
  admissions(): Promise<{ readonly backwards: number; readonly spanUs: number }>;
  findings(): Promise<readonly { readonly rule: string; readonly firm: string; readonly event: string; readonly person: string; readonly state: string }[]>;
  customers(): Promise<readonly { readonly firm: string; readonly reference: string; readonly person: string }[]>;
  /** Firms by number. */
  admitted(partitions: number): Promise<readonly { readonly firm: number; readonly id: string; readonly batches: number; readonly decided: boolean }[]>;
}

/** What a trial runs with. */
export interface TrialTools {
  readonly wait: (ms: number) => Promise<void>;
  readonly clock: () => number;
  /** Ends a process at once (SIGKILL). */
  readonly kill: (pid: number) => void;
  readonly say: (line: string) => void;
}
