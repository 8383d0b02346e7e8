/**
 * `nigran verify PATH`: judges what was handed over, without a server and without believing anything in it: a receipt
 * or the door's whole answer, the answer of `nigran ingest`, a signed note or checkpoint, a C2SP tlog-proof with its
 * entry, a directory of log tiles; ours, or others' of the same forms. The keys come from the reader (`--key`), or from
 * the installation of this home. The answer names each check; the first that failed gives the reason its code.
 */

import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, openCheckpoint, parseVerifierKey, verifierKey, verifyReceipt, type Check, type Verdict } from '../proof/index.ts';
import { noteSigners, openNote, parseTlogProof, verifyLog, verifyTlogProof } from '../proof/published.ts';
import { Refusal } from '../log/engine/index.ts';
import { readInstallation } from './installation.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';

/** Bytes of a file at most; the receipt of the largest filing is a hundredth of it. */
const FILE_BYTES_MAX = 256 * 1024 * 1024;

/** What kinds of thing are known by their form. */
type Kind = 'receipt' | 'checkpoint' | 'note' | 'proof' | 'log' | 'unknown';

/** The code that the first failed check gives the reason. */
const CODES: Readonly<Record<string, string>> = {
  form: 'FORM_UNKNOWN', key: 'KEY_UNREADABLE', 'known key': 'KEY_UNKNOWN', commitment: 'COMMITMENT_INVALID', signature: 'SIGNATURE_INVALID', checkpoint: 'SIGNATURE_INVALID', firm: 'TREE_OF_ANOTHER',
  size: 'SIZE_MISMATCH', inclusion: 'INCLUSION_INVALID', answer: 'ANSWER_MISMATCH', 'ledger entry': 'LEDGER_ENTRY_MISMATCH', 'ledger inclusion': 'LEDGER_INCLUSION_INVALID',
  missing: 'FILE_MISSING', files: 'FILE_INVALID', root: 'ROOT_MISMATCH',
};

/** What `nigran verify --json` prints. `reason` begins with a code where the answer is no. */
interface Verified {
  readonly kind: Kind;
  readonly verified: boolean;
  readonly checks: readonly Check[];
  readonly reason: string;
}

