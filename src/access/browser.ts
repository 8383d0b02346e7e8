/**
 * What a browser sends and gets around a session: the cookie, and the proof that an unsafe request comes
 * from our own pages. The cookie is read by no script (HttpOnly), is sent to no other site (SameSite=Strict)
 * and, over https, is bound to this host and path (`__Host-`, RFC 6265bis §4.1.3).
 */

import { reject, type Rejection } from '../terms/index.ts';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
/** Characters of a Cookie header that are read; a longer one is none of ours. */
const COOKIE_LENGTH_MAX = 4_096;

/** The sessions' side of a browser door, for the one origin under which the house is opened. */
export class BrowserDoor {
  readonly #origin: string;
  readonly #secure: boolean;
  readonly #name: string;

  /** `origin`: scheme and authority as the browser shows them, for example `http://localhost:7411`. */
  constructor(origin: string) {
    this.#origin = origin;
    this.#secure = origin.startsWith('https://');
    this.#name = this.#secure ? '__Host-nigran' : 'nigran';
  }

  /** `Set-Cookie` for a new session. It has no age of its own: the session's limits are the server's. */
  cookie(token: string): string {
    return `${this.#name}=${token}; Path=/; HttpOnly; SameSite=Strict${this.#secure ? '; Secure' : ''}`;
  }

  /** `Set-Cookie` that takes the session away. */
  endedCookie(): string {
    return `${this.cookie('')}; Max-Age=0`;
  }

  /** The session's token in a `Cookie` header; `undefined` when there is none, or when there are two. */
  token(cookies: string | undefined): string | undefined {
    if (cookies === undefined || cookies.length > COOKIE_LENGTH_MAX) return undefined;
    const prefix = `${this.#name}=`;
    const found = cookies.split(';').map((each) => each.trim()).filter((each) => each.startsWith(prefix));
    return found.length === 1 ? found[0]?.slice(prefix.length) : undefined;
  }

  /**
   * Refuses an unsafe request that another site may have caused: `Origin` must be ours, and where the browser
   * says `Sec-Fetch-Site` it must be `same-origin`. Every browser sends `Origin` with POST and DELETE, so its
   * absence is refused too.
   */
  refuseForeign(method: string, headers: Readonly<Record<string, string | readonly string[] | undefined>>): Rejection | undefined {
    if (SAFE_METHODS.includes(method)) return undefined;
    if (headers['origin'] !== this.#origin) return reject('FORBIDDEN', 'origin');
    const site = headers['sec-fetch-site'];
    return site === undefined || site === 'same-origin' ? undefined : reject('FORBIDDEN', 'sec-fetch-site');
  }
}
