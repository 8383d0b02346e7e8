/**
 * Doors and their plates. Each room has an `index.ts` of about a dozen values, each with a docstring
 * at its declaration, and a `README.md` of at most 40 lines that says In, Out, Always, Never and
 * Trust. A folder that is not in the table of rooms, or a room without code, is refused.
 */

import { isTestPath, roomOf, type House, type SourceFile, type Violation } from './house.ts';
import { resolvePath } from './imports.ts';
import { ROOMS } from './rooms.ts';

/** Values; the types that they speak in come with them. */
const DOOR_NAMES_MAX = 14;
const README_LINES_MAX = 40;
const README_WORDS = ['In', 'Out', 'Always', 'Never', 'Trust'];
/** What may lie in `src/` beside rooms. `main` may be split into a folder; it has no door, since nobody imports it. */
const NO_ROOM = ['main', 'house'];

/** Checks that rooms are rooms, with door and README. */
export function doorRules(house: House): Violation[] {
  const rooms = new Set([...house.texts.keys()].filter((path) => path.startsWith('src/')).map(roomOf));
  const byPath = new Map(house.files.map((file) => [file.path, file]));
  return [...rooms].filter((room) => !NO_ROOM.includes(room)).flatMap((room) => ROOMS[room] === undefined
    ? [{ rule: 'rooms', file: `src/${room}`, line: 1, says: `${room} is no room of the house`, remedy: 'put it into a room, or add the room to src/house/rooms.ts with a decision' }]
    : [...roomRules(house, room), ...readmeRules(house, room), ...nameRules(byPath, room)]);
}

function roomRules(house: House, room: string): Violation[] {
  const at = `src/${room}/index.ts`;
  const found: Violation[] = [];
  const code = house.files.filter((file) => file.path.startsWith(`src/${room}/`) && !file.isTest && file.path !== at);
  if (code.length === 0) found.push({ rule: 'rooms', file: `src/${room}`, line: 1, says: 'an empty room', remedy: 'a room is made when its first real code is' });
  if (!house.texts.has(at)) found.push({ rule: 'doors', file: at, line: 1, says: 'the room has no door', remedy: 'add index.ts and export what others need' });
  return found;
}

function readmeRules(house: House, room: string): Violation[] {
  const file = `src/${room}/README.md`;
  const text = house.texts.get(file);
  const wrong = (line: number, says: string, remedy: string): Violation => ({ rule: 'readme', file, line, says, remedy });
  if (text === undefined) return [wrong(1, 'the room has no README.md', `write In, Out, Always, Never, Trust in at most ${README_LINES_MAX} lines`)];
  const lines = text.trimEnd().split('\n');
  const found: Violation[] = [];
  if (lines.length > README_LINES_MAX) found.push({ ...wrong(lines.length, `${lines.length} lines`, `say it in ${README_LINES_MAX}`), size: lines.length });
  for (const word of README_WORDS) {
    if (!lines.some((line) => new RegExp(`^[#*\\-\\s]*${word}\\b`).test(line))) {
      found.push(wrong(1, `says nothing under ${word}`, `open a line with **${word}**`));
    }
  }
  return found;
}

function nameRules(byPath: ReadonlyMap<string, SourceFile>, room: string): Violation[] {
  const door = byPath.get(`src/${room}/index.ts`);
  return door === undefined ? [] : [...widthRule(door), ...docstringRules(byPath, door)];
}

function widthRule(file: SourceFile): Violation[] {
  const size = exportsOf(file).filter((entry) => !entry.isType).length;
  return size <= DOOR_NAMES_MAX ? [] : [{
    rule: 'door-width', file: file.path, line: 1, size, says: `${size} values, more than ${DOOR_NAMES_MAX}`,
    remedy: 'export fewer, larger things: a door is what others need, not what the room has',
  }];
}

function exportsOf(file: SourceFile) {
  return file.module.staticExports.flatMap((each) => each.entries);
}

function docstringRules(byPath: ReadonlyMap<string, SourceFile>, door: SourceFile): Violation[] {
  return exportsOf(door).flatMap((entry) => {
    const name = entry.exportName.name;
    if (name === null) {
      return entry.moduleRequest === null ? [] : [{
        rule: 'doors', file: door.path, line: door.lineAt(entry.start), says: 'exports *', remedy: 'name what leaves the room',
      }];
    }
    const wanted = entry.importName.name ?? entry.localName.name ?? name;
    const home = entry.moduleRequest === null ? { file: door, name: wanted } : declarationOf(byPath, door, entry.moduleRequest.value, wanted);
    if (home === undefined || hasDocstring(home.file, home.name)) return [];
    return [{
      rule: 'docstrings', file: home.file.path, line: lineOf(home.file, home.name), what: home.name,
      says: `${home.name} leaves the room without a docstring`, remedy: 'say above its declaration what it gives, units, shapes, errors',
    }];
  });
}

function declarationOf(byPath: ReadonlyMap<string, SourceFile>, from: SourceFile, specifier: string, name: string): { file: SourceFile; name: string } | undefined {
  const path = resolvePath(from.path, specifier);
  const file = path === undefined ? undefined : byPath.get(path);
  if (file === undefined || isTestPath(file.path)) return undefined;
  const passedOn = exportsOf(file).find((entry) => entry.moduleRequest !== null && entry.exportName.name === name);
  return passedOn?.moduleRequest ? declarationOf(byPath, file, passedOn.moduleRequest.value, passedOn.importName.name ?? name) : { file, name };
}

/** Whether a block comment that opens with two stars ends right above the declaration of `name`. */
function hasDocstring(file: SourceFile, name: string): boolean {
  const starts = declarationsOf(file, name);
  if (starts.length === 0) return true;
  return starts.some((start) => file.comments.some((comment) =>
    comment.type === 'Block' && comment.value.startsWith('*') && comment.end <= start && file.text.slice(comment.end, start).trim() === ''));
}

function lineOf(file: SourceFile, name: string): number {
  return file.lineAt(declarationsOf(file, name)[0] ?? 0);
}

function declarationsOf(file: SourceFile, name: string): number[] {
  const starts: number[] = [];
  for (const statement of file.program.body) {
    const inner = statement.type === 'ExportNamedDeclaration' && statement.declaration ? statement.declaration : statement;
    if (inner.type === 'VariableDeclaration') {
      if (inner.declarations.some((each) => each.id.type === 'Identifier' && each.id.name === name)) starts.push(statement.start);
    } else if ('id' in inner && inner.id?.type === 'Identifier' && inner.id.name === name) starts.push(statement.start);
  }
  return starts;
}
