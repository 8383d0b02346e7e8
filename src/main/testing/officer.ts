/**
 * For tests: an officer at the console's API with a passkey in software, who enrols by a one-time link, signs in, and
 * proves presence when an act asks for it. Answers are parsed by the contract.
 */

import { consoleRoutes, stepUpDetail, type Answer, type RouteName } from '../../contract/console.ts';
import { SoftAuthenticator } from '../../access/testing.ts';

/** An answer as it came. */
export interface Said {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

export class PasskeyOfficer {
  readonly #origin: string;
  readonly #key: SoftAuthenticator;
  #cookie = '';

  constructor(origin: string) {
    this.#origin = origin;
    this.#key = new SoftAuthenticator(origin);
  }

  /** Opens a one-time link and adds the passkey. */
  async enrol(link: string): Promise<void> {
    await this.ok('signInLink', {}, { link: new URL(link).hash.slice(1) });
    const { ticket, options } = await this.ok('addPasskeyOptions', {}, {});
    await this.ok('addPasskey', {}, { ticket, response: this.#key.attest(options) });
  }

  /** Signs in with the passkey. */
  async signIn(): Promise<Answer<'signInPasskey'>> {
    const { ticket, options } = await this.ok('signInPasskeyOptions', {}, {});
    return this.ok('signInPasskey', {}, { ticket, response: this.#key.assert(String(options['challenge'])) });
  }

  /** Asks a route; gives what came, refusals too. */
  async ask(name: RouteName, params: Readonly<Record<string, string>> = {}, body?: object): Promise<Said> {
    const route = consoleRoutes[name];
    const path = route.path.replace(/:(\w+)/g, (_all, parameter: string) => encodeURIComponent(params[parameter] ?? ''));
    const response = await fetch(`${this.#origin}${path}`, {
      method: route.method, headers: { origin: this.#origin, ...(this.#cookie === '' ? {} : { cookie: this.#cookie }), ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#cookie = cookie.split(';')[0] ?? '';
    const text = await response.text();
    const json: Record<string, unknown> = text === '' ? {} : JSON.parse(text);
    return { status: response.status, json };
  }

  /** Asks a route and proves presence when it is asked for; gives what came. */
  async act(name: RouteName, params: Readonly<Record<string, string>>, body: object): Promise<Said> {
    const first = await this.ask(name, params, body);
    if (first.json['code'] !== 'STEP_UP_REQUIRED') return first;
    const { hash } = stepUpDetail.parse(first.json['detail']);
    const { stepUp } = await this.ok('stepUp', {}, { method: 'passkey', hash, response: this.#key.assert(Buffer.from(hash, 'hex').toString('base64url')) });
    return this.ask(name, params, { ...body, stepUp });
  }

  /** The same, parsed by the contract; throws on a refusal. */
  async ok<N extends RouteName>(name: N, params: Readonly<Record<string, string>>, body?: object): Promise<Answer<N>> {
    const said = body === undefined ? await this.ask(name, params) : await this.act(name, params, body);
    if (said.status !== 200) throw new Error(`${name}: ${said.status} ${JSON.stringify(said.json)}`);
    const table: { readonly [K in RouteName]: { readonly response: { parse(value: unknown): Answer<K> } } } = consoleRoutes;
    return table[name].response.parse(said.json);
  }
}
