/**
 * `nigran verify PATH`: judges what was handed over, without a server and without believing anything in it: a receipt
 * or the door's whole answer, the answer of `nigran ingest`, a signed note or checkpoint, a C2SP tlog-proof with its
 * entry, a directory of log tiles, a credential, a certificate as PDF, the text of its code or a photo of it; ours, or
 * others' of the same forms. The keys come from the reader
 * (`--key`, `--vkey`), or from the installation of this home. The answer names each check; the first that failed
 * gives the reason its code.
 */

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, openCheckpoint, parseVerifierKey, verifierKey, verifyReceipt, type Check, type Verdict } from '../proof/index.ts';
import { checkWitnesses, noteSigners, openNote, parseTlogProof, verifyLog, verifyTlogProof, type LogExpectation } from '../proof/published.ts';
import { readStrictJson } from '../proof/credentials.ts';
import { isImage, isPdf, judgeCode, judgePdf, splitCode, type PaperTrust } from '../proof/documents.ts';
import { Refusal } from '../log/engine/index.ts';
import { readInstallation } from './installation.ts';
import type { OptionName, Options } from './options.ts';
import type { Settings } from './settings.ts';
import { answerOf, type Verified } from './verify-answer.ts';
import { answerOfPaper, isSecured, judgeDocument, judgedAt, judgeToken, paperTrust } from './verify-credential.ts';
import { bytesOf, readKeys, statOf, type ReadKeys } from './verify-files.ts';
import { readPhoto } from './verify-photo.ts';

/** The options of the verb. */
export const VERIFY_OPTIONS: readonly OptionName[] = [
  'key', 'vkey', 'witness-vkey', 'quorum', 'origin', 'earlier', 'entry', 'leaf-hash', 'did-document', 'status-list', 'at', 'challenge', 'domain', 'audience', 'nonce',
];

/** Runs the verb; gives the exit code. `nowUs`: microseconds since the epoch. */
export async function verifyPath(settings: Settings, options: Options, nowUs: number): Promise<number> {
  const answer = await judgePath(settings, options, nowUs);
  if (options.has('json')) process.stdout.write(`${JSON.stringify(answer)}\n`);
  else process.stdout.write(`${answer.checks.map((check) => `${check.ok ? 'ok  ' : 'FAIL'} ${check.name}: ${check.detail}\n`).join('')}${answer.kind}: ${answer.reason}\n`);
  return answer.verified ? 0 : 1;
}

/** Judges what the first word of the options names. Throws a refusal where it cannot be judged. */
export async function judgePath(settings: Pick<Settings, 'home'>, options: Options, nowUs: number): Promise<Verified> {
  const [path] = options.words;
  if (path === undefined) throw new Refusal('verify needs a path', 'for example: npm run nigran -- verify receipt.json --key="NAME+HASH+KEY"');
  return judge(path, { options, nowMs: judgedAt(options, nowUs), keys: () => keysOf(settings.home, options) });
}

/** What the reader brings. Keys are read when they are needed: a credential of a `did:key` needs none. */
interface Reader {
  readonly options: Options;
  readonly nowMs: number;
  keys(): ReadKeys;
}

