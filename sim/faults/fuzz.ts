/**
 * Malformed bodies for the events door, drawn from a seed: broken bytes, broken JSON, broken fields, broken
 * compression, broken headers, bodies too large or too many. Each must end in a coded rejection, of the
 * request or of its lines; never in a 500, never in silence.
 */

import { createHash } from 'node:crypto';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import type { FirmClient, SealedBody } from '../../client/index.ts';
import { REJECTIONS } from '../../src/terms/index.ts';
import { Chance, PURPOSE, type SeedKey } from '../world/chance.ts';

/** What a fuzzing found. */
export interface FuzzReport {
  readonly sent: number;
  /** How often each code was answered. */
  readonly codes: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** What the fuzzer sends by. */
export interface FuzzGround {
  readonly url: string;
  readonly key: SeedKey;
  readonly client: Pick<FirmClient, 'headersFor'>;
  /** A customer of the client's firm, so that a body can be almost right. */
  readonly customer: string;
  readonly fetch: typeof fetch;
}

interface Malformed {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly type: string;
  readonly encoding: string;
  /** Headers to change after signing. */
  readonly spoil?: Readonly<Record<string, string>>;
}

const AT_ONCE = 8;
const FAULTS_SHOWN = 20;
const NDJSON = 'application/x-ndjson';

/** Sends `count` malformed bodies. */
export async function fuzzDoor(ground: FuzzGround, count: number): Promise<FuzzReport> {
  const codes: Record<string, number> = {};
  const faults: string[] = [];
  let next = 0;
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let n = next++; n < count; n = next++) {
      const body = malformed(new Chance(ground.key, PURPOSE.fuzz, n, 1), n, ground.customer);
      const answered = await send(ground, body, n).catch((error: unknown) => [`no answer: ${error instanceof Error ? error.message : String(error)}`]);
      for (const code of answered) {
        codes[code] = (codes[code] ?? 0) + 1;
        if (code !== 'TAKEN' && !Object.hasOwn(REJECTIONS, code)) faults.push(`${body.name} (${n}): ${code}`);
      }
      if (answered.length === 0) faults.push(`${body.name} (${n}): answered with nothing`);
    }
  }));
  return { sent: count, codes, faults: faults.slice(0, FAULTS_SHOWN) };
}

/** Codes of an answer: of the request, or of each line; `TAKEN` where a line was good after all. */
async function send(ground: FuzzGround, body: Malformed, n: number): Promise<string[]> {
  const digest = createHash('sha256').update(body.bytes).digest();
  const sealed: SealedBody = {
    bytes: body.bytes, sha256: digest.toString('hex'),
    headers: { 'content-type': body.type, ...(body.encoding === '' ? {} : { 'content-encoding': body.encoding }), 'content-digest': `sha-256=:${digest.toString('base64')}:` },
  };
  const headers = { ...(await ground.client.headersFor(sealed, `fuzz-${String(n).padStart(8, '0')}`)), ...body.spoil };
  const response = await ground.fetch(`${ground.url}/v1/events`, { method: 'POST', headers, body: body.bytes });
  const text = await response.text();
  if (response.status >= 500) return [`status ${response.status}`];
  const answer: unknown = JSON.parse(text);
  return codesOf(answer, response.status);
}

function codesOf(answer: unknown, status: number): string[] {
  if (typeof answer !== 'object' || answer === null) return [`status ${status} without a code`];
  if ('code' in answer && typeof answer.code === 'string') return [answer.code];
  if (!('rejections' in answer) || !Array.isArray(answer.rejections)) return [`status ${status} without a code`];
  const rejections: unknown[] = answer.rejections;
  const codes = rejections.map((one) => (typeof one === 'object' && one !== null && 'code' in one ? String(one.code) : 'a rejection without a code'));
  return codes.length === 0 ? ['TAKEN'] : codes;
}

