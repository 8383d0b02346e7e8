/**
 * The vault as other processes see it. When it does not answer, calls end at once with `VaultDown`: intake
 * then holds the events that carry an identity and counts them as held, and asks again when the vault
 * stands. Asking again is safe: the same sealed identity of the same customer gets the same answer.
 */

import { Agent, request } from 'node:http';
import type { z } from 'zod';
import { instantOf, type Rejection } from '../terms/index.ts';
import type { IdentityKey } from './keys.ts';
import {
  SEALED_LENGTH_MAX, SEALED_MAX, actAnswer, answersAnswer, complaintAnswer, keyAnswer, resolveAnswer, screenAnswersAnswer, unmaskAnswer, type NamedScreening, type VaultAddress,
} from './protocol.ts';
import { socketPath } from './socket-path.ts';
import type { AnswersAct, OpenedAnswers } from './answers.ts';
import type { Act, Resolution, Sealed, Unmasked } from './vault.ts';

/** An answer takes at most so long; the largest call takes about a second on two busy cores. */
const TIMEOUT_MS = 30_000;
const SOCKETS_MAX = 8;

/** The vault cannot be asked: it is down, starts, or is overloaded. Nothing was decided; ask again. */
export class VaultDown extends Error {
  override readonly name = 'VaultDown';
}

/** Calls to the vault's process. */
export class VaultClient {
  readonly #address: VaultAddress;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  #key: IdentityKey | undefined;

  constructor(address: VaultAddress) {
    this.#address = address;
  }

  /** Person ids for sealed identities, in their order. Throws `VaultDown`. */
  async resolve(sealed: readonly Sealed[]): Promise<Resolution[]> {
    const answers: Resolution[] = [];
    for (const part of partsOf(sealed)) {
      const found = await this.#ask('POST', '/resolve', resolveAnswer, { sealed: part });
      if (found.answers.length !== part.length) throw new VaultDown('the vault answered something else than was asked: house and vault are of different versions, restart both');
      for (const answer of found.answers) answers.push('person' in answer ? answer : { rejection: rejectionOf(answer.rejection) });
    }
    return answers;
  }

  /** Like `resolve`, with `down` for each where the vault cannot be asked: what intake takes. */
  async identify(sealed: readonly Sealed[]): Promise<(Resolution | 'down')[]> {
    try {
      return await this.resolve(sealed);
    } catch (error) {
      if (!(error instanceof VaultDown)) throw error;
      return sealed.map(() => 'down' as const);
    }
  }

  /** The public key for sealed identities; `undefined` while the vault was never reached. */
  async publicKey(): Promise<IdentityKey | undefined> {
    try {
      this.#key ??= await this.#ask('GET', '/identity-key', keyAnswer);
    } catch (error) {
      if (!(error instanceof VaultDown)) throw error;
    }
    return this.#key;
  }

  /** Whether the vault answers now. */
  async isUp(): Promise<boolean> {
    try {
      await this.#ask('GET', '/identity-key', keyAnswer);
      return true;
    } catch (error) {
      if (error instanceof VaultDown) return false;
      throw error;
    }
  }

  /** The identities stated of a person, after the entry that says who opened them. Who may is asked of `access` before. */
  async unmask(act: Act & { readonly case: string }): Promise<readonly Unmasked[] | Rejection> {
    const { person, actor, second, reason } = act;
    const answer = await this.#ask('POST', '/unmask', unmaskAnswer, { person, actor, second, reason, case: act.case });
    return 'rejection' in answer ? rejectionOf(answer.rejection) : answer.identities.map((one) => ({ ...one, at: instantOf(one.at) }));
  }

  /** The words of a complaint that was sealed by `sealLetter`, after the entry that says who reads it. */
  async openComplaint(act: { readonly complaint: string; readonly jwe: string; readonly actor: string; readonly reason: string }): Promise<string | Rejection> {
    const { complaint, jwe, actor, reason } = act;
    const answer = await this.#ask('POST', '/complaint', complaintAnswer, { complaint, jwe, actor, reason });
    return 'rejection' in answer ? rejectionOf(answer.rejection) : answer.text;
  }

  /** The sealed answers of a form, after the entry that says who opened them. Who may is asked of `access` before. */
  async openAnswers(act: AnswersAct): Promise<{ readonly entry: number; readonly answers: OpenedAnswers } | Rejection> {
    const answer = await this.#ask('POST', '/open-answers', answersAnswer, { ...act });
    return 'rejection' in answer ? rejectionOf(answer.rejection) : answer;
  }

  /** Screens those whom a form names, within the vault: LIST_EMPTY without a list, QUERY_NAME_MISSING where nobody is named. */
  async screenAnswers(asked: { readonly form: string; readonly about: string; readonly jwe?: string; readonly open: readonly { readonly name: string; readonly schema: 'Person' | 'Organization' }[] }): Promise<NamedScreening | Rejection> {
    const answer = await this.#ask('POST', '/screen-answers', screenAnswersAnswer, { ...asked });
    return 'rejection' in answer ? rejectionOf(answer.rejection) : answer;
  }

  /** Destroys a person's identity and index rows, with an entry. */
  async erase(act: Act): Promise<Rejection | undefined> {
    const { person, actor, second, reason } = act;
    const answer = await this.#ask('POST', '/erase', actAnswer, { person, actor, second, reason });
    return 'rejection' in answer ? rejectionOf(answer.rejection) : undefined;
  }

  /** Lets the connections go. */
  close(): void {
    this.#agent.destroy();
  }

  #ask<T extends z.ZodType>(method: 'GET' | 'POST', path: string, schema: T, body?: object, isSecond = false): Promise<z.output<T>> {
    const text = body === undefined ? '' : JSON.stringify(body);
    return new Promise((done, failed) => {
      const down = (why: string): void => failed(new VaultDown(`the vault ${why}: events with an identity wait until it stands again`));
      const asking = request({
        socketPath: socketPath(this.#address.socket), agent: this.#agent, method, path, timeout: TIMEOUT_MS,
        headers: { authorization: `Bearer ${this.#address.secret}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
      }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', () => down('broke off'));
        response.on('end', () => {
          if (response.statusCode !== 200) return down(`answered ${response.statusCode}`);
          const parsed = schema.safeParse(jsonOf(Buffer.concat(chunks)));
          return parsed.success ? done(parsed.data) : down('answered what this version does not read');
        });
        response.on('aborted', () => down('broke off'));
      });
      asking.on('timeout', () => asking.destroy(new Error('timeout')));
      // A kept connection to a vault that has started anew breaks at the first word: that word is said again, once.
      asking.on('error', () => (asking.reusedSocket && !isSecond ? done(this.#ask(method, path, schema, body, true)) : down('does not answer')));
      asking.end(text);
    });
  }
}

/** Calls that keep within the bounds of one, in order. */
function* partsOf(sealed: readonly Sealed[]): Generator<Sealed[]> {
  let part: Sealed[] = [];
  let length = 0;
  for (const { firm, customer, jwe } of sealed) {
    if (part.length >= SEALED_MAX || (part.length > 0 && length + jwe.length > SEALED_LENGTH_MAX)) {
      yield part;
      part = [];
      length = 0;
    }
    part.push({ firm, customer, jwe });
    length += jwe.length;
  }
  if (part.length > 0) yield part;
}

function rejectionOf(given: { readonly code: Rejection['code']; readonly detail?: string | undefined }): Rejection {
  return given.detail === undefined ? { code: given.code } : { code: given.code, detail: given.detail };
}

function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
