import { strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import { isObject, verifyCredential, type JsonObject } from '../proof/credentials.ts';
import { ALUMNI, ALUMNI_PROOFS } from '../proof/testing/credential-vectors.ts';
import { verifyByPlatform } from './platform-verify.ts';

const bent = (proof: JsonObject, at: number): JsonObject => {
  const text = String(proof['proofValue']);
  return { ...proof, proofValue: `${text.slice(0, at)}${text[at] === '2' ? '3' : '2'}${text.slice(at + 1)}` };
};

test('the platform and the portable code give one answer, on published credentials and on bent ones', async () => {
  for (const proof of ALUMNI_PROOFS) {
    for (const at of [undefined, 1, 5, 30, 60, 80]) {
      const document = { ...ALUMNI, proof: at === undefined ? proof : bent(proof, at) };
      strictEqual(isObject(document), true);
      const ask = { nowMs: Date.parse('2026-11-24'), documents: [], statusLists: [] };
      const [portable, platform] = [await verifyCredential(document, ask), await verifyCredential(document, { ...ask, verify: verifyByPlatform })];
      strictEqual(platform.reason, portable.reason, `${proof.cryptosuite} ${at}`);
      strictEqual(platform.verified, at === undefined);
    }
  }
  strictEqual(verifyByPlatform({ curve: 'P-256', point: new Uint8Array(65) }, new Uint8Array(1), new Uint8Array(64)), false);
});
