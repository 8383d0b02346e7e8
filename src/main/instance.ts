/**
 * One program for one home. The lock is a file with the process id; a lock whose process is gone is taken
 * over, so a crash needs no hand.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Refusal } from '../log/engine/index.ts';

/** Takes the home directory; gives what gives it back. */
export function takeHome(home: string): () => void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Refusal(`the directory ${home} cannot be made`, 'set NIGRAN_HOME to one that can be written', error);
  }
  const path = join(home, 'nigran.pid');
  const other = holderOf(path);
  if (other !== undefined) throw new Refusal(`another Nigran (process ${other}) runs on ${home}`, 'stop it, or set NIGRAN_HOME to another directory');
  try {
    writeFileSync(path, String(process.pid), { mode: 0o600 });
  } catch (error) {
    const full = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
    throw new Refusal(full ? 'the disk is full' : `the directory ${home} cannot be written`, full ? 'free some space' : 'set NIGRAN_HOME to one that can be written', error);
  }
  return () => rmSync(path, { force: true });
}

function holderOf(path: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
  if (!(pid > 0) || pid === process.pid) return undefined;
  try {
    return /main\.ts/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ? pid : undefined;
  } catch {
    return undefined;
  }
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
