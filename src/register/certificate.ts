/**
 * The certificate of a firm: what the register says of it, signed so that nobody has to ask us. Two forms with one
 * content: a Verifiable Credential (VC 2.0, `eddsa-jcs-2022`) and an SD-JWT VC (ES256); on paper a PDF that is sealed
 * here (PAdES), and a code that holds a short token with the proof that its statement stands in the register log. All
 * name the same entry of the status lists: the number of the statement. A statement that no longer holds (another class,
 * another scope, a suspension) revokes the certificates that were made of it, and a new one is issued; so the lists
 * are folded from the register and kept nowhere.
 *
 * Nobody who was never, or is no more, in a class that allows something gets one. An NOC is certified as what it is,
 * and says that it is no licence.
 */

import { createHash } from 'node:crypto';
import { leafHash, type Signer } from '../proof/index.ts';
import { selfSigned, signPdf } from '../proof/documents.ts';
import { packTlogProof } from '../proof/published.ts';
import { addProof, issueSdJwt, issueStatusToken, keyOfPoint, multibaseOf, packList, type JsonObject } from '../proof/credentials.ts';
import { DAY_US, HOUR_US, MINUTE_US, SECOND_US, assert, formatInstant, instantOf, karachiDay, startOfKarachiDay, type Instant } from '../terms/index.ts';
import type { RegisterBook } from './book.ts';
import type { RegisterChange } from './change.ts';
import type { RegisterClass, RegisterRow } from './row.ts';

/** Entries of one list. Source: Bitstring Status List, "minimum of 131,072". */
const LIST_ENTRIES = 131_072;
/** A certificate is good for a year, a list for a day: past that a verifier asks again. */
const CERTIFICATE_US = 365 * DAY_US;
const LIST_US = DAY_US;
const LIST_TTL_SECONDS = 3_600;
/** Certificates kept of one state of the register at most. */
const KEPT_MAX = 10_000;
/** Characters of a code at most: version 40 with medium correction holds 2,331 bytes, and a camera reads what is well below. */
const CODE_LENGTH_MAX = 2_000;
const CERTIFIED: readonly RegisterClass[] = ['licensed', 'aml-registered', 'noc', 'transitional', 'sandbox', 'no-action'];

/** Is there something to certify of a firm in this class? */
export function isCertified(of: RegisterClass): boolean {
  return CERTIFIED.includes(of);
}

/** A key of the issuer. It signs until it is rotated out; what it signed before stays good. */
export interface IssuerKey {
  readonly number: number;
  readonly ed25519: Signer;
  readonly p256: Signer;
  /** Instant at which it was rotated out. */
  readonly until?: Instant;
}

/** Who issues. */
export interface Issuer {
  /** Scheme and authority under which the house is called; `did:web` comes from it. */
  readonly origin: string;
  readonly name: string;
  readonly synthetic: boolean;
  /** Oldest first; the last one signs. */
  readonly keys: readonly IssuerKey[];
  readonly random: (length: number) => Uint8Array;
  readonly log?: IssuerLog;
}

/** The register log, in which every statement stands that is certified. */
export interface IssuerLog {
  /** Its verifier key, which the DID document names. */
  readonly verifier: string;
  /** Proof and entry of the statement of a number; `undefined` while no signed head holds it. */
  readonly prove: (n: number) => Promise<LogProof | undefined>;
}

/** One statement's proof, as C2SP tlog-proof, and the statement as it was hashed. */
export interface LogProof {
  readonly text: string;
  readonly entry: Uint8Array;
}

/** One certificate in its forms. */
export interface Certificate {
  readonly row: RegisterRow;
  readonly at: Instant;
  readonly until: Instant;
  readonly credential: JsonObject;
  readonly sdJwt: string;
  /** What a QR code on paper carries: an address of ours, and behind its # a whole token, which verifies without asking us. */
  readonly code: string;
  /** That its statement stands in the register log; left out while the log has no head over it. */
  readonly proof: LogProof | undefined;
}

/** `did:web` of an origin. Source: did:web, "Create". */
export function didOf(origin: string): string {
  return `did:web:${new URL(origin).host.replace(':', '%3A')}`;
}

const seconds = (at: Instant): string => `${formatInstant(at).slice(0, 19)}Z`;
const epoch = (at: Instant): number => Math.floor(at / SECOND_US);
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Issues certificates, publishes their status and the keys they verify with. */
export class CertificateDesk {
  readonly #book: RegisterBook;
  readonly #issuer: Issuer;
  readonly #did: string;
  readonly #kept = new Map<string, Promise<Certificate>>();
  #of = '';
  #certificate: Promise<Uint8Array> | undefined;

  constructor(book: RegisterBook, issuer: Issuer) {
    assert(issuer.keys.length > 0, 'an issuer has a key');
    this.#book = book;
    this.#issuer = issuer;
    this.#did = didOf(issuer.origin);
  }

