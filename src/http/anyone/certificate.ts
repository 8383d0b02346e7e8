/**
 * Certificates at the public door: a firm's certificate as a Verifiable Credential, as SD-JWT, as a signed PDF/A in both
 * languages, and as a page with the QR code that carries the proof itself; the status lists in both forms, and the DID
 * document with the keys. Whoever holds a certificate and a list needs this door no more.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Certificate, CertificateDesk } from '../../register/index.ts';
import { reject, type Instant } from '../../terms/index.ts';
import { drawCode, Printer } from '../print/printer.ts';
import { refuse } from '../problem.ts';
import { CERTIFICATE_WORDS } from '../words/certificate.ts';
import { CLASS_MEANS, CLASS_WORDS } from '../words/register.ts';
import { namesHtml, toneOf } from './firm-page.ts';
import { dayHtml, escaped, latin, pageHtml, PUBLIC_POLICY, type Language, type Worded } from './html.ts';
import { RateLimit, type Rate } from './rate.ts';

/** What the door of certificates stands on. */
export interface CertificateGround {
  readonly desk: CertificateDesk;
  readonly clock: () => Instant;
  readonly authority: Worded;
  readonly synthetic: boolean;
  /** Title of a service in both languages. */
  readonly serviceTitle: (service: string) => Worded;
  readonly rate?: Rate;
}

const USUAL_RATE: Rate = { perSecond: 20, burst: 200 };
/** Seconds for which each may be kept before it is asked again: a list is signed anew each minute. */
const FRESH = { certificate: 300, list: 60, keys: 3_600 };
const VC_TYPE = 'application/vc';
const SD_JWT_TYPE = 'application/dc+sd-jwt';
/** Printed certificates kept at most: 16 MB. Who asks in the same minute for the same firm waits for one document. */
const PRINTED_MAX = 64;

/** Serves `/register/certificates/CODE` (a page, in Urdu under `/register/ur`), `CODE.json`, `CODE.sd-jwt`, `CODE.svg`, `CODE.pdf`, `/register/status-lists/N` and `N.jwt`, `/.well-known/did.json`. */
export function openCertificates(server: FastifyInstance, ground: CertificateGround): void {
  const { desk, clock, rate } = ground;
  const limit = new RateLimit(rate ?? USUAL_RATE);
  const answer = async (address: string, reply: FastifyReply, type: string, fresh: number, make: (now: Instant) => Promise<string | Uint8Array | undefined>): Promise<FastifyReply> => {
    const now = clock();
    if (!limit.allows(address, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const made = await make(now);
    if (made === undefined) return refuse(reply, reject('NOT_FOUND'));
    return reply.type(type).header('cache-control', `public, max-age=${fresh}`).header('access-control-allow-origin', '*').send(typeof made === 'string' ? made : Buffer.from(made));
  };
  const keys = JSON.stringify(desk.didDocument());
  server.get('/.well-known/did.json', (request, reply) => answer(request.ip, reply, 'application/did+json', FRESH.keys, () => Promise.resolve(keys)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.json', (request, reply) => answer(request.ip, reply, VC_TYPE, FRESH.certificate, async (now) => textOf((await desk.certificate(request.params.code, now))?.credential)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.sd-jwt', (request, reply) => answer(request.ip, reply, SD_JWT_TYPE, FRESH.certificate, async (now) => (await desk.certificate(request.params.code, now))?.sdJwt));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.svg', (request, reply) => answer(request.ip, reply, 'image/svg+xml', FRESH.certificate, async (now) => {
    const certificate = await desk.certificate(request.params.code, now);
    return certificate === undefined ? undefined : drawCode(certificate.code);
  }));
  openPrinted(server, ground, limit);
  for (const language of ['en', 'ur'] as const) {
    server.get<{ Params: { code: string } }>(language === 'en' ? '/register/certificates/:code' : '/register/ur/certificates/:code', (request, reply) => answer(request.ip, reply.header('content-security-policy', PUBLIC_POLICY), 'text/html; charset=utf-8', FRESH.certificate, async (now) => {
      const certificate = await desk.certificate(request.params.code, now);
      return certificate === undefined ? undefined : certificatePage(ground, certificate, language);
    }));
  }
  server.get<{ Params: { number: string } }>('/register/status-lists/:number', (request, reply) => answer(request.ip, reply, VC_TYPE, FRESH.list, async (now) => textOf(await desk.statusList(numberOf(request.params.number), now))));
  server.get<{ Params: { number: string } }>('/register/status-lists/:number.jwt', (request, reply) => answer(request.ip, reply, 'application/statuslist+jwt', FRESH.list, (now) => desk.statusToken(numberOf(request.params.number), now)));
}

