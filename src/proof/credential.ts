/**
 * Verifiable Credentials and presentations (W3C VC Data Model 2.0, and 1.1 where it says the same) that are secured
 * by Data Integrity proofs: who signed, that the issuer is the signer where the issuer is a DID, that it holds now,
 * and whether it was revoked. Without a status list the status is told as unknown, which is not a no: offline the
 * answer is "authentic; status unknown". A list that was handed over is believed only when it is signed by the
 * credential's own signer, is the one that the credential names, and holds now.
 *
 * An issuer that is no DID (`https://…`) is not shown to be anybody by a signature: the detail says so.
 */

import type { Json } from '../terms/index.ts';
import { verdictOf, type Check, type Verdict } from './check.ts';
import { verifyProofs, type Trust } from './data-integrity.ts';
import { timeAt, wordsOfTime } from './date-time.ts';
import { entryOf, listBits, statusEntries, type StatusEntry } from './status-list.ts';
import { isObject, itemsOf, type JsonObject } from './strict-json.ts';

/** Credentials within one presentation at most. */
const CREDENTIALS_MAX = 100;
const CONTEXT_2 = 'https://www.w3.org/ns/credentials/v2';
const CONTEXT_1 = 'https://www.w3.org/2018/credentials/v1';

/** What the reader knows, with the status lists that he was handed. */
export interface CredentialTrust extends Trust {
  readonly statusLists: readonly Json[];
}

/** What is known of a credential's status. `unknown`: no list was at hand. */
export type Status = 'none' | 'unknown' | 'valid' | 'revoked' | 'suspended' | 'other';

/** A verdict on a document. `controllers`: whose keys signed. */
export interface CredentialVerdict extends Verdict {
  readonly kind: 'credential' | 'presentation' | 'document';
  readonly controllers: readonly string[];
  readonly status: Status;
  /** Since when the status stands, as the list tells it: RFC 3339. */
  readonly statusAsOf?: string;
}

/** Verifies a document that carries Data Integrity proofs. Nothing is thrown. */
export async function verifyCredential(document: JsonObject, trust: CredentialTrust): Promise<CredentialVerdict> {
  const types = itemsOf(document['type']);
  if (types.includes('VerifiablePresentation')) return verifyPresentation(document, trust);
  if (types.includes('VerifiableCredential')) return verifyOne(document, trust);
  const { checks, controllers } = verifyProofs(document, undefined, trust);
  return { ...verdictOf('the document', checks), kind: 'document', controllers, status: 'none' };
}

async function verifyOne(document: JsonObject, trust: CredentialTrust): Promise<CredentialVerdict> {
  // A challenge is the presentation's to answer: a credential was made before it was set.
  const { challenge: _challenge, domain: _domain, ...own } = trust;
  const { checks: proofs, controllers } = verifyProofs(document, 'assertionMethod', own);
  const checks = [checkContext(document), ...checkModel(document), ...proofs, ...checkParty('issuer', document['issuer'], controllers), ...checkValidity(document, trust.nowMs)];
  const found = await checkStatus(document, controllers, trust);
  const { status, statusAsOf } = found;
  return { ...verdictOf('the credential', [...checks, ...found.checks]), kind: 'credential', controllers, status, ...(statusAsOf === undefined ? {} : { statusAsOf }) };
}

async function verifyPresentation(document: JsonObject, trust: CredentialTrust): Promise<CredentialVerdict> {
  const { checks: proofs, controllers } = verifyProofs(document, 'authentication', trust);
  const held = itemsOf(document['verifiableCredential']);
  const checks: Check[] = [checkContext(document), ...proofs, ...(document['holder'] === undefined ? [] : checkParty('holder', document['holder'], controllers))];
  if (held.length > CREDENTIALS_MAX) return { ...verdictOf('the presentation', [...checks, { name: 'form', ok: false, detail: `a presentation holds at most ${CREDENTIALS_MAX} credentials` }]), kind: 'presentation', controllers, status: 'none' };
  const statuses: Status[] = [];
  for (const [i, each] of held.entries()) {
    const said = `credential ${i + 1}: `;
    const isKnown = isObject(each) && itemsOf(each['type']).includes('VerifiableCredential');
    if (!isKnown) checks.push({ name: 'form', ok: false, detail: `${said}this is no credential with a Data Integrity proof` });
    else {
      const verdict = await verifyOne(each, trust);
      statuses.push(verdict.status);
      checks.push(...verdict.checks.map((check) => ({ ...check, detail: said + check.detail })));
    }
  }
  const worst = (['revoked', 'suspended', 'other', 'unknown', 'valid'] as const).find((status) => statuses.includes(status)) ?? 'none';
  return { ...verdictOf('the presentation', checks), kind: 'presentation', controllers, status: worst };
}

function checkContext(document: JsonObject): Check {
  const [first] = itemsOf(document['@context']);
  return { name: 'context', ok: first === CONTEXT_2 || first === CONTEXT_1, detail: `the first @context is ${typeof first === 'string' ? first.slice(0, 100) : 'not a text'}` };
}

/** What every credential says. Source: VC Data Model 2.0, "Basic Concepts". */
function checkModel(document: JsonObject): Check[] {
  const subjects = itemsOf(document['credentialSubject']);
  const isWhole = idOf(document['issuer']) !== undefined && subjects.length > 0 && subjects.every((subject) => isObject(subject) && Object.keys(subject).length > 0);
  return isWhole ? [] : [{ name: 'model', ok: false, detail: 'a credential names its issuer and at least one subject with claims' }];
}

