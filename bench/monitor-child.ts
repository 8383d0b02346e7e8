/** Half of the two-core figure of the engine's bench: a process with its own shard, which tells its rate and ends. */

import { benchCore, type MonitorSize } from './monitor.ts';

process.once('message', (order: { readonly size: MonitorSize; readonly seed: number }) => {
  const { size, seed } = order;
  const { json } = benchCore({ ...size, events: Math.min(size.events, 100_000) }, Math.floor(size.people / 2), seed);
  process.send?.([...json].sort((a, b) => a - b)[Math.floor(json.length / 2)] ?? 0, () => process.exit(0));
});