async function judge(path: string, reader: Reader): Promise<Verified> {
  if (statOf(path).isDirectory()) return judgeLog(path, reader);
  const bytes = bytesOf(path);
  const trust = (): PaperTrust => paperTrust(reader.options, () => reader.keys(), reader.nowMs);
  if (isPdf(bytes)) return answerOfPaper(await judgePdf(bytes, trust()));
  if (isImage(bytes)) return judgePhoto(bytes, trust());
  const text = bytes.toString('utf8');
  if (/^\s*[{[]/.test(text)) return judgeJson(bytes, text, reader);
  const code = splitCode(text);
  if (code !== undefined) return answerOfPaper(await judgeCode(code, trust()));
  const token = await judgeToken(text, () => reader.keys(), reader.options, reader.nowMs);
  if (token !== undefined) return token;
  if (parseTlogProof(text) !== undefined) return judgeProof(text, reader);
  if (noteSigners(bytes).length > 0) return judgeNote(bytes, reader);
  return answerOf('unknown', [{ name: 'form', ok: false, detail: 'this is no receipt, signed note, proof, log or credential that is known here' }]);
}

/** The first code in the photo that is a certificate's. */
async function judgePhoto(bytes: Uint8Array, trust: PaperTrust): Promise<Verified> {
  const texts = await readPhoto(bytes);
  if ('ok' in texts) return answerOf('image', [texts]);
  const [code] = texts.flatMap((text) => splitCode(text) ?? []);
  return code === undefined ? answerOf('image', [{ name: 'form', ok: false, detail: 'the code in the photo is no certificate of a register' }]) : answerOfPaper(await judgeCode(code, trust));
}

async function judgeJson(bytes: Uint8Array, text: string, reader: Reader): Promise<Verified> {
  const read = readStrictJson(bytes);
  if (!('value' in read)) return answerOf('unknown', [{ name: jsonOf(text) === undefined ? 'form' : 'json', ok: false, detail: read.fault }]);
  if (isSecured(read.value)) return judgeDocument(read.value, reader.options, reader.nowMs);
  return (await judgeToken(read.value, () => reader.keys(), reader.options, reader.nowMs)) ?? judgeReceipts(read.value, reader.keys().verifiers);
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

function judgeNote(bytes: Uint8Array, reader: Reader): Verified {
  const text = Buffer.from(bytes).toString('utf8');
  const { keys: used, origin, witnesses, quorum } = expectationOf(text, reader);
  const known = used.flatMap((key) => parseVerifierKey(key) ?? []);
  const watching = (witnesses ?? []).flatMap((key) => parseVerifierKey(key) ?? []);
  const head = openCheckpoint(bytes, [...known, ...watching], origin);
  const opened = openNote(bytes, known);
  const isCheckpoint = /^[^\n]+\n\d+\n[A-Za-z0-9+/]{43}=\n/.test(text);
  const checks: Check[] = isSignedByKnown(text, used) ? [] : [unknownKey(text)];
  if (isCheckpoint) checks.push({ name: 'checkpoint', ok: head !== undefined, detail: head === undefined ? 'no key of the log that is known signed this head' : `${head.origin} has ${head.size} leaves under the root ${Buffer.from(head.root).toString('base64')}` });
  if (isCheckpoint && head !== undefined && witnesses !== undefined) checks.push(checkWitnesses(head, watching, quorum ?? witnesses.length));
  if (!isCheckpoint) checks.push({ name: 'signature', ok: opened !== undefined, detail: opened === undefined ? 'no known key signed this text' : `signed by ${opened.signatures.map((each) => each.name).join(', ')}` });
  return answerOf(isCheckpoint ? 'checkpoint' : 'note', checks);
}

function judgeProof(text: string, reader: Reader): Verified {
  const note = parseTlogProof(text)?.checkpoint ?? '';
  const expected = expectationOf(note, reader);
  const verdict = verifyTlogProof(text, leafOf(reader.options), expected);
  return answerOf('proof', [...(isSignedByKnown(note, expected.keys) ? [] : [unknownKey(note)]), ...verdict.checks]);
}

/** The leaf that a proof is about: the hash of an entry that the reader brings, or that hash itself. */
function leafOf(options: Options): Uint8Array {
  const hash = options.text('leaf-hash');
  if (hash === undefined) return leafHash(bytesOf(options.need('entry', 'entry.json, the entry that the proof is about; or --leaf-hash=HEX')), sha256);
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Refusal('--leaf-hash is no SHA-256 in hex', 'give 64 digits in lower case, or the entry itself: --entry=FILE');
  return Buffer.from(hash, 'hex');
}

async function judgeLog(directory: string, reader: Reader): Promise<Verified> {
  const read = (path: string): Uint8Array | undefined => {
    try {
      return readFileSync(join(directory, path));
    } catch {
      return undefined;
    }
  };
  const note = read('checkpoint');
  const text = note === undefined ? '' : Buffer.from(note).toString('utf8');
  const expected = expectationOf(text, reader);
  const verdict: Verdict = await verifyLog(read, { ...expected, earlier: reader.options.all('earlier').map(bytesOf) });
  const known = note === undefined || isSignedByKnown(text, expected.keys) ? [] : [unknownKey(text)];
  const checks = verdict.checks.map((check) => (!check.ok && check.detail.startsWith('there is no file') ? { ...check, name: 'missing' } : check));
  return answerOf('log', [...known, ...checks]);
}

/** What the reader knows of the log whose checkpoint this is. */
function expectationOf(note: string, { options, keys }: Reader): LogExpectation {
  const [witnesses, origin, quorum] = [options.all('witness-vkey'), options.text('origin'), options.text('quorum')];
  if (quorum !== undefined && (!/^[1-9]\d{0,2}$/.test(quorum) || witnesses.length === 0)) throw new Refusal('--quorum is the number of witnesses that must have cosigned', 'for example --witness-vkey=VKEY --witness-vkey=VKEY --quorum=1');
  return {
    keys: forOrigins(keys().verifiers, [originIn(note)]), hash: sha256, ...(origin === undefined ? {} : { origin }),
    ...(witnesses.length === 0 ? {} : { witnesses: readKeys(witnesses).verifiers }), ...(quorum === undefined ? {} : { quorum: Number(quorum) }),
  };
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Keys of `--key` and `--vkey`; without any, those of the installation here. */
function keysOf(home: string, options: Options): ReadKeys {
  const given = [...options.all('key'), ...options.all('vkey')];
  if (given.length > 0) return readKeys(given);
  const installation = readInstallation(home);
  if (installation === undefined) throw new Refusal('there is no key to verify with', 'give the verifier key that the authority publishes: --key="NAME+HASH+KEY", or --key=FILE');
  return readKeys([...Object.values(installation.verifiers), ...Object.values(installation.published ?? {})]);
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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
