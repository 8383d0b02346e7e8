/**
 * The live line: one EventSource on `/api/live`. Each message makes the answers that it touches be read
 * again, at most once in `restMs` each, so a busy feed does not become a busy screen. There is no replay: on
 * each (re)connection everything shown is read again. A line that is silent for `silenceMs` is `lost`, and
 * the screen says as of when its figures are.
 */
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import type { Instant } from '../src/terms/index.ts';
import { liveEvents, type LiveEvents, type RouteName } from '../src/contract/console.ts';
import { now, setClock } from './clock.ts';

/** The server pings every 15 s; two missed and some air. */
const silenceMs = 40_000;
const restMs = 2_000;

export type Line = { readonly state: 'connecting' | 'live' | 'lost'; readonly heardAt: Instant | null };
type Message = { [N in keyof LiveEvents]: { name: N; data: LiveEvents[N] } }[keyof LiveEvents];

let line: Line = { state: 'connecting', heardAt: null };
const listeners = new Set<() => void>();
const hearers = new Set<(message: Message) => void>();

function become(next: Line): void {
  const changed = next.state !== line.state;
  line = next;
  if (changed) for (const tell of listeners) tell();
}

/** Which answers a message touches. Lists in pages are left as they are: they are read again when the reader asks, so no row moves under a hand. */
const touched: { readonly [N in keyof LiveEvents]: readonly RouteName[] } = {
  hello: [], ping: [], ended: [],
  counts: ['overview', 'engine', 'firms', 'firm', 'submissions'],
  alert: ['overview', 'alert', 'alerts', 'firm', 'firms'],
  decision: ['decisions', 'alert', 'alerts'],
  dossier: ['dossier', 'dossiers', 'obligations', 'firm'],
  feed: ['overview', 'engine', 'firm'],
  engine: ['engine'],
  // The head moves with every filing: what counts filings is read again with it.
  checkpoint: ['overview', 'firms', 'firm', 'ledger', 'checkpoint'],
};

/** Opens the line and keeps it until the returned function is called. */
export function openLine(client: QueryClient, onEnded: () => void): () => void {
  const waiting = new Map<RouteName, ReturnType<typeof setTimeout>>();
  let connected = 0;
  let silence = setTimeout(() => undefined, 0);
  const heard = (): void => {
    become({ state: 'live', heardAt: now() });
    clearTimeout(silence);
    silence = setTimeout(() => become({ ...line, state: 'lost' }), silenceMs);
  };
  const refresh = (name: RouteName): void => {
    if (waiting.has(name)) return;
    waiting.set(name, setTimeout(() => {
      waiting.delete(name);
      void client.invalidateQueries({ queryKey: [name], predicate: (query) => query.queryKey[1] !== 'pages' });
    }, restMs));
  };
  const take = (message: Message): void => {
    heard();
    if (message.name === 'hello') {
      setClock(message.data.now);
      connected += 1;
      if (connected > 1) void client.invalidateQueries();
    }
    if (message.name === 'ended') onEnded();
    for (const name of touched[message.name]) refresh(name);
    for (const hear of hearers) hear(message);
  };
  const source = new EventSource('/api/live');
  listen(source, take);
  // Each try that fails comes here: a line that was lost stays lost until it is heard again.
  source.onerror = () => become({ ...line, state: line.state === 'connecting' ? 'connecting' : 'lost' });
  return () => {
    source.close();
    clearTimeout(silence);
    for (const timer of waiting.values()) clearTimeout(timer);
    become({ state: 'connecting', heardAt: null });
  };
}

function listen(source: EventSource, take: (message: Message) => void): void {
  const on = <N extends keyof LiveEvents>(name: N, make: (data: LiveEvents[N]) => Message): void => {
    source.addEventListener(name, (event: MessageEvent<unknown>) => {
      const parsed = parseMessage(name, event.data);
      if (parsed !== undefined) take(make(parsed));
    });
  };
  on('hello', (data) => ({ name: 'hello', data }));
  on('ping', (data) => ({ name: 'ping', data }));
  on('counts', (data) => ({ name: 'counts', data }));
  on('alert', (data) => ({ name: 'alert', data }));
  on('decision', (data) => ({ name: 'decision', data }));
  on('dossier', (data) => ({ name: 'dossier', data }));
  on('feed', (data) => ({ name: 'feed', data }));
  on('engine', (data) => ({ name: 'engine', data }));
  on('checkpoint', (data) => ({ name: 'checkpoint', data }));
  on('ended', (data) => ({ name: 'ended', data }));
}

/** A message that does not parse is dropped: the next read of the answer tells the same, and by its own schema. */
function parseMessage<N extends keyof LiveEvents>(name: N, data: unknown): LiveEvents[N] | undefined {
  const schemas: { [M in keyof LiveEvents]: { safeParse(value: unknown): { success: boolean; data?: LiveEvents[M] | undefined } } } = liveEvents;
  try {
    return schemas[name].safeParse(JSON.parse(String(data))).data;
  } catch {
    return undefined;
  }
}

/** Calls `hear` for each message while the caller is mounted; gives the way to stop. */
export function hearLive(hear: (message: Message) => void): () => void {
  hearers.add(hear);
  return () => hearers.delete(hear);
}

export function useLine(): Line {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, () => line);
}
