/**
 * Status of a token by a Token Status List (`status.status_list` in the claims, a signed token of its own with the
 * bits): believed when the reader's key signed it, its subject is the address that the claims name, and it holds
 * now. Without a list the status is unknown, which is not a no.
 */

import type { Check } from './check.ts';
import { wordsOfTime } from './date-time.ts';
import { checkJwtSignature, checkJwtTimes, parseJwt, type NamedKey } from './jwt.ts';
import { base64url } from './multibase.ts';
import { isObject, type JsonObject } from './strict-json.ts';
import { tokenEntryOf, unpackList } from './status-list.ts';

/** What a list says of one token. */
export interface TokenStatus {
  readonly checks: readonly Check[];
  readonly status: 'none' | 'unknown' | 'valid' | 'revoked' | 'suspended' | 'other';
  /** Since when the status stands, as the list tells it: RFC 3339. */
  readonly asOf?: string;
}

/** Values of the registry. Source: Token Status List, "Status Types". */
const VALUES = ['valid', 'revoked', 'suspended'] as const;

/** Looks the token of these claims up in the lists at hand. */
export async function tokenStatus(claims: JsonObject, trust: { readonly nowMs: number; readonly keys: readonly NamedKey[]; readonly statusLists?: readonly string[] }): Promise<TokenStatus> {
  if (claims['status'] === undefined) return { checks: [], status: 'none' };
  const no = (detail: string): TokenStatus => ({ checks: [{ name: 'status list', ok: false, detail }], status: 'other' });
  const asked = isObject(claims['status']) && isObject(claims['status']['status_list']) ? claims['status']['status_list'] : undefined;
  const { idx, uri } = asked ?? {};
  if (typeof idx !== 'number' || !Number.isSafeInteger(idx) || idx < 0 || typeof uri !== 'string') return no('the status of the token is of a kind that is not known here');
  const lists = (trust.statusLists ?? []).map((text) => parseJwt(text.trim())).flatMap((jwt) => (jwt?.payload['sub'] === uri ? [jwt] : []));
  const [list] = lists;
  if (list === undefined) {
    if ((trust.statusLists ?? []).length > 0) return no(`the list that was handed over is not ${uri.slice(0, 200)}, which the token names`);
    return { checks: [{ name: 'status', ok: true, detail: `unknown: the list ${uri.slice(0, 200)} was not at hand; authentic is not the same as still in force` }], status: 'unknown' };
  }
  const failed = [await checkJwtSignature(list, trust.keys), ...checkJwtTimes(list.payload, trust.nowMs)].find((check) => !check.ok);
  if (failed?.name === 'expiry') return { checks: [{ name: 'status list expiry', ok: false, detail: `the status list is past its end: ask again. ${failed.detail}` }], status: 'other' };
  if (failed !== undefined) return no(`the list does not verify: ${failed.detail}`);
  const { bits, lst } = isObject(list.payload['status_list']) ? list.payload['status_list'] : {};
  const packed = typeof lst === 'string' ? base64url.decode(lst) : undefined;
  if (list.header['typ'] !== 'statuslist+jwt' || packed === undefined || (bits !== 1 && bits !== 2 && bits !== 4 && bits !== 8)) return no('the list is no Token Status List');
  const unpacked = await unpackList(packed, 'deflate');
  if (!('bytes' in unpacked)) return no(unpacked.fault);
  const value = tokenEntryOf(unpacked.bytes, idx, bits);
  if (value === undefined) return no(`the list has no entry ${idx}`);
  const status = VALUES[value] ?? 'other';
  const asOf = typeof list.payload['iat'] === 'number' ? wordsOfTime(list.payload['iat'] * 1000) : 'an unknown time';
  return { checks: [{ name: 'status', ok: status === 'valid', detail: `${status} as of ${asOf}` }], status, asOf };
}
