/**
 * Certificates at the public door: a firm's certificate as a Verifiable Credential, as SD-JWT, and as a page to print
 * with a QR code that carries the proof itself; the status lists in both forms, and the DID document with the keys. Whoever holds a certificate and a list needs this door no more.
 */

import type { FastifyInstance, FastifyReply } from 'fastify';
import { encodeQR } from 'qr';
import type { Certificate, CertificateDesk } from '../../register/index.ts';
import { reject, type Instant } from '../../terms/index.ts';
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
  readonly rate?: Rate;
}

const USUAL_RATE: Rate = { perSecond: 20, burst: 200 };
/** Seconds for which each may be kept before it is asked again: a list is signed anew each minute. */
const FRESH = { certificate: 300, list: 60, keys: 3_600 };
const VC_TYPE = 'application/vc';
const SD_JWT_TYPE = 'application/dc+sd-jwt';

/** Serves `/register/certificates/CODE` (a page, in Urdu under `/register/ur`), `CODE.json`, `CODE.sd-jwt`, `CODE.svg`, `/register/status-lists/N` and `N.jwt`, `/.well-known/did.json`. */
export function openCertificates(server: FastifyInstance, ground: CertificateGround): void {
  const { desk, clock, rate } = ground;
  const limit = new RateLimit(rate ?? USUAL_RATE);
  const answer = async (address: string, reply: FastifyReply, type: string, fresh: number, make: (now: Instant) => Promise<string | undefined>): Promise<FastifyReply> => {
    const now = clock();
    if (!limit.allows(address, now)) return refuse(reply, reject('REQUEST_TOO_MANY'));
    const made = await make(now);
    if (made === undefined) return refuse(reply, reject('NOT_FOUND'));
    return reply.type(type).header('cache-control', `public, max-age=${fresh}`).header('access-control-allow-origin', '*').send(made);
  };
  const keys = JSON.stringify(desk.didDocument());
  server.get('/.well-known/did.json', (request, reply) => answer(request.ip, reply, 'application/did+json', FRESH.keys, () => Promise.resolve(keys)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.json', (request, reply) => answer(request.ip, reply, VC_TYPE, FRESH.certificate, async (now) => textOf((await desk.certificate(request.params.code, now))?.credential)));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.sd-jwt', (request, reply) => answer(request.ip, reply, SD_JWT_TYPE, FRESH.certificate, async (now) => (await desk.certificate(request.params.code, now))?.sdJwt));
  server.get<{ Params: { code: string } }>('/register/certificates/:code.svg', (request, reply) => answer(request.ip, reply, 'image/svg+xml', FRESH.certificate, async (now) => {
    const certificate = await desk.certificate(request.params.code, now);
    return certificate === undefined ? undefined : qrOf(certificate.code);
  }));
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

/** The code as a drawing. Medium correction: paper is folded and stamped. */
function qrOf(text: string): string {
  return encodeQR(text, 'svg', { ecc: 'medium', border: 4, encoding: 'byte' });
}

/** The certificate to print. It says on its face that paper cannot know what came after. */
function certificatePage({ authority, synthetic }: CertificateGround, { row, at, until, code }: Certificate, language: Language): string {
  const own = (text: Worded): string => escaped(text[language]);
  const tone = toneOf(row);
  const path = `/register/certificates/${row.firm.code}`;
  const body = `${namesHtml(row, language)}
<section class="standing${tone === '' ? '' : ` standing--${tone}`}"><b>${own(CLASS_WORDS[row.now.class])}</b><p>${own(CLASS_MEANS[row.now.class])}</p><p class="small">${own(CERTIFICATE_WORDS.issued)}: ${dayHtml(at, language)} · ${own(CERTIFICATE_WORDS.until)}: ${dayHtml(until, language)}</p></section>
<section><h2>${own(CERTIFICATE_WORDS.check)}</h2><figure role="img" aria-label="${own(CERTIFICATE_WORDS.code)}">${qrOf(code)}</figure><p>${own(CERTIFICATE_WORDS.how)}</p><p><b>${own(CERTIFICATE_WORDS.paper)}</b></p><p>${latin(code.split('#')[0] ?? '')}</p></section>`;
  return pageHtml({ language, title: CERTIFICATE_WORDS.title[language], path, at, synthetic, authority, body, formats: [['JSON', `${path}.json`], ['SD-JWT', `${path}.sd-jwt`], ['QR', `${path}.svg`]] });
}
