/**
 * PDF documents that are signed as PAdES baseline B-B (ETSI EN 319 142-1): a signature field is appended to the document
 * as an incremental update (ISO 32000-1 §7.5.6), and its signature covers every byte of the file but its own. Judging
 * asks for just that: one signature, whose two ranges reach from the first byte to the last around it, so nothing can
 * be appended later. Files that are attached are read only from a document whose signature holds.
 *
 * Signs documents as the typesetter here writes them: a table of cross references, objects one by one, no streams of
 * objects. Refuses any other, and one that is signed already.
 */

import { sha256 } from '@noble/hashes/sha2.js';
import { concat, hex, utf8 } from './bytes.ts';
import { readCms, signCms, type CmsRead } from './cms.ts';
import type { PublicKey } from './public-key.ts';
import type { Signer } from './signer.ts';
import { unpackList } from './status-list.ts';

/** Bytes kept for the signature: ours takes about 1,100. */
const SIGNATURE_BYTES = 4_096;
/** Bytes of a document at most, signed or judged: a certificate has a quarter of a megabyte. */
export const PDF_BYTES_MAX = 64 * 1024 * 1024;
/** Digits kept for each number of the ranges. */
const RANGE_DIGITS = 10;
/** Files that are read from a document at most, and bytes of one. */
const FILES_MAX = 16;
const FILE_BYTES_MAX = 4 * 1024 * 1024;

/** One byte a character, so that indexes in the text are indexes in the bytes. */
const latin1 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return text;
};

/** Is it a document of this kind, by its first bytes? */
export function isPdf(bytes: Uint8Array): boolean {
  return latin1(bytes.subarray(0, 5)) === '%PDF-';
}

/** What the signature dictionary tells beside the signature. `at`: RFC 3339 in UTC. */
export interface PdfSeal {
  readonly name: string;
  readonly reason: string;
  readonly at: string;
}

/** Signs a document; gives the signed one. Throws where it is none that the typesetter here wrote. */
export async function signPdf(pdf: Uint8Array, seal: PdfSeal, signer: Signer, certificate: Uint8Array): Promise<Uint8Array> {
  const update = updateOf(pdf, seal);
  const prepared = concat(pdf, utf8(update.text));
  const open = pdf.length + update.contents;
  const shut = open + 2 * SIGNATURE_BYTES + 2;
  const range = [0, open, shut, prepared.length - shut].map((each, i) => (i === 0 ? '0' : String(each).padStart(RANGE_DIGITS)));
  prepared.set(utf8(range.join(' ')), pdf.length + update.range);
  const digest = sha256(concat(prepared.subarray(0, open), prepared.subarray(shut)));
  const signature = await signCms(digest, signer, certificate);
  if (signature.length > SIGNATURE_BYTES) throw new Error(`a signature of ${signature.length} bytes does not fit its space`);
  prepared.set(utf8(hex.encode(signature)), open + 1);
  return prepared;
}

