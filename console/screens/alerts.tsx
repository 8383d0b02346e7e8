/**
 * Alerts: the queue on one side, the work on the other. The keyboard walks the queue (j, k), sorts it (s)
 * and asks for what is new (r); decisions are played from the bar at the foot. Which alert is open, and how
 * the queue is filtered, stands in the URL.
 */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import type { AlertRow } from '../../src/contract/console.ts';
import { useActions } from '../actions.tsx';
import { hearLive } from '../live.ts';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer, usePages } from '../read.ts';
import type { AlertsSearch } from '../search.ts';
import { useWords } from '../words.tsx';
import { AlertDetail } from './alert-detail.tsx';
import { Queue } from './alert-queue.tsx';

const pageRows = 100;
const sorts = ['score', 'age', 'raised'] as const;

export function Alerts() {
  const search = useSearch({ from: '/alerts' });
  const navigate = useNavigate({ from: '/alerts' });
  const { say } = useWords();
  const { id, finding: _finding, ...filters } = search;
  const pages = usePages('alerts', (cursor) => ({ query: { ...filters, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) } }));
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const news = useNews();
  const again = (): void => { news.clear(); void pages.refetch(); };
  const open = (row: AlertRow | undefined): void => {
    if (row !== undefined) void navigate({ search: (before: AlertsSearch) => ({ ...before, id: row.id, finding: undefined }), replace: true });
  };
  const step = useStepper(rows, id, open);
  const sort = sorts[(sorts.indexOf(search.sort ?? 'score') + 1) % sorts.length];
  useActions([
    { name: 'next', label: say('alerts.next'), group: 'here', permission: 'alert.read', keys: 'j', perform: () => step(1) },
    { name: 'previous', label: say('alerts.previous'), group: 'here', permission: 'alert.read', keys: 'k', perform: () => step(-1) },
    { name: 'sort', label: say('alerts.sort'), group: 'here', permission: 'alert.read', keys: 's', perform: () => void navigate({ search: (before: AlertsSearch) => ({ ...before, sort }) }) },
    { name: 'refresh', label: say('alerts.refresh'), group: 'here', permission: 'alert.read', keys: 'r', perform: again },
  ]);
  const firstId = rows[0]?.id;
  useEffect(() => {
    if (id === undefined && firstId !== undefined) void navigate({ search: (before: AlertsSearch) => ({ ...before, id: firstId }), replace: true });
  }, [id, firstId, navigate]);
  return (
    <div className="triage">
      <Queue pages={pages} rows={rows} search={search} news={news.count} again={again} open={open} />
      {id === undefined ? <div className="finding">{pages.isSuccess && <NoAlert />}</div> : <OneAlert key={id} id={id} />}
    </div>
  );
}

function OneAlert(props: { id: string }) {
  const query = useAnswer('alert', { params: { id: props.id } });
  const shown = query.isPlaceholderData ? { ...query, data: undefined, isPending: true } : query;
  return <div className="finding"><Answer query={shown} bones={12}>{(alert) => <AlertDetail alert={alert} />}</Answer></div>;
}

function NoAlert() {
  const { say } = useWords();
  return <Empty title={say('alerts.none.title')}><p>{say('alerts.none.text')}</p></Empty>;
}

/** Moves by one from the open alert; when it has left the queue, to the one that took its place. */
function useStepper(rows: readonly AlertRow[], id: string | undefined, open: (row: AlertRow | undefined) => void): (by: number) => void {
  const place = useRef(0);
  const at = rows.findIndex((row) => row.id === id);
  useEffect(() => { if (at >= 0) place.current = at; });
  return (by) => {
    const next = at >= 0 ? at + by : place.current + (by > 0 ? 0 : -1);
    open(rows[Math.max(0, Math.min(rows.length - 1, next))]);
  };
}

/** Alerts that were raised or changed since the queue was read; the queue itself does not move until asked. */
function useNews(): { count: number; clear: () => void } {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => hearLive((message) => {
    if (message.name === 'alert') setIds((before) => (before.has(message.data.id) ? before : new Set([...before, message.data.id])));
  }), []);
  return { count: ids.size, clear: () => setIds(new Set()) };
}
