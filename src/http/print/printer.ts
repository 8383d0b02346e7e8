/**
 * Printed certificates: a page in English and one in Urdu, with the code that carries the proof and the signed forms
 * attached as files. The typesetter's thread starts with the first certificate that is asked for and sets one after
 * another; who would wait behind too many is told to come again. A thread that dies fails what it was asked and is
 * started anew by the next question.
 */

import { Worker } from 'node:worker_threads';
import { encodeQR } from 'qr';
import type { Certificate } from '../../register/index.ts';
import { SECOND_US, formatKarachiDay, karachiDay } from '../../terms/index.ts';
import { dayWords, type Language, type Worded } from '../anyone/html.ts';
import { CERTIFICATE_WORDS } from '../words/certificate.ts';
import { CLASS_MEANS, CLASS_WORDS, REGISTER_WORDS } from '../words/register.ts';
import type { PrintAnswer, PrintAsked } from './thread.ts';

/** Documents that wait for the typesetter at most: some four seconds of its work. */
const WAITING_MAX = 100;

/** Who issues, as the paper names it. */
export interface Letterhead {
  readonly authority: Worded;
  readonly synthetic: boolean;
  /** Title of a service in both languages. */
  readonly serviceTitle: (service: string) => Worded;
}

/** Sets certificates. */
export class Printer {
  readonly #letterhead: Letterhead;
  readonly #waiting: { readonly resolve: (pdf: Uint8Array) => void; readonly reject: (error: Error) => void }[] = [];
  #thread: Worker | undefined;

  constructor(letterhead: Letterhead) {
    this.#letterhead = letterhead;
  }

  /** The document, unsigned; `undefined` when too many wait. Throws when it cannot be set. */
  async print(certificate: Certificate): Promise<Uint8Array | undefined> {
    if (this.#waiting.length >= WAITING_MAX) return undefined;
    const asked: PrintAsked = { data: JSON.stringify(dataOf(certificate, this.#letterhead)), seconds: Math.floor(certificate.at / SECOND_US) };
    const thread = (this.#thread ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      // A process waits for a document, and not for a typesetter without work.
      thread.ref();
      thread.postMessage(asked, []);
    });
  }

  /** Ends the thread; what waits fails. */
  async end(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Worker {
    const thread = new Worker(new URL('./thread.ts', import.meta.url));
    thread.on('message', (answer: PrintAnswer) => {
      const asked = this.#waiting.shift();
      if (this.#waiting.length === 0) thread.unref();
      if ('pdf' in answer) asked?.resolve(answer.pdf);
      else asked?.reject(new Error(answer.fault));
    });
    const fail = (error: Error): void => {
      if (this.#thread === thread) this.#thread = undefined;
      for (const { reject } of this.#waiting.splice(0)) reject(error);
    };
    thread.on('error', fail);
    thread.on('exit', () => fail(new Error('the typesetter ended')));
    return thread;
  }
}

/** The code as a drawing. Medium correction: paper is folded and stamped. */
export function drawCode(text: string): string {
  return encodeQR(text, 'svg', { ecc: 'medium', border: 4, encoding: 'byte' });
}

/** What the template is given: texts in both languages, the drawing of the code, and the files that go with it. */
function dataOf(certificate: Certificate, letterhead: Letterhead): object {
  const { row, at, code, credential, proof } = certificate;
  const [year, month, day] = formatKarachiDay(karachiDay(at)).split('-').map(Number);
  return {
    title: `${CERTIFICATE_WORDS.title.en}: ${row.firm.name}`, author: letterhead.authority.en, code: row.firm.code, day: { year, month, day }, licensed: row.now.class === 'licensed', address: code.split('#')[0], qr: drawCode(code),
    credential: JSON.stringify(credential), proof: proof?.text ?? null, entry: proof === undefined ? null : Buffer.from(proof.entry).toString('utf8'), en: wordsOf(certificate, letterhead, 'en'), ur: wordsOf(certificate, letterhead, 'ur'),
  };
}

function wordsOf({ row, at, until }: Certificate, { authority, synthetic, serviceTitle }: Letterhead, language: Language): object {
  const own = (text: Worded): string => text[language];
  const { firm, now, stage } = row;
  const mark = firm.synthetic ? ` (${own(REGISTER_WORDS.invented)})` : '';
  const names = language === 'ur' && firm.nameUr !== undefined ? [firm.nameUr, firm.name] : [firm.name, firm.nameUr ?? ''];
  const terms: (readonly [Worded, string])[] = [[CERTIFICATE_WORDS.issued, dayWords(at, language)], [CERTIFICATE_WORDS.until, dayWords(until, language)], [CERTIFICATE_WORDS.since, dayWords(now.from, language)]];
  if (stage !== undefined) terms.push([REGISTER_WORDS.clause, own(stage.clause)]);
  return {
    sample: synthetic || firm.synthetic ? own(REGISTER_WORDS.synthetic) : null, authority: own(authority), title: own(CERTIFICATE_WORDS.title), name: `${names[0] ?? ''}${mark}`, other: names[1], standing: own(CLASS_WORDS[now.class]), means: own(CLASS_MEANS[now.class]),
    terms: terms.map(([label, value]) => ({ label: own(label), value })), 'services-title': own(REGISTER_WORDS.may), services: now.services.map((service) => own(serviceTitle(service))), none: own(REGISTER_WORDS.mayNothing),
    check: own(CERTIFICATE_WORDS.check), code: own(CERTIFICATE_WORDS.code), how: own(CERTIFICATE_WORDS.printed), paper: own(CERTIFICATE_WORDS.paper),
  };
}
