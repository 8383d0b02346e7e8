/**
 * Pages that stay true. A link of a page leads to something, a path that a page names exists, the
 * README's map names every room, and ARCHITECTURE's reading order has at most eight files: a page
 * that speaks of code which is gone is worse than none.
 */

import type { House, Violation } from './house.ts';
import { resolvePath } from './imports.ts';
import { ROOMS } from './rooms.ts';

const READING_ORDER_MAX = 8;
const NAMED_PATH = /`((?:src|console|client|sim|bench|scripts|docs|data|frameworks|\.ci)\/[A-Za-z0-9_./-]*)`/g;
const LINK = /\]\(([^)\s]+)\)/g;

/** Checks every Markdown page of the checkout. */
export function pageRules(house: House): Violation[] {
  const found = [...house.texts].filter(([path]) => path.endsWith('.md')).flatMap(([path, text]) => linkRules(house, path, text));
  return [...found, ...mapRule(house), ...readingRule(house)];
}

function linkRules(house: House, path: string, text: string): Violation[] {
  const found: Violation[] = [];
  let isCode = false;
  for (const [at, line] of text.split('\n').entries()) {
    if (line.startsWith('```')) isCode = !isCode;
    if (isCode) continue;
    const links = [...line.matchAll(LINK)].flatMap((match) => match[1] ?? []).filter((link) => !/^([a-z]+:|#)/.test(link));
    const targets = links.map((link) => resolvePath(path, link.split('#')[0] ?? ''));
    targets.push(...[...line.matchAll(NAMED_PATH)].flatMap((match) => match[1] ?? []));
    for (const target of targets) {
      if (target !== undefined && exists(house, target)) continue;
      found.push({ rule: 'links', file: path, line: at + 1, says: `names ${target ?? 'something outside'}, which is not there`, remedy: 'name what took its place' });
    }
  }
  return found;
}

function exists(house: House, target: string): boolean {
  const folder = target.endsWith('/') ? target : `${target}/`;
  return house.texts.has(target) || [...house.texts.keys()].some((path) => path.startsWith(folder));
}

function mapRule(house: House): Violation[] {
  const readme = house.texts.get('README.md');
  if (readme === undefined) return [];
  return Object.keys(ROOMS).filter((room) => house.texts.has(`src/${room}/index.ts`) && !readme.includes(`\`${room}\`` )).map((room) => ({
    rule: 'map', file: 'README.md', line: 1, says: `the map leaves out ${room}`, remedy: 'add its line',
  }));
}

function readingRule(house: House): Violation[] {
  const file = 'ARCHITECTURE.md';
  const section = /\n## Reading order\n([\s\S]*?)(\n## |$)/.exec(house.texts.get(file) ?? '')?.[1];
  if (section === undefined) return [];
  const count = section.split('\n').filter((line) => /^\d+\. /.test(line)).length;
  return count > 0 && count <= READING_ORDER_MAX ? [] : [{
    rule: 'reading-order', file, line: 1, size: count, says: `the reading order has ${count} files`, remedy: `show the way from socket to alert in at most ${READING_ORDER_MAX}`,
  }];
}
