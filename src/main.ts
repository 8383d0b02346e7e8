/**
 * The program. It reads clock, chance, environment and arguments once (`World`), runs one verb and ends:
 * 0 yes, 1 the answer is no, 2 it could not run and says in one line why and what to do. A broken invariant
 * ends the process at once. Children of the house are this same program with an inner verb; each loads what its
 * verb needs and nothing else, which is most of its memory and of its start.
 */

import { refusalOf } from './log/engine/index.ts';
import { openWorld } from './main/world.ts';

const world = openWorld();
const [verb = 'help'] = world.arguments;

// A reader that has seen enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  switch (verb) {
    case 'inner:server':
      await (await import('./main/server-process.ts')).runServer(world);
      break;
    case 'inner:vault':
      await (await import('./main/vault-process.ts')).runVault(world);
      break;
    case 'inner:worker':
      await (await import('./main/worker-process.ts')).runWorker(world);
      break;
    case 'inner:clickhouse':
      await (await import('./main/engine-processes.ts')).runClickHouse();
      break;
    case 'inner:console':
      await (await import('./main/console-process.ts')).runConsoleBuild();
      break;
    case 'inner:projector':
      await (await import('./main/engine-processes.ts')).runProjector();
      break;
    default:
      process.exitCode = await (await import('./main/verbs.ts')).runVerb(verb, world);
  }
} catch (error) {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  process.exitCode = 2;
  if (!verb.startsWith('inner:')) process.stderr.write(`nigran: ${refusal.message}. ${refusal.remedy}.\n`);
  // A child's connections would keep it: it tells its parent, who says it, and ends.
  else process.send?.({ refused: refusal.message, remedy: refusal.remedy }, () => process.exit(2));
}
