/**
 * Who may import whom. An import that crosses a wall goes through a door (`index.ts`) and only as
 * the table of rooms allows; `http` is imported by nobody; rooms that run in a browser import no
 * `node:` module. Static, dynamic, re-exporting and type-only imports count alike, and so does
 * `new URL('../x.ts', import.meta.url)`, by which a worker is named.
 */

import { walk, literalText, isTestPath, roomOf, type House, type SourceFile, type Violation } from './house.ts';
import { AUDITOR, AUDITOR_IMPORTS, BROWSER_PACKAGES, OUTBUILDINGS, PACKAGE_HOMES, ROOMS } from './rooms.ts';

/** Makes the bundle, under Node. */
const CONSOLE_BUILD = 'console/build.ts';

interface Import {
  readonly specifier: string;
  readonly offset: number;
}

type Wrong = (rule: string, says: string, remedy: string) => Violation[];

/** Checks every import of every code file. */
export function importRules(house: House): Violation[] {
  const forDevelopment = /"devDependencies": \{([^}]*)\}/.exec(house.texts.get('package.json') ?? '')?.[1] ?? '';
  return house.files.flatMap((file) => importsOf(file).flatMap((found) => judge(file, found, forDevelopment)));
}

function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const each of file.module.staticImports) found.push({ specifier: each.moduleRequest.value, offset: each.start });
  for (const each of file.module.staticExports) {
    const request = each.entries[0]?.moduleRequest;
    if (request) found.push({ specifier: request.value, offset: each.start });
  }
  walk(file.program, (node) => {
    if (node.type === 'ImportExpression') {
      const specifier = literalText(node.source);
      if (specifier !== undefined) found.push({ specifier, offset: node.start });
    }
    if (node.type === 'TSImportType') {
      const specifier = literalText(node.source);
      if (specifier !== undefined) found.push({ specifier, offset: node.start });
    }
    if (node.type === 'NewExpression' && node.callee.type === 'Identifier' && node.callee.name === 'URL') {
      const [first, base] = node.arguments;
      const specifier = literalText(first);
      if (specifier !== undefined && /\.tsx?$/.test(specifier) && base?.type === 'MemberExpression') found.push({ specifier, offset: node.start });
    }
  });
  return found;
}

function judge(file: SourceFile, found: Import, forDevelopment: string): Violation[] {
  const wrong: Wrong = (rule, says, remedy) =>
    [{ rule, file: file.path, line: file.lineAt(found.offset), says, remedy, what: found.specifier }];
  if (found.specifier.startsWith('node:')) {
    const inBrowser = ROOMS[file.room]?.browser === true || (file.room === 'console' && file.path !== CONSOLE_BUILD);
    return inBrowser && !file.isTest
      ? wrong('browser', `${file.room} runs in a browser and imports ${found.specifier}`, 'take what is needed as an argument, or move this code behind `log`')
      : [];
  }
  if (!found.specifier.startsWith('.')) return file.isTest ? [] : judgePackage(file, found.specifier, forDevelopment, wrong);
  const target = resolvePath(file.path, found.specifier);
  if (target === undefined || !/^(src|console|client|sim|bench|scripts|docs|frameworks|data)\//.test(target)) {
    return file.room in OUTBUILDINGS || file.isTest ? [] : wrong('imports', `imports ${found.specifier}, outside the house`, 'read it as a file whose path is passed in');
  }
  const room = roomOf(target);
  if (room === file.room) return [];
  return judgeWall(file, target, room, wrong);
}

function judgePackage(file: SourceFile, specifier: string, forDevelopment: string, wrong: Wrong): Violation[] {
  const name = specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  if (ROOMS[file.room]?.browser === true && !BROWSER_PACKAGES.includes(name)) {
    return wrong('browser', `${file.room} runs in a browser and imports ${name}`, `it may take from npm: ${BROWSER_PACKAGES.join(', ')}`);
  }
  const homes = Object.hasOwn(PACKAGE_HOMES, name) ? PACKAGE_HOMES[name] : undefined;
  if (homes !== undefined && !homes.includes(file.room)) return wrong('package', `${file.room} imports ${name}`, `${name} stays in ${homes.join(', ')}; ask there for what is needed`);
  if (forDevelopment.includes(`"${name}"`) && /^(src|console)\//.test(file.path) && file.room !== 'house') {
    return wrong('package', `imports ${name}, which is only there for development`, 'use it in tests alone, or make it a dependency with its line in docs/decisions/dependencies.md');
  }
  return [];
}

function judgeWall(file: SourceFile, target: string, room: string, wrong: Wrong): Violation[] {
  if (file.room === 'house' || file.room === 'main') return doorOnly(file, target, room, wrong);
  if (room === 'http') return wrong('imports', 'imports http, which nobody imports', 'move what is shared into the room it belongs to');
  if (!target.startsWith('src/')) {
    return file.path.startsWith('src/') && !file.isTest
      ? wrong('imports', `imports ${target}, which lies outside src/`, 'a room knows nothing of what stands beside src/; pass it in')
      : [];
  }
  if (AUDITOR.test(file.path) && !AUDITOR_IMPORTS.includes(room)) {
    return wrong('auditor', `the auditor imports ${room}`, 'the auditor shares no code with the engine; write the check again from terms alone');
  }
  if (file.isTest && isTestPath(target)) return [];
  const allowed = ROOMS[file.room]?.imports ?? OUTBUILDINGS[file.room];
  if (allowed !== 'all' && !allowed?.includes(room)) {
    return wrong('imports', `${file.room} imports ${room}`, `${file.room} may import ${allowed?.join(', ') || 'no room'}; append an entry or pass the function in from main.ts`);
  }
  return doorOnly(file, target, room, wrong);
}

function doorOnly(file: SourceFile, target: string, room: string, wrong: Wrong): Violation[] {
  if (!target.startsWith('src/') || ROOMS[room] === undefined || (file.isTest && isTestPath(target))) return [];
  const forMain = file.room === 'main' || file.isTest ? (ROOMS[room].mainDoors ?? []) : [];
  const doors = ['index.ts', ...(ROOMS[room].doors ?? []), ...forMain].map((door) => `src/${room}/${door}`);
  return doors.includes(target) ? [] : wrong('doors', `imports ${target} past its door`, `import it from src/${room}/index.ts; if it is not there, ask whether it should be`);
}

/** Resolves a relative specifier against the importing file; `undefined` when it leaves the checkout. */
export function resolvePath(from: string, specifier: string): string | undefined {
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '.' || part === '') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}
