/**
 * What a bank asks: may I open an account for this firm today, and for what? The answer is a text that says as of which
 * minute it holds and on which law it stands, signed as a note (C2SP signed-note), so that the bank can file it and
 * anyone can verify it later, without this house. It is signed once a minute for a firm, and kept for that minute.
 *
 * What the framework does not say is answered as not said, never by a guess. A code that the register does not hold is
 * answered too: that nobody of this code has a status is what a bank must know.
 */

import { inForce, type Framework } from '../framework/index.ts';
import type { Signer } from '../proof/index.ts';
import { signNote } from '../proof/published.ts';
import { MINUTE_US, formatInstant, instantOf, type Instant } from '../terms/index.ts';
import type { RegisterBook } from './book.ts';
import type { RegisterRow } from './row.ts';

/** Form of a firm's code. */
export const CODE_FORM = /^[A-Za-z0-9][A-Za-z0-9-]{0,19}$/;
/** Answers kept of one minute at most; a register has fewer firms, the rest are codes that nobody has. */
const KEPT_MAX = 20_000;

/** `open`: for what the services need. `limited`: for a limited purpose. `no`. `not-said`: the framework says nothing. */
export type Account = 'open' | 'limited' | 'no' | 'not-said';

/** The answer before it is signed. */
export interface StatusAnswer {
  readonly code: string;
  readonly account: Account;
  readonly row: RegisterRow | undefined;
  /** Law on which the account stands: clause, and whether it is prescribed. */
  readonly basis: readonly string[];
  /** What the law says of the account, in its words. */
  readonly conditions: readonly string[];
  readonly at: Instant;
}

/** Conditions of a pack that speak of bank accounts: for whom one may be opened at the stage of the certificate, and how customers' money is kept. */
const LIMITED_ACCOUNT = 'limited-account';
const CLIENT_MONEY = 'client-money';
const BANK_CHECK = 'bank-check';

/** What may be answered of a code at an instant. */
export function answerOf(book: RegisterBook, code: string, at: Instant): StatusAnswer {
  const row = book.row(code, at);
  const said = (name: string) => saidOf(book.framework, name, row?.now.stage, at);
  const check = inForce(book.framework.obligations.get(BANK_CHECK), at);
  const basis = check === undefined ? [] : [`${check.clause.en} (${check.status}): ${check.title.en}`];
  const own = { code: row?.firm.code ?? code.toUpperCase(), row, at };
  const law = row?.source === undefined ? [] : [`${row.source.clause.en} (${row.source.status}): services of this stage`];
  if (row === undefined || row.now.class === 'suspended' || row.now.class === 'revoked' || row.now.class === 'ended') return { ...own, account: 'no', basis: [...law, ...basis], conditions: [] };
  const limited = said(LIMITED_ACCOUNT);
  if (limited !== undefined) return { ...own, account: 'limited', basis: [...law, `${limited.clause.en} (${limited.status}): ${limited.title.en}`, ...basis], conditions: [limited.text.en] };
  if (row.now.class !== 'licensed') return { ...own, account: 'not-said', basis: [...law, ...basis], conditions: [] };
  const money = said(CLIENT_MONEY);
  return { ...own, account: 'open', basis: [...law, ...(money === undefined ? [] : [`${money.clause.en} (${money.status}): ${money.title.en}`]), ...basis], conditions: money === undefined ? [] : [money.text.en] };
}

function saidOf(framework: Framework, name: string, stage: string | undefined, at: Instant) {
  const condition = inForce(framework.conditions.get(name), at);
  return condition !== undefined && stage !== undefined && condition.stages.includes(stage) ? condition : undefined;
}

const ACCOUNT_WORDS: Readonly<Record<Account, string>> = {
  open: 'yes, for the services named below and for no others', limited: 'for a limited purpose only', no: 'no', 'not-said': 'the framework does not say: ask the authority',
};

/** The text that is signed: one `name: value` a line, in this order. `origin`: the name of the key that signs. */
export function answerText(origin: string, answer: StatusAnswer, isSynthetic: boolean): string {
  const { row, at } = answer;
  const lines: (readonly [string, string])[] = [
    ['question', 'may a bank open an account for this firm today, and for what?'], ['firm', answer.code],
    ...(row === undefined ? [['name', 'no firm of this code is in the register'] as const] : [['name', row.firm.name] as const, ...(row.firm.nameUr === undefined ? [] : [['name-ur', row.firm.nameUr] as const])]),
    ['account', ACCOUNT_WORDS[answer.account]], ...answer.conditions.map((text) => ['condition', text] as const), ['class', row?.now.class ?? 'none'], ['licence', row?.stage?.isLicence === true ? 'yes' : 'no'],
    ...(row?.stage === undefined ? [] : [['stage', row.stage.title.en] as const]), ...(row === undefined ? [] : [['since', formatInstant(row.now.from)] as const]),
    ['services', row === undefined || row.now.services.length === 0 ? 'none' : row.now.services.join(' ')], ...answer.basis.map((text) => ['basis', text] as const),
    ['as-of', formatInstant(at)], ...(isSynthetic || row?.firm.synthetic === true ? [['synthetic', 'yes: a demonstration, no official answer'] as const] : []),
  ];
  return `${origin}\nstatus answer 1\n${lines.map(([name, value]) => `${name}: ${value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')}\n`).join('')}`;
}

/** A signed answer as it is kept for its minute. */
export interface SignedAnswer {
  readonly answer: StatusAnswer;
  /** The signed note. */
  readonly note: string;
}

/** Signs answers, once a minute for each code. */
export class StatusDesk {
  readonly #book: RegisterBook;
  readonly #signer: Signer;
  readonly #isSynthetic: boolean;
  readonly #kept = new Map<string, Promise<SignedAnswer>>();
  #of = '';

  constructor(book: RegisterBook, signer: Signer, isSynthetic: boolean) {
    this.#book = book;
    this.#signer = signer;
    this.#isSynthetic = isSynthetic;
  }

  /** The answer for a code as of the minute of `now`; what is no code is `undefined`. A suspension is in the next answer, not in the next minute. */
  answer(code: string, now: Instant): Promise<SignedAnswer> | undefined {
    if (!CODE_FORM.test(code)) return undefined;
    const at = instantOf(now - (now % MINUTE_US));
    const of = `${this.#book.version} ${at}`;
    if (of !== this.#of) {
      this.#kept.clear();
      this.#of = of;
    }
    const key = code.toUpperCase();
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = this.#sign(answerOf(this.#book, key, at));
    if (this.#kept.size < KEPT_MAX) this.#kept.set(key, made);
    return made;
  }

  async #sign(answer: StatusAnswer): Promise<SignedAnswer> {
    return { answer, note: await signNote(answerText(this.#signer.keyId, answer, this.#isSynthetic), [this.#signer]) };
  }
}