function idOf(party: Json | undefined): string | undefined {
  const id = isObject(party) ? party['id'] : party;
  return typeof id === 'string' && /^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(id) ? id : undefined;
}

/** A DID must be the signer itself; of another identifier a signature shows nothing, and that is said. */
function checkParty(name: 'issuer' | 'holder', party: Json | undefined, controllers: readonly string[]): Check[] {
  const id = idOf(party);
  if (id === undefined || controllers.length === 0) return [];
  if (controllers.includes(id)) return [{ name, ok: true, detail: `${id.slice(0, 200)} signed it` }];
  if (id.startsWith('did:')) return [{ name, ok: false, detail: `the ${name} is ${id.slice(0, 200)}, but ${controllers.join(', ').slice(0, 300)} signed` }];
  return [{ name, ok: true, detail: `${controllers.join(', ').slice(0, 300)} signed; that this key speaks for ${id.slice(0, 200)} is not shown here` }];
}

function checkValidity(document: JsonObject, nowMs: number): Check[] {
  const from = timeAt(document, document['validFrom'] === undefined ? 'issuanceDate' : 'validFrom');
  const until = timeAt(document, document['validUntil'] === undefined ? 'expirationDate' : 'validUntil');
  if (from === null || until === null) return [{ name: 'validity', ok: false, detail: 'the credential holds from or until a time that cannot be read' }];
  if (from !== undefined && until !== undefined && until < from) return [{ name: 'validity', ok: false, detail: 'the credential ends before it begins' }];
  if (from !== undefined && from > nowMs) return [{ name: 'validity', ok: false, detail: `the credential holds from ${wordsOfTime(from)} on, which is still to come` }];
  if (until !== undefined && until < nowMs) return [{ name: 'expiry', ok: false, detail: `the credential held until ${wordsOfTime(until)}: ask its issuer again` }];
  return [{ name: 'validity', ok: true, detail: until === undefined ? 'the credential names no end' : `the credential holds until ${wordsOfTime(until)}` }];
}

interface StatusFound {
  readonly checks: readonly Check[];
  readonly status: Status;
  readonly statusAsOf?: string;
}

async function checkStatus(document: JsonObject, controllers: readonly string[], trust: CredentialTrust): Promise<StatusFound> {
  const entries = statusEntries(document);
  if (entries.length === 0) return { checks: [], status: 'none' };
  const found = await Promise.all(entries.map((entry) => statusOf(entry, controllers, trust)));
  const worst = (['revoked', 'suspended', 'other', 'unknown', 'valid'] as const).find((status) => found.some((each) => each.status === status)) ?? 'none';
  const asOf = found.flatMap((each) => each.asOf ?? []).toSorted((a, b) => (a < b ? -1 : 1))[0];
  return { checks: found.map((each) => each.check), status: worst, ...(asOf === undefined ? {} : { statusAsOf: asOf }) };
}

async function statusOf(entry: StatusEntry | string, controllers: readonly string[], trust: CredentialTrust): Promise<{ check: Check; status: Status; asOf?: string }> {
  if (typeof entry === 'string') return { check: { name: 'status', ok: false, detail: entry }, status: 'other' };
  const list = trust.statusLists.filter(isObject).find((each) => each['id'] === entry.list);
  const no = (detail: string): { check: Check; status: Status } => ({ check: { name: 'status list', ok: false, detail }, status: 'other' });
  if (list === undefined) {
    if (trust.statusLists.length > 0) return no(`the list that was handed over is not ${entry.list.slice(0, 200)}, which the credential names`);
    return { check: { name: 'status', ok: true, detail: `unknown: the list ${entry.list.slice(0, 200)} was not at hand; authentic is not the same as still in force` }, status: 'unknown' };
  }
  const { statusLists: _lists, ...plain } = trust;
  const verdict = await verifyOne(list, { ...plain, statusLists: [] });
  const failed = verdict.checks.find((check) => !check.ok);
  if (failed?.name === 'expiry') return { check: { name: 'status list expiry', ok: false, detail: `the status list is past its end: ask again. ${failed.detail}` }, status: 'other' };
  if (failed !== undefined) return no(`the list does not verify: ${failed.name}: ${failed.detail}`);
  if (!verdict.controllers.some((each) => controllers.includes(each))) return no('the list is not signed by the signer of the credential');
  const bits = await listBits(list['credentialSubject'], entry.purpose, entry.size);
  if (!('bytes' in bits)) return no(bits.fault);
  const value = entryOf(bits.bytes, entry.index, entry.size);
  if (value === undefined) return no(`the list has no entry ${entry.index}`);
  const from = timeAt(list, 'validFrom');
  return { ...judged(entry.purpose, value, typeof from === 'number' ? wordsOfTime(from) : 'an unknown time'), ...(typeof from === 'number' ? { asOf: wordsOfTime(from) } : {}) };
}

function judged(purpose: string, value: number, asOf: string): { check: Check; status: Status } {
  if (value === 0) return { check: { name: 'status', ok: true, detail: `no ${purpose.slice(0, 60)} as of ${asOf}` }, status: 'valid' };
  if (purpose === 'revocation') return { check: { name: 'status', ok: false, detail: `the credential was revoked, as the list of ${asOf} shows` }, status: 'revoked' };
  if (purpose === 'suspension') return { check: { name: 'status', ok: false, detail: `the credential is suspended, as the list of ${asOf} shows` }, status: 'suspended' };
  return { check: { name: 'status', ok: purpose === 'message' || purpose === 'refresh', detail: `the list of ${asOf} says ${value} under ${purpose.slice(0, 60)}` }, status: 'other' };
}
