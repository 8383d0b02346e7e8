/**
 * A ledger tree of the test double's own: RFC 6962 hashing, inclusion and consistency paths, and a signed
 * checkpoint (C2SP signed-note, Ed25519). It shares no code with `src/proof`, so the browser's verification
 * is tested against another hand's arithmetic.
 */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';

const sha = (...parts: Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const leafOf = (data: Uint8Array): Buffer => sha(Uint8Array.of(0), data);
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha(Uint8Array.of(1), left, right);

/** The largest power of two below n. */
const split = (n: number): number => { let k = 1; while (k * 2 < n) k *= 2; return k; };

export function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return createHash('sha256').digest();
  if (leaves.length === 1) return leaves[0] ?? Buffer.alloc(0);
  const k = split(leaves.length);
  return nodeOf(rootOf(leaves.slice(0, k)), rootOf(leaves.slice(k)));
}

/** Inclusion path of leaf `m`, leaf side first (RFC 6962 §2.1.1). */
export function pathOf(m: number, leaves: readonly Buffer[]): Buffer[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  return m < k ? [...pathOf(m, leaves.slice(0, k)), rootOf(leaves.slice(k))] : [...pathOf(m - k, leaves.slice(k)), rootOf(leaves.slice(0, k))];
}

/** Consistency path from the first `m` leaves to all (RFC 6962 §2.1.2). */
export function consistencyOf(m: number, leaves: readonly Buffer[], isWhole = true): Buffer[] {
  if (m === leaves.length) return isWhole ? [] : [rootOf(leaves)];
  const k = split(leaves.length);
  return m <= k
    ? [...consistencyOf(m, leaves.slice(0, k), isWhole), rootOf(leaves.slice(k))]
    : [...consistencyOf(m - k, leaves.slice(k), false), rootOf(leaves.slice(0, k))];
}

/** A key from a fixed seed: PKCS #8 of Ed25519 is a fixed prefix and 32 bytes. */
function keyOf(seed: number): { secret: KeyObject; raw: Buffer } {
  const secret = createPrivateKey({ key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, seed)]), format: 'der', type: 'pkcs8' });
  return { secret, raw: createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32) };
}

export function signer(name: string, seed: number): { vkey: string; checkpoint: (size: number, root: Buffer) => string } {
  const { secret, raw } = keyOf(seed);
  const typed = Buffer.concat([Uint8Array.of(1), raw]);
  const id = createHash('sha256').update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return {
    vkey: `${name}+${id.toString('hex')}+${typed.toString('base64')}`,
    checkpoint: (size, root) => {
      const text = `${name}\n${size}\n${root.toString('base64')}\n`;
      return `${text}\n— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), secret)]).toString('base64')}\n`;
    },
  };
}
