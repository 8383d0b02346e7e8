/**
 * The desk for people: sign in, stay signed in, prove presence for a decision, let in a new officer. Every
 * way in ends with a session or with one refusal that does not say what was wrong. Passwords with codes
 * work in a demo only (`synthetic`); elsewhere they are refused before anything is looked up.
 */

import type pg from 'pg';
import { SYSTEM, append, withActor, type Db, type Entry, type Tx } from '../log/index.ts';
import { reject, type Instant, type Rejection } from '../terms/index.ts';
import { conflictsOf, declareConflict, endConflict, type WantedConflict } from './conflict.ts';
import { agreeDeputy, closeDeputy, listDeputies, proposeDeputy, type Deputyship, type WantedDeputy } from './deputy.ts';
import { countAttempt, forgetFailures, uncountAttempt } from './failure.ts';
import { endOfficer, issueLink, listOfficers, registerOfficer, setPassword, type Colleague, type NewOfficer, type Registrar } from './officer.ts';
import { NOBODY, hashPassword, passwordMatches } from './password.ts';
import { accountOfAssertion, askToRegister, askToSignIn, register, type RelyingParty } from './passkey.ts';
import type { Member } from './roles.ts';
import { endSession, findSession, openSession, type OpenedSession, type Session } from './session.ts';
import { issueTicket, peekTicket, takeTicket, type Issued } from './ticket.ts';
import { totpCode, totpMatch, totpStep } from './totp.ts';

/** What the desk stands on. */
export interface StaffGround {
  /** As `nigran_app`. */
  readonly pool: pg.Pool;
  readonly random: (length: number) => Uint8Array;
  readonly party: RelyingParty;
  /** A demo: passwords with TOTP are taken beside passkeys. */
  readonly synthetic: boolean;
}

/** Options for the browser with the ticket that its answer must carry. */
export interface PasskeyAsk extends Issued {
  readonly options: Record<string, unknown>;
}

/** A proof of presence: for one decision, by its hash. */
export type Proof =
  | { readonly method: 'totp'; readonly hash: string; readonly code: string }
  | { readonly method: 'passkey'; readonly hash: string; readonly response: unknown };

const FAILED = reject('SIGN_IN_FAILED');

/** The desk for people. Times come in with each call; nothing here reads a clock. */
export class StaffDesk {
  readonly #ground: StaffGround;

  constructor(ground: StaffGround) {
    this.#ground = ground;
  }

  /** Codes prove presence beside passkeys: in a demo only. */
  get codes(): readonly 'totp'[] {
    return this.#ground.synthetic ? ['totp'] : [];
  }

