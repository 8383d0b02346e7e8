/**
 * `npm run check`: everything that judges the code without running it, at once: the type checker, the
 * linter, the search for dead code, and the house rules. Prints what each found and how long it took;
 * ends with 0 when all agree, with 1 otherwise. Needs the installed tools and Node 24 (boot.mjs sees
 * to both); it writes nothing.
 */

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');

/** The file that a package's own command line starts with. */
function binOf(name, command = name) {
  const home = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  return join(home, typeof bin === 'string' ? bin : bin[command]);
}

const CHECKS = [
  ['types', () => [binOf('typescript', 'tsc'), '-p', 'tsconfig.json', '--pretty', 'false']],
  ['lint', () => [binOf('oxlint'), '--type-aware', '--deny-warnings', '--format', 'unix']],
  ['dead code', () => [binOf('knip'), '--no-progress']],
  ['house', () => ['--test', '--test-reporter=dot', 'src/house.test.ts', 'src/house/*.test.ts']],
];

/** Runs one check; gives its exit code, output and seconds. */
function run([name, args]) {
  const begun = performance.now();
  return new Promise((resolve) => {
    let output = '';
    let child;
    try {
      child = spawn(process.execPath, args(), { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, FORCE_COLOR: '0', NODE_TEST_CONTEXT: undefined } });
    } catch (error) {
      resolve({ name, code: 2, output: `cannot start: ${error.message}`, seconds: 0 });
      return;
    }
    child.stdout.on('data', (bytes) => { output += bytes; });
    child.stderr.on('data', (bytes) => { output += bytes; });
    child.on('error', (error) => { output += `cannot start: ${error.message}`; });
    child.on('close', (code) => resolve({ name, code: code ?? 2, output, seconds: (performance.now() - begun) / 1000 }));
  });
}

const results = await Promise.all(CHECKS.map(async (check) => {
  const result = await run(check);
  const passed = result.code === 0;
  process.stdout.write(`${passed ? 'ok  ' : 'FAIL'} ${result.name} (${result.seconds.toFixed(1)} s)\n${passed ? '' : `${result.output.trimEnd()}\n`}`);
  return passed;
}));
process.exitCode = results.every(Boolean) ? 0 : 1;
