/**
 * What officers publish: warnings under four eyes, and what a firm goes by in the register. Each act is judged on the
 * register as the whole ledger has it at that moment, and refused by a code when it may not be.
 */

import { decide, type Member } from '../access/index.ts';
import { append, lockLedger, type Entry, type Tx } from '../log/index.ts';
import { reject, type EntryBody, type Instant, type Rejection } from '../terms/index.ts';
import { canonicalDomain } from './domain.ts';
import type { RegisterDesk } from './views.ts';
import { agreeWarning, closeWarning, proposeWarning, replyToWarning, type WantedWarning, type WarningGround } from './warning-acts.ts';

/** The desk at which officers publish. `random`: bytes by chance, for the salts of names. */
export class PublicationDesk {
  readonly #register: RegisterDesk;
  readonly #ground: WarningGround;

  constructor(register: RegisterDesk, random: (count: number) => Uint8Array) {
    this.#register = register;
    this.#ground = {
      framework: register.book.framework, warnings: register.book.warnings, isFirm: (firm) => register.book.firm(firm) !== undefined, random, follow: (tx) => register.followIn(tx),
    };
  }

  /** Proposes to issue, correct or lift a warning. */
  propose(tx: Tx, now: Instant, wanted: WantedWarning, by: Member): Promise<Entry<'warning-proposed'> | Rejection> {
    return proposeWarning(tx, now, this.#ground, wanted, by);
  }

  /** Agrees to a proposal, as another person than its proposer. */
  agree(tx: Tx, now: Instant, proposal: number, by: Member): Promise<Entry<'warning-issued'> | Rejection> {
    return agreeWarning(tx, now, this.#ground, proposal, by);
  }

  /** Ends a proposal without effect. */
  close(tx: Tx, now: Instant, act: { readonly proposal: number; readonly note: string }, by: Member): Promise<Entry<'warning-closed'> | Rejection> {
    return closeWarning(tx, now, this.#ground, act, by);
  }

  /** Publishes the reply of whom a warning is about. */
  reply(tx: Tx, now: Instant, reply: EntryBody<'warning-replied'>, by: Member): Promise<Entry<'warning-replied'> | Rejection> {
    return replyToWarning(tx, now, this.#ground, reply, by);
  }

  /** Enters what a firm goes by; it replaces what stood before. Websites are made canonical, and none may be another firm's. */
  async detail(tx: Tx, now: Instant, wanted: EntryBody<'register-detailed'>, by: Member): Promise<Entry<'register-detailed'> | Rejection> {
    const may = decide(by, 'register.detail', { firm: wanted.firm });
    if (!may.allowed) return may.rejection;
    if (wanted.lei !== undefined && !isLei(wanted.lei)) return reject('DECISION_INVALID', 'lei');
    const websites = wanted.websites.map(canonicalDomain);
    if (websites.some((one) => one === undefined)) return reject('DECISION_INVALID', 'websites');
    await lockLedger(tx, now);
    await this.#register.followIn(tx);
    const { book } = this.#register;
    if (book.firm(wanted.firm) === undefined) return reject('FIRM_UNKNOWN', 'firm');
    const own = [...new Set(websites.flatMap((one) => one ?? []))].sort();
    if (own.some((website) => book.firms().some((firm) => firm.firm !== wanted.firm && book.detail(firm.firm)?.websites.includes(website) === true))) return reject('DECISION_INVALID', 'websites: of another firm');
    const [entry] = await append(tx, now, [{ kind: 'register-detailed', actor: by.account, basis: 'public register', body: { ...wanted, websites: own } }]);
    if (entry === undefined) throw new Error('an append gives its entries back');
    return entry;
  }
}

/** Check digits of a legal entity identifier (ISO 17442, ISO 7064 MOD 97-10). */
export function isLei(text: string): boolean {
  if (!/^[A-Z0-9]{18}[0-9]{2}$/.test(text)) return false;
  let rest = 0;
  for (const digit of text.replaceAll(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) rest = (rest * 10 + Number(digit)) % 97;
  return rest === 1;
}
