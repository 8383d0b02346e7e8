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

/** Does a program run on the home? */
export async function isHeld(home: string): Promise<boolean> {
  return (await holderOf(`home ${home}`)) !== undefined;
}

/** A port of an address on which nobody listens; a taken one is refused by its number. Port 0 finds one. */
export function freePort(host: string, port: number): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer();
    probe.once('error', (error) => failed(portRefusal(error, host, port)));
    probe.listen(port, host, () => {
      const address = probe.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      probe.close(() => done(found));
    });
  });
}

function portRefusal(error: Error, host: string, port: number): Refusal {
  switch ('code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new Refusal(`port ${port} is taken`, 'stop what listens there, or set NIGRAN_PORT', error);
    case 'EACCES':
      return new Refusal(`this account may not listen on port ${port}`, 'set NIGRAN_PORT to one above 1023', error);
    default:
      return new Refusal(`${host} is no address of this machine to listen on (${'code' in error ? String(error.code) : error.message})`, 'set NIGRAN_HOST to one, for example 127.0.0.1', error);
  }
}

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** Refuses to show a demo to other machines: its passwords are printed. */
export function needLoopback(host: string): void {
  if (!LOOPBACK.includes(host)) throw new Refusal(`a demo does not listen on ${host}: its accounts have printed passwords`, 'leave NIGRAN_HOST out, or make an installation with nigran init');
}

/** Resolves when the process is told to stop. */
export function stopSignal(): Promise<void> {
  return new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => done());
  });
}
