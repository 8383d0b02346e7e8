/**
 * The verbs of the program. Each prints for people, or with `--json` one document on stdout and nothing else
 * there; it gives the exit code.
 */

import { StaffDesk } from '../access/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { benchLicensing } from '../../bench/licensing.ts';
import { benchMonitor, FULL, SMALL, type BenchRow } from '../../bench/monitor.ts';
import { REVERSE_FULL, REVERSE_SMALL, benchReverse } from '../../bench/reverse.ts';
import { SCREENING_FULL, SCREENING_SMALL, benchScreening } from '../../bench/screening.ts';
import { WALLETS_FULL, WALLETS_SMALL, benchWallets } from '../../bench/wallets.ts';
import { benchRegister } from './bench-register.ts';
import { benchBackTest } from './bench-back-test.ts';
import { benchIngest, INGEST_FULL, INGEST_SMALL } from './bench-ingest.ts';
import { benchRegisterDoor } from './bench-readers.ts';
import { DEMO_ACCOUNTS, DEMO_PASSWORD, demoTotp } from './demo-accounts.ts';
import { runDemo } from './demo.ts';
import { initHouse } from './init.ts';
import { readOptions, type OptionName } from './options.ts';
import { rotateIssuer } from './issuer.ts';
import { issueLink } from './link.ts';
import { cosignLog } from './log-cosign.ts';
import { exportLog } from './log-export.ts';
import { serveHouse } from './serve.ts';
import { VERIFY_OPTIONS, verifyPath } from './verify.ts';
import { runEvaluate } from './evaluate.ts';
import { runWitness } from './witness.ts';
import { runFaults } from './faults.ts';
import { PACK_DIRECTORY, openFramework, runFramework } from './framework.ts';
import { readInstallation } from './installation.ts';
import { ingestFile, runClient } from './client-verbs.ts';
import { rebuildHouse } from './rebuild.ts';
import { runRulesCost } from './rules-cost.ts';
import { runScreen } from './screen.ts';
import { runWallets } from './wallet-filter.ts';
import { runLists } from './lists.ts';
import { readSettings, type Settings } from './settings.ts';
import type { World } from './world.ts';

const HELP = `nigran <verb> [--json]

  demo [--once]            a working authority over an invented nation
  init --authority=NAME --officer=ACCOUNT:NAME[:ROLES] --officer=... [--framework=DIR] [--keys=DIR] [--origin=URL] [--assets=FILE]
                           an authority's own house: keys, first entries, one-time links of the first officers
  link ACCOUNT             another one-time link for an officer who has no passkey yet
  issuer rotate            a new key signs certificates from the next start on; what the old one signed stays good
  serve                    that house, without demo data, accounts or keys
  verify PATH [--key=KEY|FILE] ...
                           a receipt, signed note, checkpoint, .tlog-proof, directory of log tiles, Data Integrity
                           credential or presentation, SD-JWT: ours or others'; needs no server, asks no network.
                           --key, --vkey: a verifier key, or a file of them, a JWK, JWKS or PEM
                           logs: --witness-vkey=VKEY [--quorum=N] --earlier=CHECKPOINT --origin=ORIGIN
                           proofs: --entry=FILE or --leaf-hash=HEX   credentials: --did-document=FILE
                           --status-list=FILE --at=INSTANT --challenge= --domain= --audience= --nonce=
  log export DIR [--firm=ID | --tree=register]   the ledger, a firm's tree, or the public register log, as files
                           that any C2SP tlog-tiles client verifies
  log cosign --witness=URL --witness-vkey=VKEY   asks a witness for its cosignature on the register log
  witness keygen --key=FILE --name=NAME      the key of a witness; prints its verifier key
  witness serve --key=FILE --vkey=VKEY --state=DIR [--port=N]   cosigns what extends what it saw (C2SP tlog-witness)
  witness mirror URL|DIR TO --vkey=VKEY      a copy of a log, taken only where it verifies and extends the copy
  demo-code ACCOUNT        password and the code of the moment of a demo account
  faults [--seeds=N] [--scenario=NAME]   the house under kills, disorder and silence, audited
  rebuild [--shards=N]     the log folded again, compared with what was recorded
  client keygen --client=ID --key=FILE       a program's file with its key
  client register --key=FILE --origin=URL --code=CODE   registers it with the authority's one-time code
  client send FILE --key=FILE                a file of events through every door; identities are sealed on the way
  ingest FILE --key=FILE | --firm=ID         the same; --firm in a demo, whose firms' keys come from its seed
  screen --file=FILE|--pairs=FILE [--lists=DIR]   names against lists, or against each other: one JSON a line; - is standard input
  lists take FILE|DIR      newer states of lists of names, while the house stands still: each becomes a version, or says by a
                           code why its last good one stays
  wallets publish FILE     the listed wallets as a signed filter that a firm may keep and ask at home
  wallets ask FILE ADDRESS... --key=VKEY   which of these may be listed; needs no server and asks no network
  bench [ingest|licensing|monitor|register|screening]   figures with their method; without a name small sizes of all;
                           --lists=DIR: further lists for screening
  evaluate --seed=S [--people=N] | --events=FILE --labels=FILE
                           recall, precision and time to detection of each typology, in three views at one budget
  rules cost               what the rules of the pack cost: columns that they share, bytes of a busy person, nanoseconds
  framework check DIR      every fault of a framework pack, by file and line
  framework diff DIR DIR   what the second version changes, in words, and whom it concerns
  framework explain DIR [ID]   every stage, duty and parameter with its clause
`;

