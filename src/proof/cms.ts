/**
 * A detached signature over bytes as documents carry it: CMS SignedData (RFC 5652) with the attributes that CAdES asks
 * for (RFC 5035: the certificate is named by its hash), one signer, ECDSA on P-256 with SHA-256 (RFC 5753, 5758). The
 * certificate is the issuer's own, signed by the same key: it vouches for nothing but the key, and the key is believed
 * because the DID document names it. Refuses a second signer, attributes that stand twice, a digest or an algorithm
 * that is not these, a certificate that the attributes do not name.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { concat, equalBytes } from './bytes.ts';
import { childrenOf, der, derInteger, derOid, derSet, derText, integerOf, readDer, TAG, type Der } from './der.ts';
import { keyOfPoint, type PublicKey } from './public-key.ts';
import type { Signer } from './signer.ts';

const OID = {
  data: '1.2.840.113549.1.7.1', signedData: '1.2.840.113549.1.7.2', contentType: '1.2.840.113549.1.9.3', messageDigest: '1.2.840.113549.1.9.4', signingCertificate: '1.2.840.113549.1.9.16.2.47',
  sha256: '2.16.840.1.101.3.4.2.1', ecdsaSha256: '1.2.840.10045.4.3.2', ecPublicKey: '1.2.840.10045.2.1', p256: '1.2.840.10045.3.1.7',
  commonName: '2.5.4.3', keyUsage: '2.5.29.15', basicConstraints: '2.5.29.19',
} as const;
/** The certificate holds from before any document to the end that RFC 5280 §4.1.2.5 gives what has none: the DID document says when a key ended. */
const HOLDS = { from: '20200101000000Z', until: '99991231235959Z' } as const;
const SERIAL_BYTES = 16;
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => der(TAG.sequence, ...parts);
const ASCII = new TextEncoder();

/** ECDSA as DER from r ‖ s. */
function derSignature(raw: Uint8Array): Uint8Array {
  return sequence(derInteger(raw.slice(0, 32)), derInteger(raw.slice(32)));
}

/** A self-signed X.509 certificate of a P-256 key. `name`: what a reader is shown as the signer. */
export async function selfSigned(signer: Signer, name: string): Promise<Uint8Array> {
  const serial = sha256(signer.publicKey).slice(0, SERIAL_BYTES);
  const algorithm = sequence(derOid(OID.ecdsaSha256));
  const own = sequence(derSet(sequence(derOid(OID.commonName), derText(name.slice(0, 64)))));
  const key = sequence(sequence(derOid(OID.ecPublicKey), derOid(OID.p256)), der(TAG.bits, Uint8Array.of(0), signer.publicKey));
  // Digital signature and non-repudiation (RFC 5280 §4.2.1.3); the key signs no other certificate.
  const usage = sequence(derOid(OID.keyUsage), der(0x01, Uint8Array.of(0xff)), der(TAG.octets, der(TAG.bits, Uint8Array.of(6, 0xc0))));
  const basic = sequence(derOid(OID.basicConstraints), der(0x01, Uint8Array.of(0xff)), der(TAG.octets, sequence()));
  const body = sequence(
    der(TAG.context0, derInteger(Uint8Array.of(2))), derInteger(serial), algorithm, own,
    sequence(der(TAG.utcTime, ASCII.encode(HOLDS.from.slice(2))), der(TAG.time, ASCII.encode(HOLDS.until))), own, key, der(TAG.context3, sequence(usage, basic)),
  );
  return sequence(body, algorithm, der(TAG.bits, Uint8Array.of(0), derSignature(await signer.sign(body))));
}

