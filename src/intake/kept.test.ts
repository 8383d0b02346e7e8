import assert from 'node:assert/strict';
import test from 'node:test';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { keptBody, storedFrame } from './kept.ts';
import type { Filing } from './plan.ts';

const filing = (texts: readonly string[], zstdAsSent?: Uint8Array): Filing => ({
  submission: 'S-1', firm: 'f', firmNumber: 1, client: 'c', idempotencyKey: 'k', contentDigest: '', signatureBase: '', receivedAt: 0 as Filing['receivedAt'], bytes: 1, format: 'ndjson',
  lines: texts.map((text, i) => ({ line: i + 1, text, parsed: { event: {} as never } })), ...(zstdAsSent === undefined ? {} : { zstdAsSent }),
});
const kept = (one: Filing): string => zstdDecompressSync(keptBody(one)).toString('utf8');

test('a record that was written over several lines is kept in one, and says the same', () => {
  const pretty = JSON.stringify({ id: 'E-1', memo: 'a\nb' }, undefined, 2);
  const lines = kept(filing([pretty, '{"id":"E-2"}'])).split('\n');
  assert.equal(lines.length, 2);
  assert.deepEqual(JSON.parse(lines[0] ?? ''), { id: 'E-1', memo: 'a\nb' });
});

test('a body in zstd is kept as it came, unless it could hold an identity', () => {
  const jwe = 'e'.repeat(40);
  const [plain, open, hidden] = ['{"id":"E-1"}', `{"id":"E-1","identity":"${jwe}"}`, `{"id":"E-1","\\u0069dentity":"${jwe}"}`];
  const sent = zstdCompressSync(plain);
  assert.equal(keptBody(filing([plain], sent)), sent);
  for (const text of [open, hidden]) assert.ok(!kept(filing([plain, text], zstdCompressSync(`${plain}\n${text}`))).includes(jwe));
});

test('what is kept is zstd, whether it was worth pressing or not', () => {
  for (const length of [0, 1, 255, 256, 1_023, 1_024, 5_000]) {
    const text = JSON.stringify('é'.repeat(length));
    assert.equal(kept(filing([text])), text);
    const bytes = Buffer.from(text).subarray(0, 65_000);
    assert.deepEqual(zstdDecompressSync(storedFrame(bytes)), bytes);
  }
});