  /** Password, first step. Whether the account exists, rests, or the password is wrong: the answer and its time are the same. */
  async signInPassword(now: Instant, account: string, password: string): Promise<Issued | Rejection> {
    if (!this.#ground.synthetic) return reject('FORBIDDEN', 'passkey');
    const { open, kept } = await this.#asHouse(async (tx) => {
      const found = await tx.query<{ hash: string }>('select hash from access.password join access.staff using (account) where account = $1 and ended_at is null', [account]);
      return { open: await countAttempt(tx, now, account), kept: found.rows[0]?.hash };
    });
    const matches = await passwordMatches(password, kept ?? NOBODY);
    if (matches === 'busy') return reject('REQUEST_TOO_MANY');
    if (!matches || !open || kept === undefined) return FAILED;
    return this.#asHouse(async (tx) => {
      await uncountAttempt(tx, account);
      return issueTicket(tx, now, this.#ground.random, { purpose: 'totp', account });
    });
  }

  /** Password, second step: the six-digit code. */
  async signInTotp(now: Instant, ticket: string, code: string): Promise<OpenedSession | Rejection> {
    if (!this.#ground.synthetic) return reject('FORBIDDEN', 'passkey');
    return this.#asHouse(async (tx) => {
      const held = await peekTicket(tx, now, 'totp', ticket);
      if (held?.account === undefined || !(await this.#codeIsRight(tx, now, held.account, code))) return FAILED;
      if ((await takeTicket(tx, now, 'totp', ticket)) === undefined) return FAILED;
      return (await openSession(tx, now, this.#ground.random, held.account, false)) ?? FAILED;
    });
  }

  /** Passkey sign-in, first step. */
  async askPasskey(now: Instant): Promise<PasskeyAsk> {
    const { challenge, options } = await askToSignIn(this.#ground.party, this.#ground.random);
    return this.#asHouse(async (tx) => ({ ...(await issueTicket(tx, now, this.#ground.random, { purpose: 'passkey', challenge })), options }));
  }

  /** Passkey sign-in, second step. */
  async signInPasskey(now: Instant, ticket: string, response: unknown): Promise<OpenedSession | Rejection> {
    return this.#asHouse(async (tx) => {
      const held = await takeTicket(tx, now, 'passkey', ticket);
      if (held === undefined) return FAILED;
      const account = await accountOfAssertion(tx, this.#ground.party, held.challenge, response);
      return (account === undefined ? undefined : await openSession(tx, now, this.#ground.random, account, false)) ?? FAILED;
    });
  }

  /** The one-time link of a new officer: a session that may only add a passkey. The link is spent. */
  async signInLink(now: Instant, link: string): Promise<OpenedSession | Rejection> {
    return this.#asHouse(async (tx) => {
      const held = await takeTicket(tx, now, 'link', link);
      return (held?.account === undefined ? undefined : await openSession(tx, now, this.#ground.random, held.account, true)) ?? FAILED;
    });
  }

  /** The session behind a cookie's token, kept from idling out unless nobody is there. */
  async session(now: Instant, token: string | undefined, isAttended = true): Promise<Session | Rejection> {
    if (token === undefined || token === '') return reject('SESSION_REQUIRED');
    return this.#asHouse(async (tx) => (await findSession(tx, now, token, isAttended)) ?? reject('SESSION_REQUIRED'));
  }

  /** Signs out; a token that is unknown is as good as gone. */
  async signOut(token: string): Promise<void> {
    await this.#asHouse((tx) => endSession(tx, token));
  }

  /** Adding a passkey, first step. */
  async askNewPasskey(now: Instant, session: Session): Promise<PasskeyAsk> {
    return this.#asHouse(async (tx) => {
      const account = session.member.account;
      const { challenge, options } = await askToRegister(tx, this.#ground.party, this.#ground.random, { account, name: session.name });
      return { ...(await issueTicket(tx, now, this.#ground.random, { purpose: 'add-passkey', account, challenge })), options };
    });
  }

  /** Adding a passkey, second step. A session that came by a link ends here: sign in with the passkey. */
  async addPasskey(now: Instant, session: Session, token: string, ticket: string, response: unknown): Promise<Rejection | undefined> {
    return this.#asHouse(async (tx) => {
      const held = await takeTicket(tx, now, 'add-passkey', ticket);
      if (held?.account !== session.member.account) return FAILED;
      if (!(await register(tx, now, this.#ground.party, held.account, held.challenge, response))) return FAILED;
      if (session.enrolling) await endSession(tx, token);
      return undefined;
    });
  }

  /** Proves presence for one decision; the answer is spent with it by `takeStepUp` within five minutes. */
  async stepUp(now: Instant, session: Session, proof: Proof): Promise<Issued | Rejection> {
    return this.#asHouse(async (tx) => {
      const account = session.member.account;
      const proven = proof.method === 'totp'
        ? this.#ground.synthetic && await this.#codeIsRight(tx, now, account, proof.code)
        : account === await accountOfAssertion(tx, this.#ground.party, Buffer.from(proof.hash, 'hex').toString('base64url'), proof.response);
      if (!proven) return FAILED;
      return issueTicket(tx, now, this.#ground.random, { purpose: 'step-up', account, challenge: proof.hash });
    });
  }

  /** Spends a proof of presence inside the decision's own transaction, which must see the house. */
  async takeStepUp(tx: Tx, now: Instant, member: { readonly account: string }, hash: string, stepUp: string | undefined): Promise<Rejection | undefined> {
    const held = stepUp === undefined ? undefined : await takeTicket(tx, now, 'step-up', stepUp);
    return held?.account === member.account && held.challenge === hash ? undefined : reject('STEP_UP_REQUIRED');
  }

  /** Registers an officer with an entry and issues the one-time link; with a password instead, in a demo. */
  async letIn(now: Instant, officer: NewOfficer, by: Registrar, demo?: { readonly password: string; readonly totp: Uint8Array }): Promise<Issued | Rejection> {
    if (demo !== undefined && !this.#ground.synthetic) return reject('FORBIDDEN', 'passkey');
    const hash = demo === undefined ? undefined : await hashPassword(demo.password, this.#ground.random);
    return this.#asHouse(async (tx) => {
      const refused = await registerOfficer(tx, now, officer, by);
      if (refused !== undefined) return refused;
      if (demo !== undefined && hash !== undefined) await setPassword(tx, officer.account, hash, demo.totp);
      return issueLink(tx, now, this.#ground.random, officer.account);
    });
  }

  /** Another one-time link, with an entry, for an officer whose link ended or whose passkeys are lost. */
  async linkAgain(now: Instant, account: string, by: Registrar): Promise<Issued | Rejection> {
    return this.#asHouse(async (tx) => {
      const found = await tx.query('select from access.staff where account = $1 and ended_at is null', [account]);
      if (found.rowCount !== 1) return reject('NOT_FOUND');
      await append(tx, now, [{ kind: 'officer-linked', actor: by.actor, basis: by.basis, ...(by.second === undefined ? {} : { second: by.second }), body: { account } }]);
      return issueLink(tx, now, this.#ground.random, account);
    });
  }

  /** Ends an officer's account with an entry; what the officer has open ends with it. */
  async letGo(now: Instant, account: string, by: Registrar): Promise<Rejection | undefined> {
    return this.#asHouse((tx) => endOfficer(tx, now, account, by));
  }

  /** The code of a demo account now: printed beside its password, and by nobody else. */
  static demoCode(totp: Uint8Array, now: Instant): string {
    return totpCode(totp, totpStep(now));
  }

  /** The firms in which an officer has a conflict of interest now. `db` sees the house. */
  static conflictsOf(db: Db, account: string): Promise<readonly string[]> {
    return conflictsOf(db, account);
  }

  /** An officer declares a conflict of interest of their own; gives its entry. */
  async declareConflict(now: Instant, member: Member, wanted: { readonly firm: string; readonly reason: string }): Promise<Entry | Rejection> {
    return this.#asHouse((tx) => declareConflict(tx, now, wanted, member));
  }

  /** Another officer finds that a conflict of interest is over; gives its entry. */
  async endConflict(now: Instant, member: Member, wanted: WantedConflict): Promise<Entry | Rejection> {
    return this.#asHouse((tx) => endConflict(tx, now, wanted, member));
  }

  /** Deputies that are proposed or set and not over, as this session's row-level security shows them. */
  async deputies(now: Instant, session: Session): Promise<readonly Deputyship[]> {
    return withActor(this.#ground.pool, session.actor, (tx) => listDeputies(tx, now));
  }

  /** Proposes a deputy; set when another officer agrees. */
  async proposeDeputy(now: Instant, member: Member, wanted: WantedDeputy): Promise<Entry | Rejection> {
    return this.#asHouse((tx) => proposeDeputy(tx, now, wanted, member));
  }

  /** Agrees to a proposed deputy, as another person. */
  async agreeDeputy(now: Instant, member: Member, proposal: number): Promise<Entry | Rejection> {
    return this.#asHouse((tx) => agreeDeputy(tx, now, proposal, member));
  }

  /** Ends a proposal without effect, or relieves a deputy. */
  async closeDeputy(now: Instant, member: Member, act: { readonly proposal: number; readonly note: string }): Promise<Entry | Rejection> {
    return this.#asHouse((tx) => closeDeputy(tx, now, act, member));
  }

  /** Colleagues whom this session's row-level security shows, at most 500. */
  async colleagues(session: Session): Promise<Colleague[]> {
    return withActor(this.#ground.pool, session.actor, (tx) => listOfficers(tx, 500));
  }

  async #codeIsRight(tx: Tx, now: Instant, account: string, code: string): Promise<boolean> {
    const open = await countAttempt(tx, now, account);
    const found = await tx.query<{ totp_secret: Buffer; totp_step: number }>('select totp_secret, totp_step from access.password where account = $1 for update', [account]);
    const row = found.rows[0];
    if (row === undefined || !open) return false;
    const step = totpMatch(row.totp_secret, code, now, row.totp_step);
    if (step === undefined) return false;
    await tx.query('update access.password set totp_step = $2 where account = $1', [account, step]);
    await forgetFailures(tx, account);
    return true;
  }

  #asHouse<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return withActor(this.#ground.pool, SYSTEM, work);
  }
}
