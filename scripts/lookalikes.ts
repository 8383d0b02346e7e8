/**
 * Writes `docs/reference/lookalikes.md`: what the look-alike check catches and catches wrongly, with the numbers and the
 * domains themselves. Run it after changing the check: `node scripts/lookalikes.ts`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { disguisesOf, europeanFirms, foreign, indexOf, phishingDomains } from '../bench/lookalike.ts';
import type { ForeignRecord } from '../src/register/foreign-casp.ts';
import { LookalikeIndex, type Likeness } from '../src/register/lookalike.ts';
import { page, table } from './reference-page.ts';

const ROOT = join(import.meta.dirname, '..');
const EXAMPLES = 8;
/** Names of which so many phishing domains are caught get a line of their own. */
const LINE_MIN = 3;

const firms = europeanFirms();
const phishing = phishingDomains();
const all = indexOf(firms);
const published = z.object({ firms: z.array(z.object({ name: z.string() })) }).parse(JSON.parse(readFileSync(join(ROOT, 'data', 'published-firms.json'), 'utf8'))).firms.map((one) => one.name);

function share(part: number, whole: number): string {
  return `${part.toLocaleString('en')} of ${whole.toLocaleString('en')} (${((100 * part) / Math.max(1, whole)).toFixed(1)}%)`;
}

function disguises(): string[] {
  const labels = [...new Set(firms.flatMap((firm) => firm.websites.map((website) => website.replace(/^www\./, '').split('.')[0] ?? '')).filter((label) => /^[a-z]{6,}$/.test(label)))];
  const counts = new Map<string, { made: number; caught: number }>();
  for (const label of labels) {
    const index = new LookalikeIndex([{ value: label, names: [label], domains: [`${label}.example`] }]);
    for (const [kind, made] of disguisesOf(label)) {
      const count = counts.get(kind) ?? { made: 0, caught: 0 };
      count.made += made.length;
      count.caught += made.filter((domain) => foreign(index.judgeDomain(domain)).length > 0).length;
      counts.set(kind, count);
    }
  }
  const rows = [...counts].map(([kind, { made, caught }]) => [kind, share(caught, made)]);
  const sum = [...counts.values()].reduce((whole, one) => ({ made: whole.made + one.made, caught: whole.caught + one.caught }), { made: 0, caught: 0 });
  return [`Disguises of ${labels.length} labels of six letters and more, each made by a rule that shares no code with the check.`, '', ...table(['disguise', 'caught'], [...rows, ['all', share(sum.caught, sum.made)]]), ''];
}

function byName(found: ReadonlyMap<string, Likeness<unknown>>): string[] {
  const names = new Map<string, string[]>();
  for (const [domain, likeness] of found) names.set(likeness.name, [...(names.get(likeness.name) ?? []), domain]);
  const rows = [...names].sort((a, b) => b[1].length - a[1].length).filter(([, domains]) => domains.length >= LINE_MIN).map(([name, domains]) => [`\`${name}\``, String(domains.length), domains.slice(0, EXAMPLES).map((domain) => `\`${domain}\``).join(' ')]);
  return [...table(['passes for', 'domains', 'for example'], rows), ''];
}

function caughtBy<T>(index: LookalikeIndex<T>): Map<string, Likeness<T>> {
  const found = new Map<string, Likeness<T>>();
  for (const domain of phishing) {
    const [best] = foreign(index.judgeDomain(domain));
    if (best !== undefined) found.set(domain, best);
  }
  return found;
}

function nocHolders(): string[] {
  const found = caughtBy(new LookalikeIndex(published.map((name) => ({ value: name, names: [name], domains: [] }))));
  const named = phishing.filter((domain) => published.some((name) => domain.includes(name.toLowerCase())));
  const missed = named.filter((domain) => !found.has(domain));
  const rows = [...found].map(([domain, one]) => [`\`${domain}\``, one.name, one.kind, one.score.toFixed(2)]);
  return [
    `Names: ${published.join(', ')}, the holders of published certificates. Of ${phishing.length.toLocaleString('en')} domains ${found.size} pass for one of them; ${named.length} hold such a name letter by letter, and of these ${missed.length} are not caught${missed.length === 0 ? '' : `: ${missed.map((domain) => `\`${domain}\``).join(' ')}`}. The register holds no website of either, since none was published with a source; a website of their own would therefore be told as one that looks like them.`, '',
    ...table(['domain', 'passes for', 'by', 'score'], rows), '',
  ];
}

function wronglyCaught(): string[] {
  const caught: string[][] = [];
  let asked = 0;
  for (const firm of firms) {
    const others = indexOf(firms.filter((one) => one !== firm));
    for (const website of firm.websites) {
      asked += 1;
      const found = others.judgeDomain(website) ?? [];
      const [best] = found.some((one) => one.kind === 'own') ? [] : found;
      if (best !== undefined) caught.push([`\`${website}\``, firm.name, `\`${best.name}\` (${best.value.name})`, best.kind]);
    }
  }
  const own = firms.flatMap((firm: ForeignRecord) => firm.websites).filter((website) => foreign(all.judgeDomain(website)).length > 0).length;
  const noc = new LookalikeIndex(published.map((name) => ({ value: name, names: [name], domains: [] })));
  const byNoc = firms.flatMap((firm) => firm.websites).filter((website) => foreign(noc.judgeDomain(website)).length > 0);
  return [
    `Each of the ${asked} websites of the ${firms.length} firms, asked of a register that holds all firms but its own: ${share(caught.length, asked)} are told as a likeness. With its own firm in the register: ${own}. Asked of the two certificate holders alone: ${byNoc.length}.`, '',
    ...table(['website', 'of', 'is told to look like', 'by'], caught), '',
  ];
}

const found = caughtBy(all);
const kinds = new Map<string, number>();
for (const one of found.values()) kinds.set(one.kind, (kinds.get(one.kind) ?? 0) + 1);
writeFileSync(join(ROOT, 'docs', 'reference', 'lookalikes.md'), page('Look-alikes', 'src/register/lookalike.ts', [
  'What the look-alike check of the register catches, and what it catches wrongly. A likeness is a reason to look, never a finding: each is told with its reason.', '',
  'Firms and websites: interim MiCA register of ESMA, state of 28 June 2026. This document has been drafted using material downloaded from ESMA\'s website. ESMA does not endorse this publication and in no way is liable for copyright or other intellectual property rights infringements nor for any damages caused to third parties through this publication. Phishing domains: polkadot-js/phishing, 3 February 2026; that a domain is one is its makers\' claim.', '',
  '## Disguises', '', ...disguises(),
  '## Phishing domains that pass for a holder of a certificate', '', ...nocHolders(),
  `## Phishing domains that pass for one of ${firms.length} European firms`, '',
  `${share(found.size, phishing.length)} of the list; most of the list imitates wallets and protocols that are no firms of this register. By kind: ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}. Whether each means that very firm nobody has judged: a name that is also a word of everyday (\`circle\`, \`change\`) is met by chance too.`, '', ...byName(found),
  '## Wrongly caught', '', ...wronglyCaught(),
], 'scripts/lookalikes.ts'));
