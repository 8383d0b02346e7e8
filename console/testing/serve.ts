/** Serves the console on the fake nation for a person who works on the console: `node console/testing/serve.ts`. Ends with Ctrl C. */
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../build.ts';
import { accounts, secret } from './fake-desk.ts';
import { startFakeServer } from './fake-server.ts';

const out = fileURLToPath(new URL('../dist', import.meta.url));
await buildConsole({ out });
const server = await startFakeServer({ out });
process.stdout.write(`${server.address}\naccounts: ${Object.keys(accounts).join(', ')} · password: ${secret.password} · code: ${secret.code}\n`);
