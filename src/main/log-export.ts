/**
 * `nigran log export DIR`: a log as the static files of C2SP tlog-tiles, which any client of that form verifies: the
 * ledger, with `--firm=ID` a firm's own tree, or with `--tree=register` the public register log. The house may run or not. The checkpoint is written last, so that a
 * directory that was cut short has none; the verifier key lies beside it for convenience and is no proof of itself.
 *
 * The ledger is private: its numbers and times alone would tip people off. Whoever exports it answers for the copy.
 */

import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { SecretFiles, openKeys } from '../access/index.ts';
import { LEDGER, REGISTER_LOG, SYSTEM, openPool, signHead, treeHead, withActor, type Tx } from '../log/index.ts';
import { Refusal, refusalOf } from '../log/engine/index.ts';
import { ledgerSource, publicEntries, treeSource } from '../log/tree-source.ts';
import { openCheckpoint, parseVerifierKey, signCheckpoint, verifierKey, type Checkpoint, type Signer } from '../proof/index.ts';
import { tileFiles, type TreeSource } from '../proof/published.ts';
import { drawOf } from './demo-keys.ts';
import { needInstallation, type Installation } from './installation.ts';
import type { Options } from './options.ts';
import { openRecord } from './record.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** What `nigran log export --json` prints. `root` is base64, as in the checkpoint. */
interface Exported {
  readonly vkey: string;
  readonly size: number;
  readonly root: string;
}

/** Runs the verb; gives the exit code. */
export async function exportLog(settings: Settings, world: World, options: Options): Promise<number> {
  const [act, to] = options.words;
  if (act !== 'export' || to === undefined) throw new Refusal('log takes "export" and a directory', 'for example: npm run nigran -- log export ./ledger');
  const installation = needInstallation(settings.home);
  const directory = needEmpty(resolve(to));
  const record = await openRecord(settings, world);
  const pool = openPool(record.connection('nigran_app'), 2);
  try {
    const [firm, tree] = [options.text('firm'), options.text('tree')];
    if (tree !== undefined && (tree !== REGISTER_LOG || firm !== undefined)) throw new Refusal(`there is no log "${tree.slice(0, 40)}" to export`, 'take --tree=register, or --firm=ID, or neither for the ledger');
    const log = await openLog(settings, world, installation, tree ?? firm, (tree, signer) => signHead(pool, tree, signer, world.clock()));
    const exported = await withActor(pool, SYSTEM, (tx) => writeLog(tx, log, directory));
    process.stdout.write(options.has('json') ? `${JSON.stringify(exported)}\n` : `${exported.size} entries in ${directory}\nroot ${exported.root}\nkey  ${exported.vkey}\n`);
    return 0;
  } finally {
    await pool.end();
    await record.close();
  }
}

/** A log that is exported: who signs it, its newest signed head, and where its entries come from. */
interface Log {
  readonly signer: Signer;
  head(tx: Tx): Promise<string>;
  source(tx: Tx): TreeSource;
}

type HeadOf = (tree: string, signer: Signer) => Promise<{ readonly note: string }>;

async function openLog(settings: Settings, world: World, installation: Installation, firm: string | undefined, headOf: HeadOf): Promise<Log> {
  const ring = openKeys(new SecretFiles({ directory: installation.keys, draw: drawOf(installation.demo === undefined ? undefined : settings.seed, world.random) }));
  if (firm === REGISTER_LOG) {
    const signer = ring.register(`${installation.authority}/${REGISTER_LOG}`);
    const { note } = await headOf(REGISTER_LOG, signer);
    return { signer, head: () => Promise.resolve(note), source: (tx) => treeSource(tx, REGISTER_LOG, (from, to) => publicEntries(tx, from, to)) };
  }
  if (firm === undefined) {
    const signer = ring.checkpoint(`${installation.authority}/ledger`);
    const { note } = await headOf(LEDGER, signer);
    return { signer, head: () => Promise.resolve(note), source: (tx) => ledgerSource(tx) };
  }
  const tree = `firm:${firm}`;
  const signer = ring.receipt(`${installation.authority}/firm/${firm}`);
  return {
    signer,
    head: async (tx) => {
      const { size, root } = await treeHead(tx, tree);
      if (size === 0) throw new Refusal(`the firm ${firm} has filed nothing, so it has no tree`, 'name a firm by its id, or leave --firm out for the ledger');
      return signCheckpoint({ origin: signer.keyId, size, root }, signer);
    },
    source: (tx) => treeSource(tx, tree, async (from, to) => {
      const found = await tx.query<{ commitment: string }>('select commitment from intake.submission where firm = $1 and leaf_index >= $2 and leaf_index < $3 order by leaf_index', [firm, from, to]);
      return found.rows.map((row) => Buffer.from(row.commitment));
    }),
  };
}

async function writeLog(tx: Tx, log: Log, directory: string): Promise<Exported> {
  const note = await log.head(tx);
  const vkey = verifierKey(log.signer.keyId, log.signer.publicKey);
  const { size, root } = readHead(note, vkey);
  try {
    for await (const file of tileFiles(log.source(tx), 0, size)) write(directory, file.path, file.bytes);
    write(directory, 'vkey', `${vkey}\n`);
    write(directory, 'checkpoint', note);
  } catch (error) {
    throw refusalOf(error) ?? error;
  }
  return { vkey, size, root: Buffer.from(root).toString('base64') };
}

function readHead(note: string, vkey: string): Checkpoint {
  const key = parseVerifierKey(vkey);
  const head = key === undefined ? undefined : openCheckpoint(note, [key]);
  if (head === undefined) throw new Refusal('the newest signed head was not signed by the key of this home', 'restore the signing keys from a copy of the home directory');
  return head;
}

function write(directory: string, path: string, bytes: Uint8Array | string): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes, { flag: 'wx' });
}

/** A directory that is new or empty: an export never mixes with another. */
function needEmpty(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true });
    if (readdirSync(directory).length === 0) return directory;
  } catch (error) {
    throw refusalOf(error) ?? new Refusal(`${directory} is no directory that can be written`, 'name a new one', error);
  }
  throw new Refusal(`${directory} is not empty`, 'name a new directory');
}
