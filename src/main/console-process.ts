/**
 * Building the console in a process of its own: it runs while engines start, and its memory (Vite and what it
 * bundles, about a quarter of a gigabyte) is gone when the house is at work.
 */

import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { receiveSettings, tellParent } from './child.ts';

/** A console that is being built. */
export interface ConsoleBuilding {
  /** True when it was built, false when its files stood already. Rejects when the build failed. */
  readonly built: Promise<boolean>;
  /** Ends a build that nobody waits for any more. */
  stop(): void;
}

/** Begins to build into `out`, unless what lies there was built from the same sources. */
export function beginConsole(out: string): ConsoleBuilding {
  const child = fork(fileURLToPath(new URL('../main.ts', import.meta.url)), ['inner:console'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const built = new Promise<boolean>((done, failed) => {
    child.on('message', (message: { readonly ready: { readonly built: boolean } }) => done(message.ready.built));
    child.once('exit', (code, signal) => failed(new Error(`building the console ended (${signal ?? code})`)));
  });
  // Whoever waits hears of a failure; until then it is nobody's.
  built.catch(() => undefined);
  child.send({ settings: { out } });
  return { built, stop: () => void child.kill() };
}

/** In the child: builds, tells, and ends. */
export async function runConsoleBuild(): Promise<void> {
  const { out } = await receiveSettings<{ readonly out: string }>();
  const { buildConsole } = await import('../../console/build.ts');
  const { built } = await buildConsole({ out });
  tellParent({ ready: { built } });
  process.exit(0);
}
