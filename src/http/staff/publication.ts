/**
 * What officers publish, at the staff door: warnings under four eyes, and what a firm goes by in the register. To
 * propose and to agree asks for presence over exactly what is decided; the room judges who may and what stands.
 */

import type pg from 'pg';
import { decide, type Session, type StaffDesk } from '../../access/index.ts';
import type { Answer } from '../../contract/console.ts';
import { inForce } from '../../framework/index.ts';
import { SYSTEM, withActor, type Tx } from '../../log/index.ts';
import { isInForce, type PublicationDesk, type RegisterBook, type Warning } from '../../register/index.ts';
import { instantOf, reject, type Instant, type Json, type Rejection } from '../../terms/index.ts';
import type { StaffRoutes } from '../staff.ts';
import { given } from './filings.ts';
import { unlessProven } from './presence.ts';

/** What publishing stands on. */
export interface PublicationGround {
  readonly pool: pg.Pool;
  readonly desk: StaffDesk;
  readonly book: RegisterBook;
  readonly publication: PublicationDesk;
}

type Made = { readonly index: number } | Rejection;
type Content = Warning['content'];

/** What answers the routes of warnings and of details. */
export function publicationRoutes(ground: PublicationGround): Pick<StaffRoutes, 'warnings' | 'proposeWarning' | 'agreeWarning' | 'closeWarning' | 'replyToWarning' | 'enterDetail'> {
  const { publication, book } = ground;
  return {
    warnings: async ({ now }) => warningsOf(book, now),
    proposeWarning: async ({ session, body, now }) => {
      const { stepUp, ...wanted } = body;
      if (session === undefined) return reject('SESSION_REQUIRED');
      const absent = await unlessProven(ground, session, now, said({ act: 'warning.decide', by: session.member.account, wanted }), stepUp);
      // Screens know a firm by its code.
      const content = contentOf(wanted.content);
      const imitates = content?.imitates === undefined ? undefined : book.firms().find((one) => one.code.toUpperCase() === content.imitates?.toUpperCase())?.firm ?? content.imitates;
      return absent ?? acting(ground, session, (tx) => publication.propose(tx, now, { act: wanted.act, warning: wanted.warning, content: content === undefined ? undefined : { ...content, ...given('imitates', imitates) }, reasons: wanted.reasons }, session.member), true);
    },
    agreeWarning: async ({ session, params, body, now }) => {
      if (session === undefined) return reject('SESSION_REQUIRED');
      const waits = book.warnings.waiting().find((one) => one.entry === params.proposal);
      const may = decide(session.member, 'warning.second', given('proposer', waits?.actor));
      if (waits !== undefined && !may.allowed) return may.rejection;
      const absent = await unlessProven(ground, session, now, said({ act: 'warning.second', by: session.member.account, proposal: params.proposal, ...(waits === undefined ? {} : { body: waits.body }) }), body.stepUp);
      return absent ?? acting(ground, session, (tx) => publication.agree(tx, now, params.proposal, session.member), false);
    },
    closeWarning: async ({ session, params, body, now }) => acting(ground, session, (tx, by) => publication.close(tx, now, { proposal: params.proposal, note: body.note }, by.member), false),
    replyToWarning: async ({ session, params, body, now }) => acting(ground, session, (tx, by) => publication.reply(tx, now, { warning: params.warning.toUpperCase(), ...body }, by.member), false),
    enterDetail: async ({ session, params, body, now }) => {
      const firm = book.firms().find((one) => one.code.toUpperCase() === params.code.toUpperCase());
      if (firm === undefined) return reject('NOT_FOUND');
      const { lei, country, address, apps, ...rest } = body;
      return acting(ground, session, (tx, by) => publication.detail(tx, now, { ...rest, firm: firm.firm, apps: apps.map(({ name, ...app }) => ({ ...app, ...given('name', name) })), ...given('lei', lei), ...given('country', country), ...given('address', address) }, by.member), false);
    },
  };
}

const said = (act: object): Json => JSON.parse(JSON.stringify(act));

async function acting(ground: PublicationGround, session: Session | undefined, act: (tx: Tx, by: Session) => Promise<Made>, waits: boolean): Promise<Answer<'proposeWarning'> | Rejection> {
  if (session === undefined) return reject('SESSION_REQUIRED');
  const made = await withActor(ground.pool, SYSTEM, (tx) => act(tx, session));
  return 'code' in made ? made : { entry: made.index, waits };
}

type Wanted = NonNullable<Parameters<PublicationDesk['propose']>[2]['content']>;

/** Absent fields are left out, as the room wants them. */
function contentOf(body: { readonly name?: string | undefined; readonly imitates?: string | undefined; readonly expires?: number | undefined; readonly apps: readonly { store: string; id: string; name?: string | undefined }[] } & Omit<Wanted, 'name' | 'imitates' | 'expires' | 'apps'> | undefined): Wanted | undefined {
  if (body === undefined) return undefined;
  const { name, imitates, expires, apps, ...rest } = body;
  return { ...rest, apps: apps.map(({ name: app, ...own }) => ({ ...own, ...given('name', app) })), ...given('name', name), ...given('imitates', imitates), ...given('expires', expires) };
}

function warningsOf(book: RegisterBook, now: Instant): Answer<'warnings'> {
  return {
    warnings: book.warnings.all().slice(-1_000).toReversed().map((one) => ({
      warning: one.id, state: one.liftedAt !== undefined ? 'lifted' as const : isInForce(one, now) ? 'in-force' as const : 'ended' as const, issued: one.issuedAt, amended: one.amendedAt ?? null, lifted: one.liftedAt ?? null, content: seen(one.content), replies: [...one.replies], entry: one.entry,
    })),
    proposals: book.warnings.waiting().map(({ entry, at, actor, body }) => ({ proposal: entry, at, by: actor, act: body.act, warning: body.warning ?? null, content: body.content === undefined ? null : seen(body.content), reasons: body.reasons })),
    classes: [...book.framework.warnings].flatMap(([name, dated]) => {
      const found = inForce(dated, instantOf(now));
      return found === undefined ? [] : [{ class: name, title: found.title, means: found.means }];
    }),
  };
}

/** Hashes are counted, not shown: nobody can read a name out of them. */
function seen(content: Content): Answer<'warnings'>['warnings'][number]['content'] {
  return { ...content, hashes: content.hashes.length };
}