/** Every verb with the options that it takes beside `--json`. */
const VERBS: Readonly<Record<string, readonly OptionName[]>> = {
  demo: ['once'], init: ['authority', 'framework', 'keys', 'origin', 'officer', 'assets'], serve: [], link: [], issuer: [], lists: [], witness: ['key', 'name', 'vkey', 'state', 'port'], verify: VERIFY_OPTIONS, log: ['firm', 'tree', 'witness', 'witness-vkey'], 'demo-code': [], bench: ['lists'], faults: ['seeds', 'scenario'], rebuild: ['shards'],
  client: ['client', 'key', 'origin', 'code'], ingest: ['firm', 'key', 'origin'], framework: [], rules: ['framework'], evaluate: ['seed', 'people', 'events', 'labels'], screen: ['file', 'pairs', 'lists'], wallets: ['key'], help: [],
};

/** Runs a verb; gives the exit code. */
export async function runVerb(verb: string, world: World): Promise<number> {
  const settings = readSettings(world.environment);
  const known = VERBS[verb];
  if (known === undefined) throw new Refusal(`there is no verb "${verb}"`, 'npm run nigran -- help lists them');
  const options = readOptions(world.arguments.slice(1), ['json', ...known]);
  const [words, json] = [options.words, options.has('json')];
  switch (verb) {
    case 'demo':
      return runDemo(settings, world, { once: options.has('once'), json });
    case 'init':
      return initHouse(settings, world, options);
    case 'verify':
      return verifyPath(settings, options, world.clock());
    case 'log':
      return words[0] === 'cosign' ? cosignLog(settings, world, options) : exportLog(settings, world, options);
    case 'witness':
      return runWitness(world, options);
    case 'issuer':
      return rotateIssuer(settings, options, world.clock());
    case 'link':
      return issueLink(settings, world, options);
    case 'serve':
      return serveHouse(settings, world);
    case 'demo-code':
      return printCode(settings, world, words[0] ?? '');
    case 'bench':
      return printBench(await runBench(settings, world, words[0], options.text('lists')), json);
    case 'faults':
      return runFaults(settings, world);
    case 'rebuild':
      return rebuildHouse(settings, world, json);
    case 'client':
      return runClient(settings, world, options);
    case 'ingest':
      return ingestFile(settings, world, options);
    case 'evaluate':
      return runEvaluate(options);
    case 'wallets':
      return runWallets(settings, world, options);
    case 'lists':
    case 'screen':
      return verb === 'screen' ? runScreen(options) : runLists(settings, world, options);
    case 'rules':
      return runRulesCost(world, words, options.text('framework') ?? PACK_DIRECTORY, json);
    case 'framework':
      return runFramework(words, json);
    default:
      return printHelp();
  }
}

function printHelp(): number {
  process.stdout.write(HELP);
  return 0;
}

function printCode(settings: Settings, world: World, account: string): number {
  const installation = readInstallation(settings.home);
  if (installation !== undefined && installation.demo === undefined) throw new Refusal(`${installation.authority} is no demo and has no demo accounts`, 'sign in with your passkey');
  if (!DEMO_ACCOUNTS.some((each) => each.account === account)) throw new Refusal(`there is no demo account "${account}"`, `take one of ${DEMO_ACCOUNTS.map((each) => each.account).join(', ')}`);
  process.stdout.write(`${DEMO_PASSWORD} ${StaffDesk.demoCode(demoTotp(installation?.demo?.seed ?? settings.seed, account), world.clock())}\n`);
  return 0;
}

async function runBench(settings: Settings, world: World, name: string | undefined, lists: string | undefined): Promise<BenchRow[]> {
  const seconds = (): number => world.clock() / 1e6;
  const full = name !== undefined;
  const rows: BenchRow[] = [];
  if (name === undefined || name === 'monitor') rows.push(...await benchMonitor(full ? FULL : SMALL), ...await benchBackTest(world, full ? 4_000_000 : 100_000));
  if (name === undefined || name === 'licensing') rows.push(...benchLicensing(seconds));
  if (name === undefined || name === 'screening') rows.push(...benchWallets(full ? WALLETS_FULL : WALLETS_SMALL), ...await benchReverse(full ? REVERSE_FULL : REVERSE_SMALL));
  if (name === undefined || name === 'screening') rows.push(...(await benchScreening(full ? SCREENING_FULL : SCREENING_SMALL, seconds, lists)));
  if (name === undefined || name === 'register') rows.push(...(await benchRegister(world, full)), ...(await benchRegisterDoor(world, openFramework(PACK_DIRECTORY), full)));
  if (name === undefined || name === 'ingest') rows.push(...(await benchIngest(settings, world, full ? INGEST_FULL : INGEST_SMALL)));
  if (rows.length === 0) throw new Refusal(`there is no bench "${name}"`, 'take ingest, licensing, monitor, register or screening');
  return rows;
}

/** A floor that is missed is a "no", except in small sizes, whose figures are no claims. */
function printBench(rows: readonly BenchRow[], json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify(rows)}\n`);
  else for (const row of rows) process.stdout.write(`${row.ok ? 'ok  ' : 'LOW '} ${row.metric.padEnd(28)} ${String(Math.round(row.value * 1000) / 1000).padStart(14)} ${row.unit.padEnd(10)} ${row.method}\n`);
  return 0;
}