const textOf = (document: object | undefined): string | undefined => (document === undefined ? undefined : JSON.stringify(document));
/** A number as it is written, or one that no list has. */
const numberOf = (text: string): number => (/^(0|[1-9]\d{0,8})$/.test(text) ? Number(text) : -1);

/** Prints certificates; one that was printed is kept as long as it holds. */
class PrintedShelf {
  readonly #ground: CertificateGround;
  readonly #printer: Printer;
  readonly #kept = new Map<Certificate, Promise<Uint8Array | undefined>>();

  constructor(ground: CertificateGround) {
    this.#ground = ground;
    this.#printer = new Printer(ground);
  }

  /** The signed document; `undefined` when too many wait for theirs. */
  take(certificate: Certificate): Promise<Uint8Array | undefined> {
    const known = this.#kept.get(certificate);
    if (known !== undefined) return known;
    const made = this.#make(certificate);
    this.#kept.set(certificate, made);
    const drop = (): void => void this.#kept.delete(certificate);
    void made.then((pdf) => (pdf === undefined ? drop() : undefined), drop);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= PRINTED_MAX) break;
      this.#kept.delete(oldest);
    }
    return made;
  }

  end(): Promise<void> {
    return this.#printer.end();
  }

  async #make(certificate: Certificate): Promise<Uint8Array | undefined> {
    const pdf = await this.#printer.print(certificate);
    return pdf === undefined ? undefined : this.#ground.desk.seal(pdf, certificate);
  }
}

/** Serves `CODE.pdf`. */
function openPrinted(server: FastifyInstance, ground: CertificateGround, limit: RateLimit): void {
  const shelf = new PrintedShelf(ground);
  server.addHook('onClose', () => shelf.end());
  server.get<{ Params: { code: string } }>('/register/certificates/:code.pdf', async (request, reply) => {
    const now = ground.clock();
    if (!limit.allows(request.ip, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const certificate = await ground.desk.certificate(request.params.code, now);
    if (certificate === undefined) return refuse(reply, reject('NOT_FOUND'));
    const pdf = await shelf.take(certificate);
    if (pdf === undefined) return refuse(reply, reject('CAPACITY'));
    return reply.type('application/pdf').header('content-disposition', `inline; filename="certificate-${certificate.row.firm.code}.pdf"`).header('cache-control', `public, max-age=${FRESH.certificate}`).header('access-control-allow-origin', '*').send(Buffer.from(pdf));
  });
}

/** The certificate to print. It says on its face that paper cannot know what came after. */
function certificatePage({ authority, synthetic }: CertificateGround, { row, at, until, code }: Certificate, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const tone = toneOf(row);
  const path = `/register/certificates/${row.firm.code}`;
  const body = `${namesHtml(row, language)}
<section class="standing${tone === '' ? '' : ` standing--${tone}`}"><b>${own(CLASS_WORDS[row.now.class])}</b><p>${own(CLASS_MEANS[row.now.class])}</p><p class="small">${own(CERTIFICATE_WORDS.issued)}: ${dayHtml(at, language)} · ${own(CERTIFICATE_WORDS.until)}: ${dayHtml(until, language)}</p></section>
<section><h2>${own(CERTIFICATE_WORDS.check)}</h2><figure role="img" aria-label="${own(CERTIFICATE_WORDS.code)}">${drawCode(code)}</figure><p>${own(CERTIFICATE_WORDS.how)}</p><p><b>${own(CERTIFICATE_WORDS.paper)}</b></p><p>${latin(code.split('#')[0] ?? '')}</p></section>`;
  return pageHtml({ language, title: CERTIFICATE_WORDS.title[language], path, at, synthetic, authority, body, formats: [['PDF', `${path}.pdf`], ['JSON', `${path}.json`], ['SD-JWT', `${path}.sd-jwt`], ['QR', `${path}.svg`]] });
}
