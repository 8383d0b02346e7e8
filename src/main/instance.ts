/**
 * One program for one home, and one port for it.
 */

import { mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { Refusal, holderOf, refusalOf, tryHold } from '../log/engine/index.ts';

/** Takes the home directory; gives what gives it back. The kernel keeps the name, so a crash needs no hand. */
export async function takeHome(home: string): Promise<() => void> {
  const release = await tryHold(`home ${home}`, String(process.pid));
  if (release === undefined) {
    throw new Refusal(`another Nigran (process ${(await holderOf(`home ${home}`)) ?? 'unknown'}) runs on ${home}`, 'stop it, or set NIGRAN_HOME to another directory');
  }
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    release();
    throw refusalOf(error) ?? error;
  }
  return release;
}

/** A port on loopback that nobody listens on; a taken one is refused by its number. Port 0 finds one. */
export function freePort(host: string, port: number): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', () => failed(new Refusal(`port ${port} is taken`, 'stop what listens there, or set NIGRAN_PORT')));
    probe.listen(port, host, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => done(found));
    });
  });
}