/** Runs the verb; gives the exit code. */
export async function verifyPath(settings: Settings, options: Options): Promise<number> {
  const [path] = options.words;
  if (path === undefined) throw new Refusal('verify needs a path', 'for example: npm run nigran -- verify receipt.json --key="NAME+HASH+KEY"');
  const answer = await judge(path, keysOf(settings, options), options);
  if (options.has('json')) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else process.stdout.write(`${answer.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}\n`).join('')}${answer.kind}: ${answer.reason}\n`);
  return answer.verified ? 0 : 1;
}

async function judge(path: string, keys: readonly string[], options: Options): Promise<Verified> {
  if (statOf(path).isDirectory()) return judgeLog(path, keys);
  const bytes = bytesOf(path);
  const text = bytes.toString('utf8');
  const json = jsonOf(text);
  if (json !== undefined) return judgeReceipts(json, keys);
  if (parseTlogProof(text) !== undefined) return judgeProof(text, keys, options);
  if (noteSigners(bytes).length > 0) return judgeNote(bytes, keys);
  return answerOf('unknown', [{ name: 'form', ok: false, detail: 'this is no receipt, signed note, proof or log that is known here' }]);
}

/** A receipt, the door's answer, or what `ingest` printed, whose receipts must all verify. */
function judgeReceipts(json: unknown, keys: readonly string[]): Verified {
  const receipts = receiptsIn(json);
  const verdicts = receipts.map((receipt) => {
    const used = forOrigins(keys, checkpointsIn(receipt).map(originIn));
    return { receipt, used, verdict: verifyReceipt(receipt, used) };
  });
  const checks = verdicts.flatMap(({ receipt, used, verdict }, i): readonly Check[] => {
    const known = checkpointsIn(receipt).filter((note) => !isSignedByKnown(note, used)).map((note) => unknownKey(note));
    const named = (check: Check): Check => (receipts.length === 1 ? check : { ...check, detail: `receipt ${i + 1}: ${check.detail}` });
    return [...known, ...verdict.checks].map(named);
  });
  return answerOf(receipts.length === 0 ? 'unknown' : 'receipt', checks.length === 0 ? [{ name: 'form', ok: false, detail: 'this JSON holds no receipt' }] : checks);
}

function judgeNote(bytes: Uint8Array, keys: readonly string[]): Verified {
  const text = Buffer.from(bytes).toString('utf8');
  const used = forOrigins(keys, [originIn(text)]);
  const known = used.flatMap((key) => parseVerifierKey(key) ?? []);
  const head = openCheckpoint(bytes, known);
  const opened = openNote(bytes, known);
  const isCheckpoint = /^[^\n]+\n\d+\n[A-Za-z0-9+/]{43}=\n/.test(text);
  const checks: Check[] = isSignedByKnown(text, used) ? [] : [unknownKey(text)];
  if (isCheckpoint) checks.push({ name: 'checkpoint', ok: head !== undefined, detail: head === undefined ? 'no key of the log that is known signed this head' : `${head.origin} has ${head.size} leaves under the root ${Buffer.from(head.root).toString('base64')}` });
  else checks.push({ name: 'signature', ok: opened !== undefined, detail: opened === undefined ? 'no known key signed this text' : `signed by ${opened.signatures.map((each) => each.name).join(', ')}` });
  return answerOf(isCheckpoint ? 'checkpoint' : 'note', checks);
}

function judgeProof(text: string, keys: readonly string[], options: Options): Verified {
  const entry = bytesOf(options.need('entry', 'entry.json'));
  const note = parseTlogProof(text)?.checkpoint ?? '';
  const used = forOrigins(keys, [originIn(note)]);
  const verdict = verifyTlogProof(text, leafHash(entry, sha256), { keys: used, hash: sha256 });
  return answerOf('proof', [...(isSignedByKnown(note, used) ? [] : [unknownKey(note)]), ...verdict.checks]);
}

async function judgeLog(directory: string, keys: readonly string[]): Promise<Verified> {
  const read = (path: string): Uint8Array | undefined => {
    try {
      return readFileSync(join(directory, path));
    } catch {
      return undefined;
    }
  };
  const note = read('checkpoint');
  const text = note === undefined ? '' : Buffer.from(note).toString('utf8');
  const used = forOrigins(keys, [originIn(text)]);
  const verdict: Verdict = await verifyLog(read, { keys: used, hash: sha256 });
  const known = note === undefined || isSignedByKnown(text, used) ? [] : [unknownKey(text)];
  const checks = verdict.checks.map((check) => (!check.ok && check.detail.startsWith('there is no file') ? { ...check, name: 'missing' } : check));
  return answerOf('log', [...known, ...checks]);
}

/** All checks must hold, and there must be one. */
function answerOf(kind: Kind, checks: readonly Check[]): Verified {
  const failed = checks.find((check) => !check.ok);
  const verified = failed === undefined && checks.length > 0;
  return { kind, verified, checks, reason: failed === undefined ? `the ${kind} verifies` : `${CODES[failed.name] ?? 'CHECK_FAILED'}: ${failed.detail}` };
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Keys of `--key`, each a verifier key or a file with one a line; without any, those of the installation here. */
function keysOf(settings: Settings, options: Options): readonly string[] {
  const given = options.all('key').flatMap((key) => (/^[^\s+]+\+[0-9a-f]{8}\+/.test(key) ? [key] : bytesOf(key).toString('utf8').split('\n').map((line) => line.trim()).filter((line) => line !== '')));
  const wrong = given.find((key) => parseVerifierKey(key) === undefined);
  if (wrong !== undefined) throw new Refusal(`"${wrong.slice(0, 80)}" is no verifier key`, 'a verifier key is NAME+HASH+KEY, as the authority publishes it');
  if (given.length > 0) return given;
  const installation = readInstallation(settings.home);
  if (installation === undefined) throw new Refusal('there is no key to verify with', 'give the verifier key that the authority publishes: --key="NAME+HASH+KEY", or --key=FILE');
  return [...Object.values(installation.verifiers), ...Object.values(installation.published ?? {})];
}

/** Keys for logs of these origins: a key named `a/firm` stands for the trees `a/firm/<id>`, which that key signs under their own names. */
function forOrigins(keys: readonly string[], origins: readonly string[]): string[] {
  const more = keys.flatMap((text) => {
    const key = parseVerifierKey(text);
    return key === undefined ? [] : origins.filter((origin) => origin.startsWith(`${key.name}/`)).map((origin) => verifierKey(origin, key.publicKey));
  });
  return [...new Set([...keys, ...more])];
}

function isSignedByKnown(note: string, keys: readonly string[]): boolean {
  const known = new Set(keys.map((key) => key.split('+').slice(0, 2).join('+')));
  return noteSigners(note).some((signer) => known.has(signer));
}

function unknownKey(note: string): Check {
  const signers = noteSigners(note);
  return { name: 'known key', ok: false, detail: signers.length === 0 ? 'nobody signed it' : `it says that it is signed by ${signers.join(', ').slice(0, 200)}, which is no key that was given` };
}

const originIn = (note: string): string => note.split('\n', 1)[0] ?? '';

function receiptsIn(json: unknown): readonly unknown[] {
  if (typeof json !== 'object' || json === null) return [];
  if ('receipt' in json && Array.isArray(json.receipt)) return json.receipt;
  // What ingest printed holds the receipt beside counts of its own: the receipt alone is judged.
  if ('receipt' in json && !('submission' in json)) return [json.receipt];
  return [json];
}

function checkpointsIn(receipt: unknown): string[] {
  if (typeof receipt !== 'object' || receipt === null) return [];
  if ('receipt' in receipt) return checkpointsIn(receipt.receipt);
  const ledger = 'ledger' in receipt ? checkpointsIn(receipt.ledger) : [];
  return 'checkpoint' in receipt && typeof receipt.checkpoint === 'string' ? [receipt.checkpoint, ...ledger] : ledger;
}

function statOf(path: string): { isDirectory(): boolean; readonly size: number } {
  try {
    return statSync(path);
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'no file'})`, 'name a file or a directory that is there', error);
  }
}

function bytesOf(path: string): Buffer {
  const { size } = statOf(path);
  if (size > FILE_BYTES_MAX) throw new Refusal(`${path} has ${size} bytes, more than any thing that is verified here`, `name a file of at most ${FILE_BYTES_MAX} bytes`);
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Refusal(`${path} cannot be read (${error instanceof Error && 'code' in error ? String(error.code) : 'no file'})`, 'name a file', error);
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
