/**
 * The address under which a house is opened, and the one-time links below it. Passkeys belong to a host name over
 * https, or to `localhost` (WebAuthn §13.4.9, secure contexts), so another address is refused before anyone stands
 * in front of a door that will not open.
 */

import { isIP } from 'node:net';
import { Refusal } from '../log/engine/index.ts';

/** The origin of an address, or a refusal that says what an origin is. */
export function needOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const remedy = 'write it as https://supervision.example, or http://localhost:7411 for this machine alone';
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search !== '' || url.hash !== '' || url.username !== '') throw new Refusal(`"${text}" is no origin`, remedy);
  if (isIP(url.hostname.replaceAll(/[[\]]/g, '')) !== 0) throw new Refusal(`passkeys cannot belong to the IP address ${url.hostname}`, remedy);
  if (url.protocol === 'http:' && url.hostname !== 'localhost') throw new Refusal(`browsers give no passkeys to ${url.origin}, because it is not https`, remedy);
  return url.origin;
}

/** The origin that was given, or this machine's at the port. */
export function originOf(given: string | undefined, port: number): string {
  return given ?? `http://localhost:${port}`;
}

/** A one-time link. The token stands behind `#`, so no server, proxy or log between browser and house ever sees it in an address. */
export function linkAddress(origin: string, ticket: string): string {
  return `${origin}/link#${Buffer.from(ticket, 'base64').toString('base64url')}`;
}
