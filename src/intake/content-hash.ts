/**
 * 32 bits of what an event says, by which a line that was sent again is told from another under the same id. The
 * order of keys and the spacing of the text make no difference. Not cryptographic: a firm that builds a collision
 * hides a change of its own event from itself, and both its lines are kept.
 */

/** Keys of strict schemas: a bounded set, hashed once each. */
const keyHashes = new Map<string, number>();

/**
 * Hashes an event. A sealed identity is left out: sealing the same identity again gives other bytes.
 */
export function contentHash(event: Readonly<Record<string, unknown>>): number {
  return hashRecord(event, 'identity');
}

function hashRecord(record: Readonly<Record<string, unknown>>, without?: string): number {
  let sum = 0x27d4eb2f;
  for (const key in record) {
    const value = record[key];
    if (key === without || value === undefined) continue;
    sum = (sum + mix(keyHash(key) ^ Math.imul(hashValue(value), 0x9e3779b1))) | 0;
  }
  return mix(sum) >>> 0;
}

function hashValue(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return hashString(value);
    case 'number':
      // Both halves of a whole number up to 2^53; the schema lets no other number through.
      return mix((value | 0) ^ Math.imul(Math.floor(value / 4_294_967_296), 0x85ebca6b) ^ 0x5bd1e995);
    case 'boolean':
      return value ? 0x2545f491 : 0x1b873593;
    default:
      return Array.isArray(value) ? hashList(value) : hashRecord(value as Readonly<Record<string, unknown>>);
  }
}

function hashList(list: readonly unknown[]): number {
  let hash = 0x165667b1 ^ list.length;
  for (const value of list) hash = Math.imul(hash ^ hashValue(value), 0xc2b2ae35) ^ (hash >>> 15);
  return mix(hash);
}

function keyHash(key: string): number {
  const known = keyHashes.get(key);
  if (known !== undefined) return known;
  const made = hashString(key);
  keyHashes.set(key, made);
  return made;
}

function hashString(text: string): number {
  let hash = 0x811c9dc5 ^ text.length;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) ^ (hash >>> 17);
  return mix(hash);
}

function mix(n: number): number {
  let hash = Math.imul(n ^ (n >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
