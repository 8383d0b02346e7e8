/**
 * The one way out of a running house: a POST over TLS to a host that the operator named. The name is resolved once, every
 * address that it gives must be a public one, and the connection goes to the address that was judged: a name that
 * answers otherwise a moment later changes nothing. Nothing is followed, an answer is read a little and no further, and
 * all of it takes a limited time. Refuses plain HTTP, other ports, names that are numbers, names not on the list.
 */

import { lookup } from 'node:dns/promises';
import { request } from 'node:https';
import { BlockList, isIP } from 'node:net';
import type { Push } from '../register/index.ts';

const TIME_MAX_MS = 10_000;
const ANSWER_BYTES_MAX = 16 * 1024;
const BODY_BYTES_MAX = 64 * 1024;
/** Addresses of one name that are judged at most. */
const ADDRESSES_MAX = 16;

/** What no public host has. Source: IANA special-purpose registries (RFC 6890, 4193, 4291, 6598, 6052, 3056, 4380). */
const SPECIAL: readonly (readonly [net: string, prefix: number])[] = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16],
  ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
];
/** Of IPv6 the global unicast block alone is public, without documentation, Teredo, ORCHID and 6to4, which carry IPv4 inside. */
const SPECIAL_6: readonly (readonly [net: string, prefix: number])[] = [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]];

const special = new BlockList();
for (const [net, prefix] of SPECIAL) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of SPECIAL_6) special.addSubnet(net, prefix, 'ipv6');
const global6 = new BlockList();
global6.addSubnet('2000::', 3, 'ipv6');

/** Is it the address of a host that anybody may reach? */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 4) return !special.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

/** What the way out stands on. The last three are the world's, unless a test has its own. */
export interface OutboundGround {
  /** Hosts that the operator named, in lower case, perhaps with a port: `bank.example`, `bank.example:8443`. */
  readonly hosts: readonly string[];
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  readonly isReachable?: (address: string) => boolean;
  /** Certificates to trust instead of those of the platform, in PEM. */
  readonly ca?: string;
}

/** The way out. */
export class Outbound {
  readonly #hosts: ReadonlySet<string>;
  readonly #resolve: (host: string) => Promise<readonly string[]>;
  readonly #isReachable: (address: string) => boolean;
  readonly #ca: string | undefined;

  constructor({ hosts, resolve = resolveName, isReachable = isPublicAddress, ca }: OutboundGround) {
    this.#hosts = new Set(hosts);
    this.#resolve = resolve;
    this.#isReachable = isReachable;
    this.#ca = ca;
  }

  /** Is it an address that the operator allows? It is not asked whether it can be reached. */
  allows(address: string): boolean {
    return this.#read(address) !== undefined;
  }

  /** Sends; gives `undefined` when it was taken with a status of 200 to 299, else why not. Never throws. */
  async send(push: Push): Promise<string | undefined> {
    const to = this.#read(push.address);
    if (to === undefined) return 'ADDRESS_REFUSED: the operator does not allow this address';
    if (Buffer.byteLength(push.body) > BODY_BYTES_MAX) return `BODY_TOO_LARGE: at most ${BODY_BYTES_MAX} bytes are sent`;
    try {
      const found = (await within(this.#resolve(to.hostname), TIME_MAX_MS)).slice(0, ADDRESSES_MAX);
      const [address] = found;
      if (address === undefined) return 'NAME_UNKNOWN: the name has no address';
      if (!found.every(this.#isReachable)) return 'ADDRESS_PRIVATE: the name leads to an address that is not public';
      const status = await this.#post(to, address, push);
      return status >= 200 && status < 300 ? undefined : status >= 300 && status < 400 ? `REDIRECTED: it points elsewhere (${status}), which is not followed` : `REFUSED: it answers with ${status}`;
    } catch (error) {
      return `UNREACHABLE: ${error instanceof Error ? error.message : 'it does not answer'}`;
    }
  }

  #read(address: string): URL | undefined {
    if (!URL.canParse(address)) return undefined;
    const url = new URL(address);
    const isPlain = url.protocol === 'https:' && url.username === '' && url.password === '' && url.hash === '' && isIP(url.hostname.replaceAll(/[[\]]/g, '')) === 0;
    // As it is written is as it is: an address that reads in two ways is none.
    return isPlain && url.href === address && this.#hosts.has(url.host) ? url : undefined;
  }

  /** One request over a connection of its own to the address that was judged. */
  #post(to: URL, address: string, { headers, body }: Push): Promise<number> {
    const family = isIP(address);
    return new Promise((resolve, reject) => {
      const asked = request(to, {
        method: 'POST', agent: false, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), connection: 'close' }, signal: AbortSignal.timeout(TIME_MAX_MS), maxHeaderSize: ANSWER_BYTES_MAX, ...(this.#ca === undefined ? {} : { ca: this.#ca }),
        lookup: (_host, options, found) => (options.all === true ? found(null, [{ address, family }]) : found(null, address, family)),
      }, (answer) => {
        let length = 0;
        answer.on('data', (part: Buffer) => {
          length += part.length;
          if (length > ANSWER_BYTES_MAX) answer.destroy(new Error(`it answers with more than ${ANSWER_BYTES_MAX} bytes`));
        });
        answer.on('end', () => resolve(answer.statusCode ?? 0));
        answer.on('error', reject);
      });
      asked.on('error', reject);
      asked.end(body);
    });
  }
}

async function resolveName(host: string): Promise<readonly string[]> {
  return (await lookup(host, { all: true })).map((one) => one.address);
}

/** A name server may be silent for longer than anyone waits. */
async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([work, new Promise<never>((_resolve, fail) => { timer = setTimeout(() => fail(new Error('the name is not resolved in time')), ms); })]);
  } finally {
    clearTimeout(timer);
  }
}
