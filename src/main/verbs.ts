/**
 * The verbs of the program. Each prints for people, or with `--json` one document on stdout and nothing else
 * there; it gives the exit code.
 */

import { StaffDesk } from '../access/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { benchLicensing } from '../../bench/licensing.ts';
import { benchMonitor, FULL, SMALL, type BenchRow } from '../../bench/monitor.ts';
import { benchIngest, INGEST_FULL, INGEST_SMALL } from './bench-ingest.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { runDemo } from './demo.ts';
import { runFaults } from './faults.ts';
import { runFramework } from './framework.ts';
import { ingestFile, makeClient } from './client-verbs.ts';
import { rebuildHouse } from './rebuild.ts';
import { readSettings, type Settings } from './settings.ts';
import type { World } from './world.ts';

const HELP = `nigran <verb> [--json]

  demo [--once]            a working authority over an invented nation
  demo-code ACCOUNT        password and the code of the moment of a demo account
  faults [--seeds=N] [--scenario=NAME]   the house under kills, disorder and silence, audited
  rebuild [--shards=N]     the log folded again, compared with what was recorded
  client keygen            a firm's key, and what the authority registers of it
  ingest FILE              a file of events through the door, in filings
  bench [ingest|licensing|monitor]   figures with their method; without a name small sizes of all
  framework check DIR      every fault of a framework pack, by file and line
  framework diff DIR DIR   what the second version changes, in words, and whom it concerns
  framework explain DIR [ID]   every stage, duty and parameter with its clause
`;

/** Runs a verb; gives the exit code. */
export async function runVerb(verb: string, world: World): Promise<number> {
  const settings = readSettings(world.environment);
  const words = world.arguments.slice(1).filter((word) => !word.startsWith('--'));
  const json = world.arguments.includes('--json');
  switch (verb) {
    case 'demo':
      return runDemo(settings, world, { once: world.arguments.includes('--once'), json });
    case 'demo-code':
      return printCode(settings, world, words[0] ?? '');
    case 'bench':
      return printBench(await runBench(settings, world, words[0]), json);
    case 'faults':
      return runFaults(settings, world);
    case 'rebuild':
      return rebuildHouse(settings, world, json);
    case 'client':
      return makeClient(world, words);
    case 'ingest':
      return ingestFile(world, words, json);
    case 'framework':
      return runFramework(words, json);
    case 'help':
      process.stdout.write(HELP);
      return 0;
    default:
      throw new Refusal(`there is no verb "${verb}"`, 'npm run nigran -- help lists them');
  }
}

function printCode(settings: Settings, world: World, account: string): number {
  if (!DEMO_ACCOUNTS.some((each) => each.account === account)) throw new Refusal(`there is no demo account "${account}"`, `take one of ${DEMO_ACCOUNTS.map((each) => each.account).join(', ')}`);
  process.stdout.write(`${DEMO_PASSWORD} ${StaffDesk.demoCode(demoTotp(settings.seed, account), world.clock())}\n`);
  return 0;
}

async function runBench(settings: Settings, world: World, name: string | undefined): Promise<BenchRow[]> {
  const seconds = (): number => world.clock() / 1e6;
  const full = name !== undefined;
  const rows: BenchRow[] = [];
  if (name === undefined || name === 'monitor') rows.push(...benchMonitor(full ? FULL : SMALL, seconds));
  if (name === undefined || name === 'licensing') rows.push(...benchLicensing(seconds));
  if (name === undefined || name === 'ingest') rows.push(...(await benchIngest(settings, world, full ? INGEST_FULL : INGEST_SMALL)));
  if (rows.length === 0) throw new Refusal(`there is no bench "${name}"`, 'take ingest, licensing or monitor');
  return rows;
}

/** A floor that is missed is a "no", except in small sizes, whose figures are no claims. */
function printBench(rows: readonly BenchRow[], json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else for (const row of rows) process.stdout.write(`${row.ok ? 'ok  ' : 'LOW '} ${row.metric.padEnd(28)} ${String(Math.round(row.value * 1000) / 1000).padStart(14)} ${row.unit.padEnd(10)} ${row.method}\n`);
  return 0;
}
