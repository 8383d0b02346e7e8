/** The bench of the public face over a database of its own, which is removed afterwards. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretFiles, openKeys } from '../access/index.ts';
import { PublicLog, SYSTEM, append, migrate, openPool, withActor } from '../log/index.ts';
import { Printer } from '../http/index.ts';
import { startPostgres } from '../log/engine/index.ts';
import { CertificateDesk, RegisterDesk } from '../register/index.ts';
import { instantOf } from '../terms/index.ts';
import { benchCertificates, benchRegisterLog, REGISTER_FULL, REGISTER_SMALL } from '../../bench/register.ts';
import type { BenchRow } from '../../bench/monitor.ts';
import { PACK_DIRECTORY, openFramework } from './framework.ts';
import { issuerKeys } from './issuer.ts';
import { migrations } from './migrations.ts';
import { verifyByPlatform } from './platform-verify.ts';
import type { World } from './world.ts';

/** Rounds over all certificates. */
const ROUNDS = 5;
/** The firms' stage began a year before the bench's own instant. */
const SINCE = instantOf(1_764_000_000_000_000);

/** Enters so many invented firms with an NOC; gives their codes. */
async function enterFirms(pool: ReturnType<typeof openPool>, count: number): Promise<string[]> {
  const codes = Array.from({ length: count }, (_none, i) => `B${String(i).padStart(5, '0')}`);
  await withActor(pool, SYSTEM, async (tx) => {
    await append(tx, SINCE, codes.map((code, i) => ({ kind: 'firm-registered', actor: 'bench', basis: 'bench', body: { firm: code.toLowerCase(), number: i + 1, code, name: `Bench Firm ${i}`, nameUr: `فرم ${i}`, synthetic: true } })));
    await append(tx, SINCE, codes.map((code) => ({ kind: 'stage-changed', actor: 'bench', basis: 'bench', body: { firm: code.toLowerCase(), from: null, to: 'e3-noc-granted', effectiveFrom: SINCE, reasons: 'bench', evidence: [] } })));
  });
  return codes;
}

/** Runs the bench; `full`: the sizes that the figures are claimed for. */
export async function benchRegister(world: World, full: boolean): Promise<BenchRow[]> {
  const home = mkdtempSync(join(tmpdir(), 'nigran-bench-'));
  const postgres = await startPostgres({ home, database: 'nigran', random: world.random, log: () => undefined });
  const [pool, owner] = [openPool(postgres.connection('nigran_app'), 4), openPool(postgres.connection('nigran_owner'), 1)];
  const printer = new Printer({ authority: { en: 'Invented Authority', ur: 'فرضی اتھارٹی' }, synthetic: true, serviceTitle: (service) => ({ en: service, ur: service }) });
  try {
    await migrate(owner, migrations);
    const keys = openKeys(new SecretFiles({ directory: join(home, 'keys'), draw: (_label, length) => world.random(length) }));
    const size = full ? REGISTER_FULL : REGISTER_SMALL;
    const seconds = (): number => world.clock() / 1e6;
    const codes = await enterFirms(pool, size.firms);
    const register = new RegisterDesk(openFramework(PACK_DIRECTORY));
    await register.follow(pool);
    const desk = new CertificateDesk(register.book, { origin: 'https://bench.example', name: 'Invented Authority', synthetic: true, keys: issuerKeys(keys, 'bench.example', [{ number: 1 }]), random: world.random });
    return [
      await benchRegisterLog(new PublicLog(pool, keys.register('bench.example/register')), seconds, size),
      ...await benchCertificates(desk, codes, (certificate) => printer.print(certificate), verifyByPlatform, seconds, ROUNDS),
    ];
  } finally {
    await Promise.all([pool.end(), owner.end(), printer.end()]);
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
