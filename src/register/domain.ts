/**
 * Domain names as people paste them: with a scheme, a path, in capitals, with letters of other scripts. One name has one
 * text (ASCII by IDNA, lower case, no final dot), and a second one in which its letters can be read.
 */

import { domainToASCII, domainToUnicode } from 'node:url';

/** Characters of a pasted address that are looked at. */
const PASTED_LENGTH_MAX = 2_000;
const HOST = /^(?=.{3,253}$)([a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/;

/** The one text of a domain, from a name or an address that was pasted; `undefined` when there is none in it. */
export function canonicalDomain(pasted: string): string | undefined {
  const bare = pasted.slice(0, PASTED_LENGTH_MAX).trim().replace(/^[a-z][a-z0-9+-]*[:.;]?\/\//i, '').replace(/[/?#\\][^]*$/, '').replace(/^[^@]*@/, '').replace(/:\d*$/, '').replaceAll(/[。．｡]/g, '.').replace(/\.$/, '');
  const ascii = domainToASCII(bare).toLowerCase();
  return HOST.test(ascii) && !/^\d+(\.\d+){3}$/.test(ascii) ? ascii : undefined;
}

/** The labels of a canonical domain as a reader sees them, from the left. */
export function readableLabels(domain: string): string[] {
  return domainToUnicode(domain).split('.');
}

/** The name itself or a name below it. */
export function isWithin(domain: string, parent: string): boolean {
  return domain === parent || domain.endsWith(`.${parent}`);
}

/** Second labels under which anyone registers names, and hosts that give names away: the label before them is the owner's own. */
const SHARED = new Set(['co', 'com', 'net', 'org', 'gov', 'edu', 'ac', 'or', 'ne', 'web', 'biz', 'info']);
const HOSTS = [
  'pages.dev', 'workers.dev', 'vercel.app', 'netlify.app', 'web.app', 'firebaseapp.com', 'github.io', 'gitbook.io', 'onrender.com', 'herokuapp.com', 'blogspot.com', 'wordpress.com', 'weebly.com', 'wixsite.com', 'webflow.io', 'framer.app',
  'framer.website', 'repl.co', 'replit.app', 'surge.sh', 'glitch.me', 'fly.dev', 'ipfs.io', 'dweb.link', 'r2.dev', 'azurewebsites.net', 'cloudfront.net', 's3.amazonaws.com', 'mystrikingly.com', 'godaddysites.com', 'square.site', 'typedream.app', 'carrd.co', 'notion.site', 'bubbleapps.io', 'deno.dev', 'vercel.dev', 'duckdns.org', 'translate.goog',
];

/** What its owner chose of a domain: the registered label, and those before it. */
export function ownParts(domain: string): { readonly label: string; readonly before: readonly string[] } {
  const host = HOSTS.find((one) => domain.endsWith(`.${one}`));
  const labels = readableLabels(host === undefined ? domain : domain.slice(0, -host.length - 1));
  if (host !== undefined) return { label: labels.at(-1) ?? '', before: labels.slice(0, -1) };
  const country = labels.at(-1)?.length === 2 && labels.length > 2 && SHARED.has(labels.at(-2) ?? '');
  const place = labels.length - (country ? 3 : 2);
  return { label: labels[place] ?? '', before: labels.slice(0, Math.max(0, place)) };
}
