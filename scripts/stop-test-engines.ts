/**
 * Stops the database server that tests share, when one runs: at once at the end of a run (`boot.mjs`), or
 * with `when-unused` as soon as nobody has used it for a minute (started beside the server by the first
 * test that needs it).
 */
import { stopTestServer, stopTestServerWhenUnused } from '../src/log/engine/testing.ts';

await (process.argv[2] === 'when-unused' ? stopTestServerWhenUnused() : stopTestServer());
