/**
 * Lays out value in and out by corridor as ranked flows: ends on the left, firms in the middle, ends on the
 * right, each column ranked by value. At most `endsMax` ends a side are drawn; the rest is one band, and the
 * table lists them all. Pure arithmetic, so that a test can hold that no value is lost between the columns.
 */
import type { Flow, FlowEnd } from '../../src/contract/console.ts';

/** Ends of one side that get a band of their own. */
const endsMax = 6;
const gap = 6;
const least = 1.5;
/** Room that an end takes at the least, so that names do not stand on each other. */
const labelRoom = 16;

export type Node = { readonly key: string; readonly end: FlowEnd | null; readonly firm: string | null; readonly paisa: number; readonly y: number; readonly height: number };
export type Ribbon = { readonly key: string; readonly kind: FlowEnd['kind'] | 'rest'; readonly from: Node; readonly to: Node; readonly y0: number; readonly y1: number; readonly height: number; readonly flow: Flow };
export type Layout = { readonly left: readonly Node[]; readonly middle: readonly Node[]; readonly right: readonly Node[]; readonly ribbons: readonly Ribbon[] };

export const endKey = (end: FlowEnd): string => `${end.kind}:${end.place ?? ''}`;
const rest = 'rest:';

/** Totals by key, largest first; unattributed value always stands last. */
function ranked(flows: readonly Flow[], keyOf: (flow: Flow) => string): { key: string; paisa: number }[] {
  const totals = new Map<string, number>();
  for (const flow of flows) totals.set(keyOf(flow), (totals.get(keyOf(flow)) ?? 0) + flow.paisa);
  return [...totals].map(([key, paisa]) => ({ key, paisa })).toSorted((a, b) => Number(a.key.startsWith('unattributed')) - Number(b.key.startsWith('unattributed')) || b.paisa - a.paisa);
}

/** Which ends keep a band of their own on a side. */
function ownBands(flows: readonly Flow[]): Set<string> {
  const all = ranked(flows, (flow) => endKey(flow.end));
  const largest = all.filter((one) => !one.key.startsWith('unattributed')).slice(0, endsMax - 1);
  return new Set([...largest.map((one) => one.key), ...all.filter((one) => one.key.startsWith('unattributed')).map((one) => one.key)]);
}

type Total = { readonly key: string; readonly paisa: number; readonly end: FlowEnd | null; readonly firm: string | null };

const roomOf = (paisa: number, perPaisa: number): number => Math.max(paisa * perPaisa, labelRoom);

function column(totals: readonly Total[], perPaisa: number, height: number): Node[] {
  const used = totals.reduce((sum, one) => sum + roomOf(one.paisa, perPaisa), 0) + gap * Math.max(totals.length - 1, 0);
  let y = Math.max(0, (height - used) / 2);
  return totals.map((one) => {
    const room = roomOf(one.paisa, perPaisa);
    const tall = Math.max(one.paisa * perPaisa, least);
    const node = { key: one.key, end: one.end, firm: one.firm, paisa: one.paisa, y: y + (room - tall) / 2, height: tall };
    y += room + gap;
    return node;
  });
}

/** The scale at which a column, with room for its names, just fits: names take their room first, the rest is shared by value. */
function scaleFor(totals: readonly Total[], height: number): number {
  const all = totals.reduce((sum, one) => sum + one.paisa, 0);
  const free = height - gap * Math.max(totals.length - 1, 0);
  let perPaisa = free / Math.max(all, 1);
  for (let round = 0; round < 8; round += 1) {
    const small = totals.filter((one) => one.paisa * perPaisa < labelRoom);
    const large = totals.filter((one) => one.paisa * perPaisa >= labelRoom).reduce((sum, one) => sum + one.paisa, 0);
    perPaisa = Math.min(perPaisa, Math.max(0, free - small.length * labelRoom) / Math.max(large, 1));
  }
  return perPaisa;
}

export function layCorridors(flows: readonly Flow[], height: number): Layout {
  const ways = { in: flows.filter((flow) => flow.way === 'in'), out: flows.filter((flow) => flow.way === 'out') };
  const own = { in: ownBands(ways.in), out: ownBands(ways.out) };
  const bandOf = (flow: Flow): string => (own[flow.way].has(endKey(flow.end)) ? endKey(flow.end) : rest);
  const ends = (side: 'in' | 'out') => ranked(ways[side], bandOf).map((one) => ({ ...one, firm: null, end: ways[side].find((flow) => bandOf(flow) === one.key && one.key !== rest)?.end ?? null }));
  const inward = ranked(ways.in, (flow) => flow.firm);
  const outward = ranked(ways.out, (flow) => flow.firm);
  const firms = [...new Set([...inward, ...outward].map((one) => one.key))].map((key) => ({
    key, firm: key, end: null, paisa: Math.max(inward.find((one) => one.key === key)?.paisa ?? 0, outward.find((one) => one.key === key)?.paisa ?? 0),
  })).toSorted((a, b) => b.paisa - a.paisa);
  const columns = [ends('in'), firms, ends('out')];
  const perPaisa = Math.min(...columns.map((totals) => scaleFor(totals, height)));
  const [left = [], middle = [], right = []] = columns.map((nodes) => column(nodes, perPaisa, height));
  return { left, middle, right, ribbons: ribbonsOf(ways, { left, middle, right }, bandOf, perPaisa) };
}

/** Stacks ribbons at each node in the order of the nodes across, so that they cross as little as they can. */
function ribbonsOf(ways: { in: Flow[]; out: Flow[] }, columns: { left: Node[]; middle: Node[]; right: Node[] }, bandOf: (flow: Flow) => string, perPaisa: number): Ribbon[] {
  const used = new Map<string, number>();
  const take = (side: string, node: Node, height: number): number => {
    const y = used.get(side + node.key) ?? node.y;
    used.set(side + node.key, y + height);
    return y;
  };
  const ribbons: Ribbon[] = [];
  for (const [way, outer] of [['in', columns.left], ['out', columns.right]] as const) {
    for (const firm of columns.middle) {
      for (const end of outer) {
        for (const flow of ways[way].filter((one) => one.firm === firm.key && bandOf(one) === end.key)) {
          const height = flow.paisa * perPaisa;
          const [from, to] = way === 'in' ? [end, firm] : [firm, end];
          ribbons.push({
            key: `${way} ${firm.key} ${endKey(flow.end)}`, kind: end.end?.kind ?? 'rest', from, to, flow, height,
            y0: take(`${way} from `, from, height), y1: take(`${way} to `, to, height),
          });
        }
      }
    }
  }
  return ribbons.toSorted((a, b) => b.height - a.height);
}
