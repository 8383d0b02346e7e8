/**
 * What an officer must see when the demo's history is filed, asked through the console's own API and parsed by
 * its contract: each planted typology that a rule covers has raised that rule's alert on its own people, days
 * balance, the ledger proves itself, nothing is said of a real firm, and everything wears its mark.
 */

import { createHash } from 'node:crypto';
import { openCheckpoint, parseVerifierKey, verifyInclusion } from '../../src/proof/index.ts';
import { TYPOLOGIES, termOf, type Label, type Typology } from '../world/labels.ts';
import type { World } from '../world/world.ts';
import { ConsoleRefused, type Officer } from './officer.ts';

/** One check and how it ended. */
export interface DoorCheck {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** What the checks stand on. */
export interface CheckGround {
  readonly world: World;
  readonly officer: Officer;
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds that deciding, settling and copying may still take. */
  readonly patienceMs: number;
}

const PAUSE_MS = 250;

/** All checks, each tried until it holds or patience ends. */
export async function checkDoors(ground: CheckGround): Promise<DoorCheck[]> {
  const checks: DoorCheck[] = [];
  for (const [typology, labels] of coveredCases(ground.world.historyLabels())) checks.push(await attempt(ground, `alert ${typology}`, (one) => alertCheck(one, typology, labels)));
  checks.push(await attempt(ground, 'feeds are whole', closingCheck), await attempt(ground, 'ledger seen by an officer', ledgerCheck));
  checks.push(await attempt(ground, 'real firms', realFirmCheck), await attempt(ground, 'synthetic mark', syntheticCheck));
  return checks;
}

type Outcome = Omit<DoorCheck, 'name'>;

async function attempt(ground: CheckGround, name: string, check: (ground: CheckGround) => Promise<Outcome>): Promise<DoorCheck> {
  let last: Outcome = { ok: false, detail: 'not asked' };
  for (let waited = 0; waited <= ground.patienceMs; waited += PAUSE_MS) {
    try {
      last = await check(ground);
    } catch (error) {
      last = { ok: false, detail: error instanceof Error ? error.message.slice(0, 300) : String(error) };
    }
    if (last.ok) break;
    await ground.wait(PAUSE_MS);
  }
  return { name, ...last };
}

/** Cases that one of the rules must catch, by typology. */
function coveredCases(labels: readonly Label[]): Map<Typology, Label[]> {
  const cases = new Map<Typology, Label[]>();
  for (const label of labels) if (label.rule !== null) cases.set(label.typology, [...(cases.get(label.typology) ?? []), label]);
  return cases;
}

async function alertCheck(ground: CheckGround, typology: Typology, labels: readonly Label[]): Promise<Outcome> {
  const found: string[] = [];
  for (const label of labels) if (await hasAlert(ground, label)) found.push(label.case);
  return { ok: found.length > 0, detail: `${found.length} of ${labels.length} cases raised ${termOf(typology).rule ?? 'nothing'}: ${TYPOLOGIES[typology].meaning}` };
}

/** Is there an alert with the label's rule among its findings, on one of its people or with one of its events? */
async function hasAlert({ officer, world }: CheckGround, label: Label): Promise<boolean> {
  const codes = new Map(world.firms.map((firm) => [firm.id, firm.code]));
  const own = new Set(label.events.map((event) => `${codes.get(event.firm)}/${event.id}`));
  const asked = new Set<string>();
  for (const { person } of label.persons) {
    const event = label.events.findLast((one) => one.person === person);
    if (event === undefined) continue;
    const { row } = await officer.get('event', { firm: codes.get(event.firm) ?? event.firm, id: event.id });
    const lists = [await officer.get('alerts', { rule: label.rule ?? '', limit: 500, ...(row.person === null ? {} : { person: row.person }) }), await officer.get('alerts', { rule: label.rule ?? '', limit: 500, firm: codes.get(event.firm) ?? '' })];
    for (const { id, person: subject } of lists.flatMap((list) => list.items)) {
      if (asked.has(id) || (subject !== null && subject !== row.person)) continue;
      asked.add(id);
      const alert = await officer.get('alert', { id });
      const isOwn = subject !== null || alert.timeline.items.some((item) => own.has(`${item.firm}/${item.id}`));
      if (isOwn && alert.findings.some((finding) => finding.rule.id === label.rule && finding.state !== 'withdrawn')) return true;
    }
  }
  return false;
}

async function closingCheck({ officer }: CheckGround): Promise<Outcome> {
  const { feeds } = await officer.get('engine');
  const differs = feeds.filter((feed) => feed.closing === 'differs');
  const gaps = feeds.filter((feed) => feed.gaps > 0);
  const agree = feeds.filter((feed) => feed.closing === 'agrees').length;
  return { ok: differs.length === 0 && gaps.length === 0, detail: `${feeds.length} feeds: ${gaps.length} with gaps; of yesterday's closing statements ${agree} agree and ${differs.length} differ` };
}

async function ledgerCheck({ officer }: CheckGround): Promise<Outcome> {
  const { size } = await officer.get('ledger', { limit: 1 });
  const wanted = [0, Math.floor(size / 2), size - 1];
  for (const index of wanted) {
    const proof = await officer.get('proof', { index }).catch((error: unknown) => {
      if (error instanceof ConsoleRefused && error.status === 404) return undefined;
      throw error;
    });
    if (proof === undefined) return { ok: false, detail: `entry ${index} has no proof yet` };
    const keys = proof.checkpoint.keys.flatMap((key) => parseVerifierKey(key) ?? []);
    const head = openCheckpoint(proof.checkpoint.note, keys);
    const path = proof.path.map((hash) => Buffer.from(hash, 'hex'));
    const isProven = head !== undefined && head.size === proof.size && verifyInclusion(Buffer.from(proof.leafHash, 'hex'), index, proof.size, path, head.root, sha256);
    if (!isProven) return { ok: false, detail: `the proof of entry ${index} does not verify` };
  }
  return { ok: true, detail: `entries ${wanted.join(', ')} of ${size} are in the signed tree` };
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

async function realFirmCheck({ officer, world }: CheckGround): Promise<Outcome> {
  const real = world.firms.filter((firm) => !firm.synthetic);
  for (const firm of real) {
    const { row } = await officer.get('firm', { code: firm.code });
    const { total } = await officer.get('events', { firm: firm.code, limit: 1 });
    const alerts = await officer.get('alerts', { firm: firm.code, limit: 1 });
    if (row.activity !== null || total > 0 || alerts.total > 0) return { ok: false, detail: `${firm.name} has figures` };
  }
  return { ok: real.length > 0, detail: `${real.map((firm) => firm.name).join(' and ')} stand with published facts alone` };
}

async function syntheticCheck({ officer }: CheckGround): Promise<Outcome> {
  const { synthetic } = await officer.get('house');
  return { ok: synthetic, detail: 'every screen wears the mark' };
}
