/**
 * A house is held to the framework pack that its ledger adopted: a pack that was changed under its revision, an older one,
 * and one that nobody adopted are refused with one line. What was opened before this was kept is recorded as found.
 */

import { join } from 'node:path';
import type pg from 'pg';
import { LicensingDesk } from '../licensing/index.ts';
import { LocalObjects, SYSTEM, withActor } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import type { Instant } from '../terms/index.ts';
import { openFramework } from './framework.ts';

const AS_FOUND = { actor: 'start', basis: 'the pack under which the house was found' };

/** Refuses a pack that is not the adopted one. `successor`: the demo's invented officers, who adopt a later revision at once. `pool`: as `nigran_app`. */
export async function holdToPack(pool: pg.Pool, place: { readonly home: string; readonly framework: string; readonly now: Instant }, successor?: { readonly actor: string; readonly second: string; readonly basis: string }): Promise<void> {
  const desk = new LicensingDesk(openFramework(place.framework), new LocalObjects(join(place.home, 'objects')));
  const refused = await withActor(pool, SYSTEM, (tx) => desk.holdToPack(tx, place.now, AS_FOUND, successor));
  if (refused !== undefined) throw new Refusal(refused.what, refused.remedy);
}