/** A detached CAdES signature (the baseline of ETSI EN 319 122) over content with this SHA-256. */
export async function signCms(digest: Uint8Array, signer: Signer, certificate: Uint8Array): Promise<Uint8Array> {
  const [serial, issuer] = namesOf(certificate) ?? [];
  if (serial === undefined || issuer === undefined || signer.algorithm !== 'ES256') throw new Error('a document is signed with a P-256 key and its certificate');
  const attribute = (oid: string, value: Uint8Array): Uint8Array => sequence(derOid(oid), derSet(value));
  const attributes = [
    attribute(OID.contentType, derOid(OID.data)), attribute(OID.messageDigest, der(TAG.octets, digest)),
    attribute(OID.signingCertificate, sequence(sequence(sequence(der(TAG.octets, sha256(certificate)))))),
  ];
  const set = derSet(...attributes);
  const signature = derSignature(await signer.sign(set));
  const hash = sequence(derOid(OID.sha256));
  const info = sequence(
    derInteger(Uint8Array.of(1)), sequence(issuer.whole, serial.whole), hash, concat(Uint8Array.of(TAG.context0), set.slice(1)), sequence(derOid(OID.ecdsaSha256)), der(TAG.octets, signature),
  );
  const signed = sequence(derInteger(Uint8Array.of(1)), derSet(hash), sequence(derOid(OID.data)), der(TAG.context0, certificate), derSet(info));
  return sequence(derOid(OID.signedData), der(TAG.context0, signed));
}

/** Serial number and issuer of a certificate. */
function namesOf(certificate: Uint8Array): readonly [Der, Der] | undefined {
  const body = bodyOf(certificate);
  const [serial, , issuer] = body?.[0]?.tag === TAG.context0 ? body.slice(1) : body ?? [];
  return serial === undefined || issuer === undefined ? undefined : [serial, issuer];
}

function bodyOf(certificate: Uint8Array): readonly Der[] | undefined {
  return childrenOf(childrenOf(readDer(certificate))?.[0]);
}

/** The P-256 key of a certificate. */
function keyOfCertificate(certificate: Uint8Array): PublicKey | undefined {
  const body = bodyOf(certificate);
  const info = (body?.[0]?.tag === TAG.context0 ? body.slice(1) : body ?? [])[5];
  const [algorithm, bits] = childrenOf(info) ?? [];
  const [kind, curve] = childrenOf(algorithm) ?? [];
  const isP256 = isOid(kind, OID.ecPublicKey) && isOid(curve, OID.p256) && bits?.tag === TAG.bits && bits.content[0] === 0;
  return isP256 ? keyOfPoint('P-256', bits.content.slice(1)) : undefined;
}

/** Version 1 of RFC 5652: what is signed is data, and the signer is named by issuer and serial number. */
function isOne(element: Der | undefined): boolean {
  return element !== undefined && equalBytes(element.whole, derInteger(Uint8Array.of(1)));
}

/** An algorithm without parameters, or with the NULL that some write (RFC 5754 §2). */
function isAlgorithm(element: Der | undefined, oid: string): boolean {
  const plain = derOid(oid);
  return element !== undefined && [sequence(plain), sequence(plain, Uint8Array.of(TAG.none, 0))].some((form) => equalBytes(element.whole, form));
}

function isOid(element: Der | undefined, oid: string): boolean {
  return element !== undefined && equalBytes(element.whole, derOid(oid));
}

/** What a detached signature says once it is known to hold over the content; a text says why it does not. */
export type CmsRead = { readonly key: PublicKey; readonly certificate: Uint8Array } | { readonly fault: string };

