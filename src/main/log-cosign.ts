/**
 * `nigran log cosign`: asks a witness for its cosignature on the newest head of the register log, and keeps it, so that
 * the checkpoint is served with it. The house may run or not. What the witness answers is believed only when it is a
 * cosignature of the key that was named, over this very checkpoint; a witness that lies changes nothing here.
 */

import { SecretFiles, openKeys } from '../access/index.ts';
import { openPool, PublicLog, REGISTER_LOG } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { openCheckpoint, parseVerifierKey, verifierKey } from '../proof/index.ts';
import { openNote, submissionText } from '../proof/published.ts';
import { drawOf } from './demo-keys.ts';
import { ask } from './fetch-bounded.ts';
import { needInstallation } from './installation.ts';
import type { Options } from './options.ts';
import { openRecord } from './record.ts';
import type { Settings } from './settings.ts';
import { readKeys } from './verify-files.ts';
import type { World } from './world.ts';

/** A witness may stand elsewhere than we think: it says where, and is asked once more. */
const ASKED_MAX = 2;

/** Runs the verb; gives the exit code. */
export async function cosignLog(settings: Settings, world: World, options: Options): Promise<number> {
  const address = options.need('witness', 'https://witness.example');
  const [key] = readKeys([options.need('witness-vkey', 'NAME+HASH+KEY')]).verifiers;
  const installation = needInstallation(settings.home);
  const record = await openRecord(settings, world);
  const pool = openPool(record.connection('nigran_app'), 2);
  try {
    const ring = openKeys(new SecretFiles({ directory: installation.keys, draw: drawOf(installation.demo === undefined ? undefined : settings.seed, world.random) }));
    const signer = ring.register(`${installation.authority}/${REGISTER_LOG}`);
    const log = new PublicLog(pool, signer);
    await log.sign(world.clock());
    const said = await askWitness(log, verifierKey(signer.keyId, signer.publicKey), key ?? '', `${address.replace(/\/$/, '')}/add-checkpoint`);
    process.stdout.write(options.has('json') ? `${JSON.stringify(said)}\n` : said.cosigned ? `${said.witness} cosigned ${said.size} entries\n` : `${said.reason}\n`);
    return said.cosigned ? 0 : 1;
  } finally {
    await pool.end();
    await record.close();
  }
}

/** What came of asking. */
export type Cosigned = { readonly cosigned: true; readonly witness: string; readonly size: number } | { readonly cosigned: false; readonly reason: string };

/** Asks for a cosignature on the newest signed head, and keeps it. `address`: of the witness's `add-checkpoint`. */
export async function askWitness(log: PublicLog, logKey: string, witnessKey: string, address: string): Promise<Cosigned> {
  const witness = parseVerifierKey(witnessKey);
  const known = parseVerifierKey(logKey);
  // Without the cosignatures that it has already: one of them would vouch for whatever is answered now.
  const note = await log.head();
  const head = note === undefined || known === undefined ? undefined : openCheckpoint(note, [known]);
  if (witness === undefined || note === undefined || head === undefined) throw new Refusal('the register log has no head that its own key signed', 'start the house once, or restore the keys of this home');
  let old = 0;
  for (let asked = 0; asked < ASKED_MAX; asked++) {
    const { status, body } = await ask(address, submissionText(old, await log.consistency(old, head.size), note));
    const text = Buffer.from(body).toString('utf8');
    if (status === 200) return keep(log, note, text, witness, head.size);
    const stands = status === 409 ? /^(0|[1-9]\d{0,15})\n$/.exec(text)?.[1] : undefined;
    if (stands === undefined || Number(stands) === old) return { cosigned: false, reason: `WITNESS_REFUSED: the witness answers with ${status}: ${text.slice(0, 200).trim()}` };
    if (Number(stands) > head.size) return { cosigned: false, reason: `LOG_BEHIND_WITNESS: the witness has seen ${stands} entries, this log has ${head.size}: it was restored from an older copy, or forked` };
    old = Number(stands);
  }
  return { cosigned: false, reason: 'WITNESS_REFUSED: the witness says at each time that it stands elsewhere' };
}

/** The witness's own line among those that it answered with. */
async function keep(log: PublicLog, note: string, lines: string, witness: NonNullable<ReturnType<typeof parseVerifierKey>>, size: number): Promise<Cosigned> {
  for (const line of lines.split('\n').slice(0, -1)) {
    if (openNote(`${note}${line}\n`, [witness])?.signatures.some(({ time }) => time !== undefined) !== true) continue;
    await log.keepCosignature(size, witness.name, `${line}\n`);
    return { cosigned: true, witness: witness.name, size };
  }
  return { cosigned: false, reason: 'COSIGNATURE_INVALID: what the witness answered is no cosignature of its key over this checkpoint' };
}
