/**
 * An officer at the console's own API: signs in with a demo account and reads, as the browser would. Every
 * answer is parsed by the route's schema, so an answer that breaks the contract is a failure here too.
 */

import { createHmac } from 'node:crypto';
import type { z } from 'zod';
import { consoleRoutes, type Answer, type RouteName } from '../../src/contract/console.ts';

/** How an officer reaches the house. `secret` is the account's TOTP secret. */
export interface OfficerGround {
  readonly origin: string;
  readonly account: string;
  readonly password: string;
  readonly secret: Uint8Array;
  /** Microseconds since the epoch. */
  readonly clock: () => number;
  readonly fetch: typeof fetch;
}

/** The house refused a request of the console. */
export class ConsoleRefused extends Error {
  override readonly name = 'ConsoleRefused';
  readonly status: number;

  constructor(route: string, status: number, text: string) {
    super(`${route}: ${status} ${text.slice(0, 300)}`);
    this.status = status;
  }
}

type Asked = Readonly<Record<string, string | number>>;

export class Officer {
  readonly #ground: OfficerGround;
  #cookie = '';

  constructor(ground: OfficerGround) {
    this.#ground = ground;
  }

  /** Signs in with password and one-time code. */
  async signIn(): Promise<void> {
    const { account, password, secret, clock } = this.#ground;
    const { ticket } = await this.post('signInPassword', { account, password });
    await this.post('signInTotp', { ticket, code: codeAt(secret, clock()) });
  }

  /** Reads a route. `asked` fills the path's parameters; what is left becomes the query. */
  async get<N extends RouteName>(name: N, asked: Asked = {}): Promise<Answer<N>> {
    const route = consoleRoutes[name];
    const left = new Map(Object.entries(asked));
    const path = route.path.replace(/:(\w+)/g, (_all, parameter: string) => {
      const value = left.get(parameter);
      left.delete(parameter);
      return encodeURIComponent(String(value));
    });
    const query = new URLSearchParams([...left].map(([key, value]) => [key, String(value)])).toString();
    return this.#ask(name, 'GET', query === '' ? path : `${path}?${query}`);
  }

  /** Acts on a route without parameters. */
  async post<N extends RouteName>(name: N, body: unknown): Promise<Answer<N>> {
    return this.#ask(name, 'POST', consoleRoutes[name].path, JSON.stringify(body));
  }

  async #ask<N extends RouteName>(name: N, method: string, path: string, body?: string): Promise<Answer<N>> {
    const { origin, fetch } = this.#ground;
    const response = await fetch(`${origin}${path}`, {
      method, headers: { origin, ...(this.#cookie === '' ? {} : { cookie: this.#cookie }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    if (!response.ok) throw new ConsoleRefused(name, response.status, text);
    const shape: z.ZodType<Answer<N>> = shapeOf(name);
    return shape.parse(JSON.parse(text));
  }
}

/** A route's schema, with the type that the table gives for its name. */
function shapeOf<N extends RouteName>(name: N): z.ZodType<Answer<N>> {
  const table: { readonly [K in RouteName]: { readonly response: z.ZodType<Answer<K>> } } = consoleRoutes;
  return table[name].response;
}

const STEP_US = 30_000_000;

/** The code of an instant. Source: RFC 6238 with SHA-1, six digits, 30 seconds. */
function codeAt(secret: Uint8Array, now: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / STEP_US)));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = mac.readUInt8(19) & 0x0f;
  return String((mac.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}