function malformed(chance: Chance, n: number, customer: string): Malformed {
  const event = { v: 1, id: `fuzz-${n}`, stream: 'fuzz', seq: n + 1, at: '2026-11-01T10:00:00.000000Z', kind: 'sign-in', customer, access: { country: 'PK' }, outcome: 'success' };
  const plain = (name: string, text: string | Uint8Array, type = NDJSON): Malformed => ({ name, bytes: new Uint8Array(typeof text === 'string' ? Buffer.from(text) : text), type, encoding: '' });
  const ways: readonly (() => Malformed)[] = [
    () => plain('random bytes', chance.bytes(chance.between(1, 400))),
    () => plain('flipped bytes', flipped(chance, Buffer.from(JSON.stringify(event)))),
    () => plain('cut short', JSON.stringify(event).slice(0, chance.between(1, 150))),
    () => plain('strange JSON', chance.pick(STRANGE_JSON)),
    () => plain('a strange value', JSON.stringify({ ...event, [chance.pick(Object.keys(event))]: chance.pick(STRANGE_VALUES) })),
    () => plain('a strange value inside', JSON.stringify({ ...event, access: { [chance.pick(['ipToken', 'country', 'anonymiser', '__proto__', 'x'])]: chance.pick(STRANGE_VALUES) } })),
    () => plain('a key twice', `{"v":1,"v":2,${JSON.stringify(event).slice(1)}`),
    () => plain('a strange amount', JSON.stringify({ ...event, kind: 'fiat-in', access: undefined, outcome: undefined, amount: { asset: 'iso4217:PKR', value: chance.pick(STRANGE_AMOUNTS) }, channel: { method: 'raast' } })),
    () => plain('a strange instant', JSON.stringify({ ...event, at: chance.pick(STRANGE_INSTANTS) })),
    () => plain('no lines', chance.pick(['', '\n', '\n\n\r\n \t\n', '\ufeff'])),
    () => plain('CSV nonsense', chance.pick(['', 'a,b\n1', 'v,v\n1,2', '"unclosed', 'v,kind\n1,sign-in,3', 'v;kind\n1;x', `v\n${'9'.repeat(500)}`]), 'text/csv'),
    () => plain('an unknown type', JSON.stringify(event), chance.pick(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16'])),
    () => ({ ...plain('broken compression', chance.bytes(64)), encoding: chance.pick(['zstd', 'gzip', 'br', 'compress', 'zstd, gzip']) }),
    () => ({ ...plain('cut compression', zstdCompressSync(JSON.stringify(event)).subarray(0, chance.between(4, 60))), encoding: 'zstd' }),
    () => ({ ...plain('wrong digest', JSON.stringify(event)), spoil: { 'content-digest': chance.pick(['', 'sha-256=:AAAA:', 'md5=:AAAA:', `sha-256=:${Buffer.alloc(32).toString('base64')}:`]) } }),
    () => ({ ...plain('spoilt signature', JSON.stringify(event)), spoil: chance.pick([{ signature: 'sig=:AAAA:' }, { 'signature-input': 'sig=()' }, { authorization: 'DPoP x' }, { dpop: 'x.y.z' }, { 'idempotency-key': 'x' }]) }),
    () => large(chance, event),
  ];
  return (n % 211 === 210 ? ways.at(-1) : ways[chance.below(ways.length - 1)])?.() ?? plain('nothing', '');
}

/** Too many lines, too many bytes, a small body that becomes a large one. Rare, because they are slow. */
function large(chance: Chance, event: object): Malformed {
  const name = 'too large';
  switch (chance.below(3)) {
    case 0:
      return { name, bytes: new Uint8Array(gzipSync(Buffer.from(`${JSON.stringify(event)}\n`.repeat(10_001)))), type: NDJSON, encoding: 'gzip' };
    case 1:
      return { name, bytes: new Uint8Array(zstdCompressSync(Buffer.alloc(40 * 1024 * 1024, 'a'), { params: { [constants.ZSTD_c_compressionLevel]: 1 } })), type: NDJSON, encoding: 'zstd' };
    default:
      return { name, bytes: new Uint8Array(Buffer.from(JSON.stringify({ ...event, id: 'x'.repeat(70_000) }))), type: NDJSON, encoding: '' };
  }
}

function flipped(chance: Chance, bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes);
  for (let n = chance.between(1, 6); n > 0; n--) {
    const at = chance.below(out.length);
    out[at] = (out[at] ?? 0) ^ (1 << chance.below(8));
  }
  return out;
}

const STRANGE_JSON: readonly string[] = [
  'null', 'true', '[]', '[[]]', '{}', '""', '0', '-0', '1e999', '{"v":1}', '[{"v":1}]', '{"v":null}', '{"__proto__":{"v":1}}', '{"constructor":1}', '{"v":1,"kind":"toString"}',
  '{"v":1,"kind":"__proto__"}', `${'['.repeat(5_000)}${']'.repeat(5_000)}`, `${'{"a":'.repeat(3_000)}1${'}'.repeat(3_000)}`, '{"v":1,"kind":"sign-in","id":"\\ud800"}', '\u0000', '{"v":1e0,"kind":"order"}',
];
const STRANGE_VALUES: readonly unknown[] = [
  null, true, -1, 0.5, 1e21, [], {}, [[]], '', ' ', '\u202eabc', '\u0000', 'x'.repeat(2_000), '../../etc/passwd', "'; drop table event; --", '{{7*7}}', '2026-02-30', 'NaN', { __proto__: 1 }, { toString: 'x' }, ['v'],
];
const STRANGE_AMOUNTS: readonly unknown[] = ['-1', '01', '1e5', '0x10', '1.', '.5', '1,000', '١٢٣', '', '9'.repeat(61), '1.999', 5, null, 'NaN', 'Infinity', '99999999999999999999999999999999999999999'];
const STRANGE_INSTANTS: readonly unknown[] = ['', '2026-11-24', '2026-13-01T00:00:00Z', '2026-11-24T25:00:00Z', '2026-11-24T10:00:00', '1999-01-01T00:00:00Z', '2999-01-01T00:00:00Z', '2026-11-24T10:00:00.1234567Z', 1795512000, null, '2026-11-24T10:00:00+99:00'];
