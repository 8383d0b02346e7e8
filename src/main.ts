/**
 * The program. It reads clock, chance, environment and arguments once (`World`), runs one verb and ends:
 * 0 yes, 1 the answer is no, 2 it could not run and says in one line why and what to do. A broken invariant
 * ends the process at once. Children of the house are this same program with an inner verb.
 */

import { refusalOf } from './log/engine/index.ts';
import { runClickHouse, runProjector } from './main/engine-processes.ts';
import { runServer } from './main/server-process.ts';
import { runVault } from './main/vault-process.ts';
import { runVerb } from './main/verbs.ts';
import { runWorker } from './main/worker-process.ts';
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
      await runServer(world);
      break;
    case 'inner:vault':
      await runVault(world);
      break;
    case 'inner:worker':
      await runWorker(world);
      break;
    case 'inner:clickhouse':
      await runClickHouse();
      break;
    case 'inner:projector':
      await runProjector();
      break;
    default:
      process.exitCode = await runVerb(verb, world);
  }
} catch (error) {
  const refusal = refusalOf(error);
  if (refusal === undefined) throw error;
  process.stderr.write(`nigran: ${refusal.message}. ${refusal.remedy}.\n`);
  process.send?.({ refused: refusal.message, remedy: refusal.remedy });
  process.exitCode = 2;
}
