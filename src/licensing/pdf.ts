/**
 * A plain look at a PDF (ISO 32000-1): is it one, how many pages has it, and is there text on them that can be
 * searched? Streams are found by their own marks and inflated within bounds, so a damaged table of objects
 * does not matter. Text is a show operator (`Tj`, `TJ`, `'`, `"`) inside `BT … ET`; a scan has images and none.
 *
 * It does not judge whether the characters make sense, and it reads no file that is protected. Refuses what does not
 * begin as a PDF, is encrypted, or unpacks beyond its bound.
 */

import { inflateSync } from 'node:zlib';

/** Bytes of a document at most. */
export const DOCUMENT_BYTES_MAX = 8 * 1024 * 1024;
/** Bytes of all streams together once unpacked. */
const UNPACKED_BYTES_MAX = 64 * 1024 * 1024;
const STREAMS_MAX = 20_000;
const PAGES_MAX = 100_000;

/** What a PDF is seen to be. */
export interface PdfSeen {
  readonly pages: number;
  /** Text was found that can be searched. */
  readonly searchable: boolean;
}

/** Looks at the bytes; `undefined` when they are no PDF that can be read. */
export function readPdf(bytes: Uint8Array): PdfSeen | undefined {
  if (bytes.length > DOCUMENT_BYTES_MAX) return undefined;
  const text = Buffer.from(bytes).toString('latin1');
  if (!/^%PDF-[12]\.\d/.test(text) || /\/Encrypt[\s/<[\d]/.test(text)) return undefined;
  const streams = unpackedStreams(text);
  if (streams === undefined) return undefined;
  // Page objects stand in the open, or packed in object streams.
  const packed = streams.filter((one) => /\/Type\s*\/ObjStm/.test(one.dictionary)).map((one) => one.content);
  const pages = [text, ...packed].reduce((sum, one) => sum + (one.match(/\/Type\s*\/Page(?![a-zA-Z])/g)?.length ?? 0), 0);
  if (pages === 0 || pages > PAGES_MAX) return undefined;
  return { pages, searchable: streams.some((one) => !/\/Subtype\s*\/Image/.test(one.dictionary) && showsText(one.content)) };
}

function showsText(content: string): boolean {
  return /\bBT\b[\s\S]{0,20000}?(?:\)|>|\])\s*(?:Tj|TJ|'|")[\s\S]*?\bET\b/.test(content);
}

function unpackedStreams(text: string): { readonly dictionary: string; readonly content: string }[] | undefined {
  const found: { dictionary: string; content: string }[] = [];
  const mark = /stream\r?\n/g;
  let unpacked = 0;
  for (let at = mark.exec(text); at !== null && found.length < STREAMS_MAX; at = mark.exec(text)) {
    const begin = at.index + at[0].length;
    const end = text.indexOf('endstream', begin);
    if (end < 0) break;
    const dictionary = text.slice(Math.max(0, text.lastIndexOf('obj', at.index)), at.index);
    const content = unpack(dictionary, text.slice(begin, end), UNPACKED_BYTES_MAX - unpacked);
    if (content === undefined) return undefined;
    unpacked += content.length;
    found.push({ dictionary, content });
    mark.lastIndex = end + 'endstream'.length;
  }
  return found;
}

/** The stream's content; empty where its filter is none that holds text, `undefined` when it unpacks beyond the bound. */
function unpack(dictionary: string, raw: string, bytesMax: number): string | undefined {
  if (bytesMax <= 0) return undefined;
  const filter = /\/Filter\s*(?:\[\s*)?\/(\w+)/.exec(dictionary)?.[1];
  if (filter === undefined) return raw;
  if (filter !== 'FlateDecode' && filter !== 'Fl') return '';
  try {
    return inflateSync(Buffer.from(raw, 'latin1'), { maxOutputLength: bytesMax, finishFlush: 2 }).toString('latin1');
  } catch (error) {
    return error instanceof RangeError ? undefined : '';
  }
}
