/**
 * `nigran link ACCOUNT`: another one-time link for an officer who has no passkey yet, because the first link ended or
 * went astray. Only while the house stands still, and only for such an officer: everybody else is helped by an
 * administrator at the console, whose act says who did it. This one is an entry of the operator's.
 */

import { StaffDesk } from '../access/index.ts';
import { SYSTEM, openPool, withActor } from '../log/index.ts';
import { Refusal } from '../log/engine/index.ts';
import { formatInstant } from '../terms/index.ts';
import { startRecord } from './house.ts';
import { needInstallation } from './installation.ts';
import { isHeld, takeHome } from './instance.ts';
import { linkAddress, originOf } from './origin.ts';
import type { Options } from './options.ts';
import type { Settings } from './settings.ts';
import type { World } from './world.ts';

/** Runs the verb; gives the exit code. */
export async function issueLink(settings: Settings, world: World, options: Options): Promise<number> {
  const [account] = options.words;
  if (account === undefined) throw new Refusal('link needs an account', 'for example: npm run nigran -- link ayesha');
  const installation = needInstallation(settings.home);
  if (await isHeld(settings.home)) throw new Refusal('the house runs', 'an administrator gives officers new links at the console; the operator does it while the house stands still');
  const giveBack = await takeHome(settings.home);
  try {
    const { postgres } = await startRecord(settings, world, () => undefined);
    const pool = openPool(postgres.connection('nigran_app'), 2);
    try {
      const known = await withActor(pool, SYSTEM, (tx) => tx.query('select from access.passkey where account = $1 limit 1', [account]));
      if (known.rowCount !== 0) throw new Refusal(`${account} has a passkey`, 'if it is lost, an administrator gives a new link at the console');
      const origin = originOf(installation.origin, settings.port);
      const desk = new StaffDesk({ pool, random: world.random, synthetic: false, party: { name: installation.authority, origin } });
      const issued = await desk.linkAgain(world.clock(), account, { actor: 'link', basis: 'another link by the operator, for an officer without a passkey' });
      if ('code' in issued) throw new Refusal(`there is no officer ${account}`, 'name an account that nigran init or an administrator registered');
      const [link, expires] = [linkAddress(origin, issued.ticket), formatInstant(issued.expires)];
      process.stdout.write(options.has('json') ? `${JSON.stringify({ account, link, expires })}\n` : `${link}\nuntil ${expires}, once\n`);
      return 0;
    } finally {
      await pool.end();
      await postgres.stop();
    }
  } finally {
    giveBack();
  }
}