  /** The certificate of a firm's code as of today; `undefined` where there is nothing to certify. */
  certificate(code: string, now: Instant): Promise<Certificate> | undefined {
    const row = this.#book.row(code, now);
    const change = row === undefined ? undefined : this.#statementOf(row);
    if (row === undefined || change === undefined || !isCertified(row.now.class)) return undefined;
    const of = `${this.#book.version} ${karachiDay(now)}`;
    if (of !== this.#of) {
      this.#kept.clear();
      this.#of = of;
    }
    const known = this.#kept.get(row.firm.code);
    if (known !== undefined) return known;
    const made = this.#issue(row, change, instantOf(Math.max(startOfKarachiDay(karachiDay(now)), row.now.from)));
    if (this.#kept.size < KEPT_MAX) this.#kept.set(row.firm.code, made);
    // One without its proof, or none at all, is made anew when it is next asked for.
    const drop = (): void => {
      if (this.#kept.get(row.firm.code) === made) this.#kept.delete(row.firm.code);
    };
    void made.then(({ proof }) => (proof === undefined && this.#issuer.log !== undefined ? drop() : undefined), drop);
    return made;
  }

  /** The statement on which a firm's present status stands. */
  #statementOf(row: RegisterRow): RegisterChange | undefined {
    return this.#book.changes.find((change) => change.entry === row.now.entry && change.about === row.firm.code);
  }

  /** Seals the printed certificate: PAdES under the key that signs the token. Throws for a document that the typesetter did not write. */
  async seal(pdf: Uint8Array, { at }: Certificate): Promise<Uint8Array> {
    const { p256 } = this.#key();
    this.#certificate ??= selfSigned(p256, this.#issuer.name);
    return signPdf(pdf, { name: this.#issuer.name, reason: 'Certificate of the register', at: seconds(at) }, p256, await this.#certificate);
  }

  async #issue(row: RegisterRow, { n, body }: RegisterChange, at: Instant): Promise<Certificate> {
    const until = instantOf(Math.min(at + CERTIFICATE_US, row.now.to ?? Number.MAX_SAFE_INTEGER));
    const { ed25519, p256, number } = this.#key();
    const list = `${this.#issuer.origin}/register/status-lists/${Math.floor(n / LIST_ENTRIES)}`;
    const subject = subjectOf(row, this.#issuer.synthetic);
    const leaf = Buffer.from(leafHash(Buffer.from(body), sha256)).toString('base64url');
    const document = {
      '@context': ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/undefined-terms/v2'], type: ['VerifiableCredential', 'RegisterCertificate'],
      id: `${this.#issuer.origin}/register/certificates/${row.firm.code}.json#${n}`, issuer: { id: this.#did, name: this.#issuer.name }, validFrom: seconds(at), validUntil: seconds(until),
      credentialSubject: { id: `${this.#issuer.origin}/register/firms/${row.firm.code}`, ...subject },
      credentialStatus: { type: 'BitstringStatusListEntry', statusPurpose: 'revocation', statusListIndex: String(n % LIST_ENTRIES), statusListCredential: list },
      evidence: { type: 'RegisterLogEntry', source: `change:${n}`, log: `${this.#issuer.origin}/register/log`, leaf },
    };
    const credential = await addProof(document, ed25519, { verificationMethod: `${this.#did}#issuer-${number}`, purpose: 'assertionMethod', created: seconds(at) });
    const { code, class: own, licence, ...hidden } = subject;
    const open = { iss: this.#did, vct: `${this.#issuer.origin}/register/certificate`, iat: epoch(at), nbf: epoch(at), exp: epoch(until), code, class: own, licence, leaf, status: { status_list: { idx: n % LIST_ENTRIES, uri: `${list}.jwt` } } };
    const header = { typ: 'dc+sd-jwt', kid: `${this.#did}#issuer-${number}-p256` };
    const short = await issueSdJwt(header, { ...open, name: subject.name }, {}, p256, this.#issuer.random);
    const proof = await this.#issuer.log?.prove(n);
    return { row, at, until, credential, sdJwt: await issueSdJwt(header, open, hidden, p256, this.#issuer.random), code: codeOf(`${this.#issuer.origin}/register/certificates/${row.firm.code}`, short, proof), proof };
  }

  /** A status list as a credential, as of a minute; `undefined` for a number that no certificate names yet. */
  async statusList(number: number, now: Instant): Promise<JsonObject | undefined> {
    const bits = this.#bits(number, now);
    if (bits === undefined) return undefined;
    const at = instantOf(now - (now % MINUTE_US));
    const id = `${this.#issuer.origin}/register/status-lists/${number}`;
    const { ed25519, number: key } = this.#key();
    const document = {
      '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential', 'BitstringStatusListCredential'], id, issuer: { id: this.#did, name: this.#issuer.name }, validFrom: seconds(at), validUntil: seconds(instantOf(at + LIST_US)),
      credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: 'revocation', encodedList: await packList(bits), ttl: HOUR_US / 1_000 },
    };
    return addProof(document, ed25519, { verificationMethod: `${this.#did}#issuer-${key}`, purpose: 'assertionMethod', created: seconds(at) });
  }

  /** The same list for SD-JWT, whose bits are numbered from the other side of each byte. */
  async statusToken(number: number, now: Instant): Promise<string | undefined> {
    const bits = this.#bits(number, now)?.map(reversed);
    const { p256, number: key } = this.#key();
    const iat = epoch(instantOf(now - (now % MINUTE_US)));
    const terms = { iss: this.#did, sub: `${this.#issuer.origin}/register/status-lists/${number}.jwt`, iat, exp: iat + LIST_US / SECOND_US, ttl: LIST_TTL_SECONDS };
    return bits === undefined ? undefined : issueStatusToken(bits, terms, `${this.#did}#issuer-${key}-p256`, p256);
  }

  /** One bit a statement, from the left: set when what it told holds no more. */
  #bits(number: number, now: Instant): Uint8Array | undefined {
    const first = number * LIST_ENTRIES;
    const told = this.#book.changes.slice(first, first + LIST_ENTRIES);
    if (!Number.isSafeInteger(number) || number < 0 || told.length === 0) return undefined;
    const bits = new Uint8Array(LIST_ENTRIES / 8);
    for (const [i, change] of told.entries()) {
      const row = this.#book.row(change.about, now);
      const holds = row !== undefined && row.now.entry === change.entry && isCertified(row.now.class);
      if (!holds) bits[i >> 3] = (bits[i >> 3] ?? 0) | (0x80 >> (i & 7));
    }
    return bits;
  }

  /** The DID document: every key that ever signed, so that old certificates verify; a key that was rotated out names its end. */
  didDocument(): JsonObject {
    const methods = this.#issuer.keys.flatMap(({ number, ed25519, p256, until }) => {
      const ended = until === undefined ? {} : { expires: seconds(until) };
      const key = keyOfPoint('Ed25519', ed25519.publicKey);
      assert(key !== undefined && key.curve !== 'RSA', 'the issuer\'s key lies on its curve');
      const [x, y] = [p256.publicKey.slice(1, 33), p256.publicKey.slice(33)].map((part) => Buffer.from(part).toString('base64url'));
      return [
        { id: `${this.#did}#issuer-${number}`, type: 'Multikey', controller: this.#did, publicKeyMultibase: multibaseOf(key), ...ended },
        { id: `${this.#did}#issuer-${number}-p256`, type: 'JsonWebKey', controller: this.#did, publicKeyJwk: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, ...ended },
      ];
    });
    return { '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1', 'https://w3id.org/security/jwk/v1'], id: this.#did, verificationMethod: methods, assertionMethod: methods.map((method) => method.id), ...this.#services() };
  }

  /** The register log with its key: who believes the document can judge a proof of inclusion too. */
  #services(): JsonObject {
    const { log, origin } = this.#issuer;
    return log === undefined ? {} : { service: [{ id: `${this.#did}#register-log`, type: 'RegisterLog', serviceEndpoint: `${origin}/register/log`, verifierKey: log.verifier }] };
  }

  #key(): IssuerKey {
    const key = this.#issuer.keys.at(-1);
    assert(key !== undefined, 'an issuer has a key');
    return key;
  }
}

/** Address, token and proof in one text. A proof that would make the code unreadable is left out: the address leads to it. */
function codeOf(address: string, token: string, proof: LogProof | undefined): string {
  const packed = proof === undefined ? undefined : packTlogProof(proof.text);
  const whole = `${address}#${token}${packed === undefined ? '' : `&${packed}`}`;
  return whole.length > CODE_LENGTH_MAX ? `${address}#${token}` : whole;
}

/** What is certified of a firm; the same words as in the register's own open forms. */
function subjectOf({ firm, now, stage }: RegisterRow, synthetic: boolean) {
  return {
    code: firm.code, class: now.class, licence: stage?.isLicence === true, name: firm.name, ...(firm.nameUr === undefined ? {} : { nameUr: firm.nameUr }), ...(stage === undefined ? {} : { stage: stage.title.en, clause: stage.clause.en }),
    services: [...now.services], since: seconds(now.from), ...(synthetic || firm.synthetic ? { synthetic: true } : {}),
  };
}

/** The bits of a byte from the other side. */
function reversed(byte: number): number {
  let turned = 0;
  for (let bit = 0; bit < 8; bit++) turned |= ((byte >> bit) & 1) << (7 - bit);
  return turned;
}
