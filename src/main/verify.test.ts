import { deepStrictEqual, match, strictEqual } from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { leafHash, signerOfSeed, verifierKey } from '../proof/index.ts';
import { ALUMNI, ALUMNI_PROOFS, RFC9901_KEY, RFC9901_PRESENTED } from '../proof/testing/credential-vectors.ts';
import { entriesOf, MemoryLog, witnessKeyOf } from '../proof/testing/log.ts';
import { sha256 } from '../proof/testing/vectors.ts';
import { Refusal } from '../log/engine/index.ts';
import { readOptions } from './options.ts';
import { judgePath, VERIFY_OPTIONS } from './verify.ts';

let home = '';
const at = (name: string): string => join(home, name);
const log = signerOfSeed('other.example/log', new Uint8Array(32).fill(1));
const witness = signerOfSeed('witness.example/w', new Uint8Array(32).fill(2));
const vkey = `--vkey=${verifierKey(log.keyId, log.publicKey)}`;
const witnessKey = `--witness-vkey=${witnessKeyOf(witness.keyId, witness.publicKey)}`;

function write(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), content);
}

before(async () => {
  home = mkdtempSync(join(tmpdir(), 'nigran-verify-'));
  const tree = new MemoryLog(log);
  tree.append(entriesOf(300));
  write('earlier', await tree.checkpoint());
  const fork = new MemoryLog(log);
  fork.append(entriesOf(300, 1));
  write('fork', await fork.checkpoint());
  tree.append(entriesOf(400, 300));
  for (const [path, bytes] of await tree.files()) write(`log/${path}`, bytes);
  write('log/checkpoint', await tree.cosigned(witness, 1_800_000_000));
  write('entry', entriesOf(1, 5)[0] ?? '');
  write('one.tlog-proof', await tree.proof(5));
  write('vc.json', JSON.stringify({ ...ALUMNI, proof: ALUMNI_PROOFS[0] }));
  write('twice.json', JSON.stringify({ ...ALUMNI, proof: ALUMNI_PROOFS[0] }).replace('"name":', '"name":"x","name":'));
  write('sd-jwt', `${RFC9901_PRESENTED}\n`);
  write('jwk.json', JSON.stringify({ keys: [RFC9901_KEY] }));
  write('nothing', 'nothing of note');
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = `${Buffer.from('{"alg":"ES256","typ":"dc+sd-jwt"}').toString('base64url')}.${Buffer.from('{"vct":"x"}').toString('base64url')}`;
  write('own-jwt', `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}~`);
  write('own.pem', publicKey.export({ type: 'spki', format: 'pem' }));
});
after(() => rmSync(home, { recursive: true, force: true }));

/** What is answered: kind, and a code or `verified`; or the refusal. */
async function verify(name: string, ...options: readonly string[]): Promise<string> {
  try {
    const answer = await judgePath({ home: at('no-home') }, readOptions([at(name), ...options], VERIFY_OPTIONS), Date.parse('2026-11-24') * 1000);
    strictEqual(answer.verified, answer.checks.every((check) => check.ok));
    return `${answer.kind} ${answer.verified ? 'verified' : answer.reason.split(':')[0]}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

test('what others issued is judged by its form, with the keys that the reader names', async () => {
  const leaf = Buffer.from(leafHash(entriesOf(1, 5)[0] ?? new Uint8Array(0), sha256)).toString('hex');
  const cases: readonly (readonly [answer: string, name: string, ...options: string[]])[] = [
    ['log verified', 'log', vkey, witnessKey, `--earlier=${at('earlier')}`],
    ['log LOG_FORKED', 'log', vkey, `--earlier=${at('fork')}`, `--earlier=${at('earlier')}`],
    ['log WITNESSES_MISSING', 'log', vkey, witnessKey, `--witness-vkey=${witnessKeyOf('a', log.publicKey)}`],
    ['log verified', 'log', vkey, witnessKey, `--witness-vkey=${witnessKeyOf('a', log.publicKey)}`, '--quorum=1'],
    ['log KEY_UNKNOWN', 'log', `--vkey=${verifierKey(log.keyId, witness.publicKey)}`],
    ['checkpoint verified', 'log/checkpoint', vkey, witnessKey], ['checkpoint WITNESSES_MISSING', 'earlier', vkey, witnessKey],
    ['proof verified', 'one.tlog-proof', vkey, `--entry=${at('entry')}`], ['proof verified', 'one.tlog-proof', vkey, `--leaf-hash=${leaf}`],
    ['proof INCLUSION_INVALID', 'one.tlog-proof', vkey, `--entry=${at('earlier')}`],
    ['credential verified', 'vc.json'], ['credential PROOF_NOT_VALID_NOW', 'vc.json', '--at=2022-12-31T23:59:59Z'], ['unknown JSON_UNREADABLE', 'twice.json'],
    ['sd-jwt verified', 'sd-jwt', `--key=${at('jwk.json')}`], ['sd-jwt EXPIRED', 'sd-jwt', `--key=${at('jwk.json')}`, '--at=2030-01-01T00:00:00Z'], ['sd-jwt SIGNATURE_INVALID', 'sd-jwt', `--key=${at('own.pem')}`],
    ['sd-jwt-vc verified', 'own-jwt', `--key=${at('own.pem')}`], ['unknown FORM_UNKNOWN', 'nothing'],
  ];
  const answers: string[] = [];
  for (const [, name, ...options] of cases) answers.push(await verify(name, ...options));
  deepStrictEqual(answers, cases.map(([answer]) => answer));
});

test('what cannot be run says why in one line', async () => {
  match(await verify('sd-jwt'), /there is no key to verify with/);
  match(await verify('sd-jwt', `--key=${at('nothing')}`), /is no verifier key/);
  match(await verify('sd-jwt', `--key=${at('vc.json')}`), /holds no public key that can be read/);
  match(await verify('one.tlog-proof', vkey), /--entry is missing/);
  match(await verify('vc.json', `--status-list=${at('twice.json')}`), /"name" stands twice/);
  match(await verify('log', vkey, '--quorum=0'), /--quorum is the number/);
  match(await verify('vc.json', '--at=now'), /is no instant/);
});
