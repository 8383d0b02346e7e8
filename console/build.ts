/**
 * Builds the console with Vite into one directory of static files, in about five seconds, and skips it when
 * nothing that it is made of has changed (a SHA-256 over the sources, the lock file and the options). Files
 * that compress get a `.gz` beside them, so that a server can send them as they lie. The result needs no
 * inline script or style: a policy of `script-src 'self'; style-src 'self'` holds.
 */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const house = dirname(here);

/** Everything that ends up in the files: the console, and what it takes from the house. */
const sources = ['console', 'src/contract', 'src/terms', 'src/proof'];
const skipped = new Set(['dist', 'testing', 'node_modules']);
const compressed = new Set(['.html', '.js', '.css', '.svg', '.json', '.txt', '.wasm']);
const stampName = 'built-from.json';

/**
 * Schemas stand in one chunk with `no-code-generation.ts`, which must run before the first schema is made: a
 * chunk that is shared by screens would otherwise run before the entry's own first line.
 */
const chunks = [
  { name: 'schemas', test: /no-code-generation|node_modules\/zod\/|src\/(?:contract|terms)\//, priority: 2 },
  { name: 'frame', test: /node_modules\/(?:react|react-dom|scheduler|i18next|react-i18next|@tanstack\/(?!.*virtual))/, priority: 1 },
];

export type ConsoleBuild = {
  /** Directory of the files; `index.html` is served for every address that is no file. */
  readonly out: string;
  readonly hash: string;
  /** False when the files of this hash were there already. */
  readonly built: boolean;
  /** Gzipped bytes of what the first view of the entrance needs, fonts apart. */
  readonly firstLoadBytes: number;
};

function filesUnder(directory: string): string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name) || entry.name.endsWith('.test.ts')) return [];
    const path = join(directory, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  }).toSorted();
}

/** SHA-256 over names and contents of all sources. */
export function sourceHash(): string {
  const hash = createHash('sha256');
  for (const path of [...sources.flatMap((source) => filesUnder(join(house, source))), join(house, 'package-lock.json')]) {
    if (!existsSync(path)) continue;
    hash.update(relative(house, path)).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/**
 * Builds into `out` (made when missing). Files are built beside it and moved in whole, so a server that
 * reads `out` meanwhile never sees half of a build.
 */
export async function buildConsole(options: { readonly out: string }): Promise<ConsoleBuild> {
  const { out } = options;
  const hash = sourceHash();
  const stamp = readStamp(out);
  if (stamp !== null && stamp.hash === hash) return { out, hash, built: false, firstLoadBytes: stamp.firstLoadBytes };
  const fresh = `${out}.building-${process.pid}`;
  mkdirSync(dirname(out), { recursive: true });
  try {
    const firstLoadBytes = await buildInto(fresh, hash);
    rmSync(out, { recursive: true, force: true });
    renameSync(fresh, out);
    return { out, hash, built: true, firstLoadBytes };
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function buildInto(fresh: string, hash: string): Promise<number> {
  await build({
    root: here,
    configFile: false,
    logLevel: 'error',
    publicDir: join(here, 'public'),
    build: {
      outDir: fresh, emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false,
      rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
    },
  });
  await buildVerifier(fresh);
  for (const licence of ['OFL-Inter.txt', 'OFL-NotoNastaliqUrdu.txt']) cpSync(join(here, 'fonts', licence), join(fresh, licence));
  for (const path of filesUnder(fresh).filter((one) => compressed.has(extname(one)))) writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
  const firstLoadBytes = firstLoad(fresh);
  writeFileSync(join(fresh, stampName), JSON.stringify({ hash, firstLoadBytes }));
  return firstLoadBytes;
}

/** The verifier of the public pages: one script under a name that stays, with its decoder beside it. It takes nothing of the console along. */
async function buildVerifier(fresh: string): Promise<void> {
  await build({
    root: here, configFile: false, logLevel: 'error', publicDir: false,
    build: {
      outDir: fresh, emptyOutDir: false, target: 'es2023', assetsInlineLimit: 0, modulePreload: { polyfill: false }, reportCompressedSize: false,
      rolldownOptions: { input: join(here, 'verifier', 'main.ts'), output: { entryFileNames: 'verifier.js', codeSplitting: false } },
    },
  });
}

function readStamp(out: string): { hash: string; firstLoadBytes: number } | null {
  const path = join(out, stampName);
  if (!existsSync(path)) return null;
  try {
    const stamp: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof stamp !== 'object' || stamp === null || !('hash' in stamp) || !('firstLoadBytes' in stamp)) return null;
    return typeof stamp.hash === 'string' && typeof stamp.firstLoadBytes === 'number' ? { hash: stamp.hash, firstLoadBytes: stamp.firstLoadBytes } : null;
  } catch {
    return null;
  }
}

/** Bytes, gzipped, of index.html and all that it names: scripts, their preloads, the sheet. */
function firstLoad(directory: string): number {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const named = [...page.matchAll(/(?:src|href)="\/([^"]+)"/g)].map((match) => match[1] ?? '');
  return ['index.html', ...named].reduce((sum, name) => {
    const path = join(directory, `${name}.gz`);
    return existsSync(path) ? sum + readFileSync(path).length : sum;
  }, 0);
}

if (process.argv[1] !== undefined && basename(process.argv[1]) === basename(fileURLToPath(import.meta.url))) {
  const result = await buildConsole({ out: join(here, 'dist') });
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
