/**
 * The typesetter, in a thread of its own, because setting a document takes some 40 ms in which nothing else would be
 * answered. It reads its template and its fonts once, and sets one document after another as PDF/A-3b. It draws no
 * fonts from the machine, so the same certificate looks alike everywhere, and reaches no network.
 */

import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { assert } from '../../terms/index.ts';

const FONTS = ['inter-400.ttf', 'inter-600.ttf', 'nastaliq-urdu-400.ttf'];
/** ISO 19005-3, level B; documents are tagged beside. */
const STANDARD = 'a-3b';
/** Documents after which what the compiler remembers of them is let go. */
const REMEMBERED_AGE = 2;

/** A document to set: what the template takes, and its date. */
export interface PrintAsked {
  readonly data: string;
  readonly seconds: number;
}
/** The document, or in words why there is none. */
export type PrintAnswer = { readonly pdf: Uint8Array } | { readonly fault: string };

const read = (name: string): Buffer => readFileSync(new URL(name, import.meta.url));
const template = read('certificate.typ').toString('utf8');
const compiler = NodeCompiler.create({ workspace: new URL('.', import.meta.url).pathname, fontArgs: [{ fontBlobs: FONTS.map((name) => read(`fonts/${name}`)) }] });

function set({ data, seconds }: PrintAsked): PrintAnswer {
  const compiled = compiler.compile({ mainFileContent: template, inputs: { certificate: data } });
  const document = compiled.result;
  if (document === null) return { fault: `the certificate cannot be set: ${JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics ?? []).slice(0, 500)}` };
  const pdf = compiler.pdf(document, { pdfStandard: STANDARD, creationTimestamp: seconds });
  compiler.evictCache(REMEMBERED_AGE);
  return { pdf: Uint8Array.from(pdf) };
}

function answerTo(asked: PrintAsked): PrintAnswer {
  try {
    return set(asked);
  } catch (error) {
    return { fault: `the certificate cannot be set: ${error instanceof Error ? error.message.slice(0, 500) : 'unknown'}` };
  }
}

assert(parentPort !== null, 'the typesetter runs in a thread of its own');
const port = parentPort;
port.on('message', (asked: PrintAsked) => port.postMessage(answerTo(asked), []));
