import { ok, strictEqual } from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Flow } from '../../src/contract/console.ts';
import { layCorridors, type Node } from './corridors.ts';

const flow = fc.record({
  way: fc.constantFrom('in' as const, 'out' as const), firm: fc.constantFrom('SDX', 'RCH', 'MKB', 'KHX', 'CHX'),
  end: fc.oneof(
    fc.constant({ kind: 'bank' as const, place: 'PK' }), fc.constant({ kind: 'private-wallet' as const, place: null }), fc.constant({ kind: 'unattributed' as const, place: null }),
    fc.record({ kind: fc.constant('firm-abroad' as const), place: fc.constantFrom('AE', 'GB', 'SA', 'HK', 'TR', 'US', 'DE', 'SG') }),
  ),
  paisa: fc.integer({ min: 1, max: 1e13 }), events: fc.constant(1),
});
const height = 320;

test('no value is lost between the columns, whatever is grouped', () => {
  fc.assert(fc.property(fc.array(flow, { maxLength: 60 }), (flows: Flow[]) => {
    const layout = layCorridors(flows, height);
    const sum = (way: 'in' | 'out'): number => flows.filter((one) => one.way === way).reduce((total, one) => total + one.paisa, 0);
    const drawn = (nodes: readonly Node[]): number => nodes.reduce((total, node) => total + node.paisa, 0);
    strictEqual(drawn(layout.left), sum('in'));
    strictEqual(drawn(layout.right), sum('out'));
    strictEqual(layout.ribbons.length, flows.length);
  }));
});

test('what is grouped bears no name of its own', () => {
  const flows = ['AE', 'GB', 'SA', 'HK', 'TR', 'US', 'DE'].map((place, n): Flow => ({ way: 'in', firm: 'SDX', end: { kind: 'firm-abroad', place }, paisa: 1e9 - n, events: 1 }));
  const grouped = layCorridors(flows, height).left.find((node) => node.end === null);
  strictEqual(grouped?.paisa, 1e9 - 5 + 1e9 - 6);
});

test('bands stand under each other inside the picture, and at most six on a side', () => {
  fc.assert(fc.property(fc.array(flow, { minLength: 1, maxLength: 60 }), (flows: Flow[]) => {
    const layout = layCorridors(flows, height);
    for (const column of [layout.left, layout.middle, layout.right]) {
      for (const [place, node] of column.entries()) {
        const next = column[place + 1];
        ok(node.y >= -0.01 && node.y + node.height <= height + 0.01, `${node.key} leaves the picture: ${node.y} + ${node.height}`);
        if (next !== undefined) ok(node.y + node.height / 2 + 14 <= next.y + next.height / 2 + 0.01, 'two names stand on each other');
      }
    }
    ok(layout.left.length <= 7 && layout.right.length <= 7);
  }));
});