/** Judges a detached signature over content with this SHA-256. Whose key it is, is the reader's question. `verify`: ECDSA over P-256 as r ‖ s. */
export function readCms(bytes: Uint8Array, digest: Uint8Array, verify: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean): CmsRead {
  const outer = readDer(bytes);
  const [kind, wrapped] = childrenOf(outer) ?? [];
  // Space for the signature was kept before its length was known: what is left is zeros (ISO 32000-1 §12.8.1).
  if (outer === undefined || bytes.slice(outer.whole.length).some((byte) => byte !== 0)) return { fault: 'the signature is no DER, or more than one' };
  const [signed] = isOid(kind, OID.signedData) ? childrenOf(wrapped) ?? [] : [];
  const parts = childrenOf(signed);
  const certificates = childrenOf(parts?.find((part) => part.tag === TAG.context0));
  const infos = childrenOf(parts?.at(-1)?.tag === TAG.set ? parts.at(-1) : undefined);
  const [content, ...inside] = childrenOf(parts?.[2]) ?? [];
  const [info, ...others] = infos ?? [];
  const [hash, ...hashes] = childrenOf(parts?.[1]?.tag === TAG.set ? parts[1] : undefined) ?? [];
  const isPlain = outer.tag === TAG.sequence && wrapped?.tag === TAG.context0 && signed?.tag === TAG.sequence && isOne(parts?.[0]) && isAlgorithm(hash, OID.sha256) && hashes.length === 0 && parts?.[2]?.tag === TAG.sequence;
  if (!isPlain || !isOid(content, OID.data) || inside.length > 0 || info?.tag !== TAG.sequence || others.length > 0 || certificates === undefined) return { fault: 'the signature is no CMS of one signer with its certificate' };
  return judgeSigner(info, certificates, digest, verify);
}

function judgeSigner(info: Der, certificates: readonly Der[], digest: Uint8Array, verify: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean): CmsRead {
  const [version, named, hash, attributes, algorithm, octets, ...more] = childrenOf(info) ?? [];
  const isKnown = isOne(version) && isAlgorithm(hash, OID.sha256) && isAlgorithm(algorithm, OID.ecdsaSha256);
  if (!isKnown || attributes?.tag !== TAG.context0 || octets?.tag !== TAG.octets || more.length > 0) return { fault: 'the signature is of a kind that is not known here: ECDSA on P-256 with SHA-256 and signed attributes is' };
  const found = childrenOf(attributes)?.map((each) => childrenOf(each) ?? []) ?? [];
  const valueOf = (oid: string): Der | undefined => {
    const named = found.filter(([name]) => isOid(name, oid));
    return named.length === 1 ? childrenOf(named[0]?.[1])?.[0] : undefined;
  };
  const said = valueOf(OID.messageDigest);
  if (!isOid(valueOf(OID.contentType), OID.data) || said?.tag !== TAG.octets || !equalBytes(said.content, digest)) return { fault: 'the document is not the one that was signed' };
  const hashed = childrenOf(childrenOf(childrenOf(valueOf(OID.signingCertificate))?.[0])?.[0])?.find((each) => each.tag === TAG.octets);
  const certificate = certificates.find((each) => hashed !== undefined && equalBytes(sha256(each.whole), hashed.content))?.whole;
  const key = certificate === undefined ? undefined : keyOfCertificate(certificate);
  const [serial, issuer] = certificate === undefined ? [] : namesOf(certificate) ?? [];
  const isNamed = serial !== undefined && issuer !== undefined && named !== undefined && equalBytes(named.whole, sequence(issuer.whole, serial.whole));
  if (certificate === undefined || key === undefined || !isNamed) return { fault: 'the signature names no certificate of a P-256 key that it carries' };
  const [r, s, ...rest] = childrenOf(readDer(octets.content)) ?? [];
  const raw = rest.length === 0 ? rawOf(integerOf(r), integerOf(s)) : undefined;
  const signedAttributes = concat(Uint8Array.of(TAG.set), attributes.whole.slice(1));
  return raw !== undefined && verify(key, signedAttributes, raw) ? { key, certificate } : { fault: 'the key of the certificate did not sign this' };
}

function rawOf(r: Uint8Array | undefined, s: Uint8Array | undefined): Uint8Array | undefined {
  if (r === undefined || s === undefined || r.length > 32 || s.length > 32) return undefined;
  return concat(new Uint8Array(32 - r.length), r, new Uint8Array(32 - s.length), s);
}