/** The update before it is signed: its text, and where in it the ranges and the signature stand. */
function updateOf(pdf: Uint8Array, seal: PdfSeal): { readonly text: string; readonly range: number; readonly contents: number } {
  const text = latin1(pdf);
  const end = /trailer\s*<<([^]{1,2000}?)>>\s*startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(text.slice(-3_000));
  const [root, size, info] = [/\/Root (\d{1,9}) 0 R/, /\/Size (\d{1,9})/, /\/Info (\d{1,9}) 0 R/].map((pattern) => pattern.exec(end?.[1] ?? '')?.[1]);
  const id = /\/ID \[[^\]]{1,300}\]/.exec(end?.[1] ?? '')?.[0];
  if (end === null || root === undefined || size === undefined || info === undefined || id === undefined || text.includes('/AcroForm')) throw new Error('this is no document that can be signed here');
  const [catalog, page] = [objectOf(text, Number(root)), /\/Type \/Page\b/.exec(text)];
  const first = page === null ? undefined : /(\d{1,9}) 0 obj\s*$/.exec(text.slice(0, text.lastIndexOf('<<', page.index)))?.[1];
  const sheet = first === undefined ? undefined : objectOf(text, Number(first));
  if (catalog === undefined || sheet === undefined || first === undefined || sheet.includes('/Annots')) throw new Error('this is no document that can be signed here');
  const field = Number(size);
  const kept = `/ByteRange [${'0'.padEnd(3 * RANGE_DIGITS + 4)}]`;
  const held = `<${'0'.repeat(2 * SIGNATURE_BYTES)}>`;
  const words = `/Name ${textString(seal.name)} /Reason ${textString(seal.reason)} /M (D:${seal.at.replaceAll(/[-:T]/g, '').slice(0, 14)}Z)`;
  const objects: readonly (readonly [number, string])[] = [
    [Number(root), `<<${catalog}  /AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>\n>>`],
    [Number(first), `<<${sheet}  /Annots [${field} 0 R]\n>>`],
    [field, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (Seal) /Rect [0 0 0 0] /F 132 /P ${first} 0 R /V ${field + 1} 0 R >>`],
    [field + 1, `<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached ${words} ${kept} /Contents ${held} >>`],
  ];
  let body = '\n';
  const offsets = new Map<number, number>();
  for (const [number, content] of objects) {
    offsets.set(number, pdf.length + body.length);
    body += `${number} 0 obj\n${content}\nendobj\n`;
  }
  const table = pdf.length + body.length;
  const rows = [...offsets].toSorted(([a], [b]) => a - b).map(([number, at]) => `${number} 1\n${String(at).padStart(10, '0')} 00000 n \n`).join('');
  body += `xref\n${rows}trailer\n<< /Size ${field + 2} /Root ${root} 0 R /Info ${info} 0 R ${id} /Prev ${end[2]} >>\nstartxref\n${table}\n%%EOF\n`;
  return { text: body, range: body.indexOf('/ByteRange [') + '/ByteRange ['.length, contents: body.indexOf(held) };
}

/** What stands between the brackets of an object's dictionary. */
function objectOf(text: string, number: number): string | undefined {
  const at = text.search(new RegExp(`(?:^|[\\r\\n])${number} 0 obj\\s*<<`));
  if (at < 0) return undefined;
  const from = text.indexOf('<<', at) + 2;
  const to = text.indexOf('endobj', from);
  const inner = to < 0 ? undefined : text.slice(from, to).trimEnd();
  return inner?.endsWith('>>') === true ? inner.slice(0, -2) : undefined;
}

/** A text string: UTF-16 with its mark, in hex, so that no character of it has a meaning of its own (ISO 32000-1 §7.9.2.2). */
function textString(text: string): string {
  let digits = 'feff';
  for (let i = 0; i < text.length; i++) digits += text.charCodeAt(i).toString(16).padStart(4, '0');
  return `<${digits}>`;
}

/** A judged document: what was signed and by which key, or in words why it is not. `isSigned`: it says that it is. */
export type PdfRead = (Extract<CmsRead, { key: PublicKey }> & { readonly signedAt: string | undefined }) | { readonly fault: string; readonly isSigned: boolean };

/** Judges the signature of a document. Nothing is thrown. */
export function readPdf(pdf: Uint8Array, verify: (key: PublicKey, message: Uint8Array, signature: Uint8Array) => boolean): PdfRead {
  if (pdf.length > PDF_BYTES_MAX) return { fault: `a document has at most ${PDF_BYTES_MAX} bytes`, isSigned: false };
  const text = latin1(pdf);
  const ranges = [...text.matchAll(/\/ByteRange\s{0,20}\[\s{0,20}0\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{1,20}(\d{1,10})\s{0,20}\]/g)];
  const [range] = ranges;
  if (range === undefined) return { fault: text.includes('/ByteRange') ? 'the ranges of the signature cannot be read' : 'the document is not signed', isSigned: text.includes('/ByteRange') };
  if (ranges.length > 1) return { fault: 'the document carries more than one signature; one over the whole is judged here', isSigned: true };
  const [open, shut, rest] = range.slice(1).map(Number);
  if (open === undefined || shut === undefined || rest === undefined || open >= shut || shut + rest !== pdf.length) return { fault: 'the signature does not cover the document to its last byte: something was changed or appended', isSigned: true };
  const held = text.slice(open, shut);
  const bytes = /^<(?:(?:[0-9a-f]{2}){1,65536}|(?:[0-9A-F]{2}){1,65536})>$/.test(held) ? hex.decode(held.slice(1, -1).toLowerCase()) : undefined;
  if (bytes === undefined) return { fault: 'between the ranges there is no signature', isSigned: true };
  const read = readCms(bytes, sha256(concat(pdf.subarray(0, open), pdf.subarray(shut))), verify);
  return 'fault' in read ? { ...read, isSigned: true } : { ...read, signedAt: /\/M \(D:(\d{14})Z\)/.exec(text.slice(range.index - 2_000, range.index))?.[1] };
}

/** Files attached to a document whose signature held, by name. A stream that does not unpack within its bound is left out. */
export async function filesOfPdf(pdf: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const text = latin1(pdf);
  const files = new Map<string, Uint8Array>();
  const specs = [...text.matchAll(/\/Type\s{0,9}\/Filespec\b[^]{0,600}?endobj/g)].slice(0, FILES_MAX);
  for (const [spec] of specs) {
    const name = /\/F\s{0,9}\(([A-Za-z0-9._-]{1,80})\)/.exec(spec)?.[1];
    const number = /\/EF\s{0,9}<<\s{0,9}\/F\s{1,9}(\d{1,9}) 0 R/.exec(spec)?.[1];
    const bytes = name === undefined || number === undefined ? undefined : await streamOf(pdf, text, Number(number));
    if (name !== undefined && bytes !== undefined) files.set(name, bytes);
  }
  return files;
}

async function streamOf(pdf: Uint8Array, text: string, number: number): Promise<Uint8Array | undefined> {
  const at = text.search(new RegExp(`(?:^|[\\r\\n])${number} 0 obj\\s*<<`));
  const start = at < 0 ? -1 : text.indexOf('stream', at);
  const head = start < 0 || start - at > 2_000 ? '' : text.slice(at, start);
  const length = Number(/\/Length (\d{1,9})\b/.exec(head)?.[1] ?? Number.NaN);
  const from = start + 'stream'.length + (text.startsWith('\r\n', start + 'stream'.length) ? 2 : 1);
  if (!Number.isSafeInteger(length) || length > FILE_BYTES_MAX || from + length > pdf.length) return undefined;
  const bytes = pdf.slice(from, from + length);
  return head.includes('/FlateDecode') ? inflated(bytes) : bytes;
}

async function inflated(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  const unpacked = await unpackList(bytes, 'deflate', FILE_BYTES_MAX);
  return 'bytes' in unpacked ? unpacked.bytes : undefined;
}
