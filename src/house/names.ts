/**
 * Names. A folder called after what its files have in common ("utils") says nothing, and neither
 * does a Manager; both are refused, and so are words for which the house has another: one concept,
 * one word, in code, screens and law. Two tables hold them; each entry says what to write instead.
 */

import type { Node } from 'oxc-parser';
import { walk, type House, type SourceFile, type Violation } from './house.ts';

const FOLDERS = ['utils', 'util', 'common', 'shared', 'helpers', 'lib', 'core', 'services', 'models', 'types'];
/** As the last word of a longer name they say nothing. A licence `Service` by itself is a word of the Act. */
const EMPTY_WORDS = ['Manager', 'Service', 'Handler', 'Helper', 'Data', 'Info', 'Impl', 'Util', 'Utils', 'Helpers', 'Handlers', 'Managers'];

/** Words that stand for something which has another word here. */
const SYNONYMS: Readonly<Record<string, string>> = {
  vasp: 'firm', casp: 'firm', tenant: 'firm', supervisee: 'firm', blockchain: 'chain', blacklist: 'list', whitelist: 'allow-list', kyc: 'identity',
  'audit trail': 'ledger', 'audit log': 'ledger', 'suspicious score': 'score',
};
/** `platform` is a firm in other people's texts; here it may only be an operating system, in the places that start one. */
const PLATFORM_FREE = /^(scripts\/|src\/main|src\/log\/engine\/|console\/)/;

/** Checks folders, files, and every name that is declared. */
export function nameRules(house: House): Violation[] {
  return [...house.texts.keys()].flatMap(pathRules).concat(house.files.filter((file) => file.room !== 'house').flatMap(declaredNames));
}

function pathRules(path: string): Violation[] {
  const found: Violation[] = [];
  const parts = path.split('/');
  if (!['src', 'console', 'client', 'sim', 'bench', 'scripts'].includes(parts[0] ?? '')) return found;
  const folder = parts.slice(0, -1).find((part) => FOLDERS.includes(part));
  if (folder !== undefined) found.push({ rule: 'folder-name', file: path, line: 1, says: `a folder called ${folder}`, remedy: 'name it after what it is for' });
  const name = parts.at(-1) ?? '';
  if (/\.(ts|tsx|mjs)$/.test(name) && !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|config|d))?\.(ts|tsx|mjs)$/.test(name)) {
    found.push({ rule: 'file-name', file: path, line: 1, says: `${name} is not in kebab case`, remedy: 'write-it-so.ts' });
  }
  const stem = name.replace(/\..*$/, '').split('-').at(-1) ?? '';
  const empty = EMPTY_WORDS.find((word) => word.toLowerCase() === stem);
  if (empty !== undefined) found.push({ rule: 'empty-word', file: path, line: 1, says: `a file called ${stem}`, remedy: 'name what it holds' });
  return found;
}

function declaredNames(file: SourceFile): Violation[] {
  const found: Violation[] = [];
  walk(file.program, (node, ancestors) => {
    for (const { name, start } of declared(node)) {
      const line = file.lineAt(start);
      const words = wordsOf(name);
      const last = words.at(-1) ?? '';
      const isTop = ancestors.every((each) => each.type === 'Program' || each.type === 'ExportNamedDeclaration' || each.type === 'VariableDeclaration');
      if (isTop && words.length > 1 && EMPTY_WORDS.some((word) => word.toLowerCase() === last) && !isLicenceService(words)) {
        found.push({ rule: 'empty-word', file: file.path, line, what: name, says: `${name} ends in ${last}`, remedy: 'name what it is or does' });
      }
      const spoken = words.join(' ');
      for (const [word, instead] of Object.entries(SYNONYMS)) {
        if (` ${spoken} `.includes(` ${word} `)) {
          found.push({ rule: 'glossary', file: file.path, line, what: name, says: `${name} says ${word}`, remedy: `the house says ${instead}` });
        }
      }
      if (words.includes('platform') && !PLATFORM_FREE.test(file.path)) {
        found.push({ rule: 'glossary', file: file.path, line, what: name, says: `${name} says platform`, remedy: 'a supervised entity is a firm' });
      }
    }
  });
  return found;
}

function isLicenceService(words: readonly string[]): boolean {
  return words.at(-1) === 'service' && ['licence', 'usual', 'permitted', 'of', 'with'].includes(words.at(-2) ?? '');
}

function declared(node: Node): { name: string; start: number }[] {
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'VariableDeclarator':
      return node.id?.type === 'Identifier' ? [{ name: node.id.name, start: node.id.start }] : [];
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'TSPropertySignature':
    case 'Property':
      return node.key.type === 'Identifier' && !node.computed ? [{ name: node.key.name, start: node.key.start }] : [];
    default:
      return [];
  }
}

/** `auditLogOf` and `AUDIT_LOG_OF` are the words audit, log, of. */
export function wordsOf(name: string): string[] {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2').split(/[\s_$-]+/).filter(Boolean).map((word) => word.toLowerCase());
}
