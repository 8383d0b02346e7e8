/**
 * Stops the database server that the tests of a run shared, when one still runs. `boot.mjs` starts it at the
 * end of a run; after `node --test FILE` by hand the server ends by itself once nobody uses it.
 */
import { stopTestServer } from '../src/log/engine/testing.ts';

await stopTestServer();
