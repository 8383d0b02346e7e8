/** The fake ledger: entries of the nation as leaves, with proofs on demand. One leaf can be falsified, to see the browser find it. */
import type { Answer, EntryRow } from '../../src/contract/console.ts';
import { chanceOf } from './chance.ts';
import { consistencyOf, leafOf, pathOf, rootOf, signer } from './fake-tree.ts';
import { nowUs } from './nation-events.ts';

export function makeLedger(rows: readonly EntryRow[], falsified: number | null) {
  const chance = chanceOf(77);
  const contents = rows.map((row) => Buffer.from(JSON.stringify({ actor: row.actor, admittedAt: row.at, body: { firm: row.firm }, index: row.index, kind: row.kind, salt: chance.hex(32), v: row.version })));
  const leaves = contents.map(leafOf);
  const key = signer('nigran.example/ledger', 7);
  const checkpoint = (size: number): Answer<'checkpoint'> => ({ note: key.checkpoint(size, rootOf(leaves.slice(0, size))), keys: [key.vkey] });
  return {
    checkpoint: () => checkpoint(leaves.length),
    entry: (index: number): Answer<'entry'> | null => {
      const row = rows[index];
      const content = contents[index];
      const leaf = leaves[index];
      if (row === undefined || content === undefined || leaf === undefined) return null;
      const bytes = index === falsified ? Buffer.from(content.toString().replace('"v":1', '"v":2')) : content;
      return { asOf: nowUs, row, bytes: bytes.toString('base64'), leafHash: leaf.toString('hex') };
    },
    proof: (index: number): Answer<'proof'> | null => {
      const leaf = leaves[index];
      if (leaf === undefined) return null;
      return { index, size: leaves.length, leafHash: leaf.toString('hex'), path: pathOf(index, leaves).map((one) => one.toString('hex')), checkpoint: checkpoint(leaves.length) };
    },
    consistency: (from: number, to: number): Answer<'consistency'> => ({ from, to, path: consistencyOf(from, leaves.slice(0, to)).map((one) => one.toString('hex')) }),
  };
}
