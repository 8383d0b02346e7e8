/**
 * Every view of the house folded again from the log, in one transaction and in the order in which rooms read each
 * other. Nobody else is at work meanwhile. Which tables are no views is named in their rooms' READMEs.
 */

import { licensingViews, rebuildLicensing } from '../licensing/index.ts';
import { alertViews, rebuildAlerts } from '../alerts/rebuild.ts';
import { intakeViews, rebuildIntake } from '../intake/rebuild.ts';
import { LocalObjects, PgEventLog, openPool, withTransaction, type Connection } from '../log/index.ts';
import { checkLedger, refoldViews, viewsFolded, type ViewDifference } from '../log/rebuild.ts';
import { monitorViews, rebuildMonitor, type Refolded } from '../monitor/index.ts';
import { obligationViews, rebuildObligations } from '../obligations/index.ts';
import { rebuildRegister, registerViews } from '../register/index.ts';
import { WalletTable, rebuildScreening, screeningViews } from '../screening/index.ts';
import { openFramework } from './framework.ts';

/** Every table that is a view of the log. */
export const VIEWS: readonly string[] = [...licensingViews, ...obligationViews, ...screeningViews, ...intakeViews, ...monitorViews, ...alertViews, ...registerViews];

/** Typed memory of the shards of one partition, while they fold. */
const BYTES_MAX = 8 * 1024 * 1024 * 1024;

/** What to fold: as `nigran_owner`, with the objects of the home. */
export interface RefoldHouse {
  readonly owner: Connection;
  readonly objects: string;
  /** Directory of the framework pack. */
  readonly framework: string;
  readonly partitions: number;
  readonly shards: number;
}

/** What was folded, and what was not as the log has it. */
export interface RefoldReport extends Omit<Refolded, 'faults'> {
  readonly ledgerRoot: string;
  /** Nothing differed: neither views, nor what the ledger commits to. */
  readonly identical: boolean;
  readonly views: readonly ViewDifference[];
  readonly faults: readonly string[];
}

const NOTHING = { entries: 0, events: 0, findings: 0, findingsHash: '', stateHash: '', identical: false, views: [] } as const;

/** Folds every view again and leaves them as the log has them. */
export async function refoldHouse(ground: RefoldHouse): Promise<RefoldReport> {
  const pool = openPool(ground.owner, 4);
  const framework = openFramework(ground.framework);
  const source = {
    pool, events: new PgEventLog(pool), objects: new LocalObjects(ground.objects), partitions: ground.partitions, bytesMax: BYTES_MAX, control: () => ({ framework, wallets: new WalletTable() }),
  };
  try {
    return await withTransaction(pool, async (tx) => {
      const ledger = await checkLedger(tx);
      // A ledger that was altered says nothing that views could be made of: they stay as they are.
      if (ledger.faults.length > 0) return { ...NOTHING, ledgerRoot: ledger.root, faults: ledger.faults };
      const faults: string[] = [];
      let refolded: Refolded | undefined;
      const views = await refoldViews(tx, VIEWS, async () => {
        await rebuildLicensing(tx);
        await rebuildObligations(tx);
        await rebuildRegister(tx, framework, source.objects);
        await rebuildScreening(tx);
        await rebuildIntake(tx, source);
        refolded = await rebuildMonitor(tx, source, { shards: ground.shards });
        faults.push(...refolded.faults, ...(await rebuildAlerts(tx)));
      });
      await viewsFolded(tx);
      if (refolded === undefined) throw new Error('nothing was folded');
      return { ...refolded, ledgerRoot: ledger.root, identical: views.length + faults.length === 0, views, faults };
    });
  } finally {
    await pool.end();
  }
}

/** The report for people. */
export function describeRefold(report: RefoldReport): string {
  const head = `${report.entries} control entries, ${report.events} events, ${report.findings} settled findings; ledger root ${report.ledgerRoot}\n`;
  if (report.identical) return `${head}identical: every view was as the log has it\n`;
  const views = report.views.flatMap((one) => [`${one.view}: ${one.wrong} rows were not as the log has them, ${one.missing} are put in their place`, ...one.examples.map((row) => `  ${row}`)]);
  return `${head}not identical\n${[...views, ...report.faults].map((line) => `${line}\n`).join('')}`;
}
