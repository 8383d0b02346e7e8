/** The queue of alerts: saved views with their counts, filters, and one row an alert. */
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, type KeyboardEvent } from 'react';
import { alertViews, severities, type AlertRow, type AlertsAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { now } from '../clock.ts';
import { span, whole } from '../figures.ts';
import { Icon } from '../parts/icon.tsx';
import { Initials, PersonCode, SeverityMark } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import type { AlertsSearch } from '../search.ts';
import { Say, useWorded, useWords } from '../words.tsx';

type Pages = { data: { pages: AlertsAnswer[] } | undefined; error: unknown; isPending: boolean; hasNextPage: boolean; fetchNextPage: () => unknown; refetch: () => unknown };
type QueueProps = { pages: Pages; rows: readonly AlertRow[]; search: AlertsSearch; news: number; again: () => void; open: (row: AlertRow) => void };

export function Queue(props: QueueProps) {
  const { say } = useWords();
  const { pages, rows, search } = props;
  const first = pages.data?.pages[0];
  return (
    <div className="queue">
      <div className="queue__head">
        <nav className="tabs" aria-label={say('alerts.views')}>
          {alertViews.map((view) => (
            <Link key={view} to="/alerts" search={{ view, sort: search.sort }} aria-current={(search.view ?? 'open') === view ? 'page' : undefined}>
              {say(`alerts.view.${view}`)}{first !== undefined && <span className="count">{whole(first.views[view])}</span>}
            </Link>
          ))}
        </nav>
        <QueueFilters search={search} />
        {props.news > 0 && <button type="button" className="queue__news" onClick={props.again}>{say('alerts.news', { count: props.news })}<kbd>r</kbd></button>}
      </div>
      <Answer query={pages} bones={10}>
        {() => (
          <>
            <QueueList rows={rows} selected={search.id} open={props.open} />
            <p className="queue__foot">
              <Say k="alerts.shown" values={{ count: rows.length, total: whole(first?.total ?? 0) }} />
              {pages.hasNextPage && <button type="button" className="button button--quiet" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
            </p>
            <p className="queue__foot"><span><kbd>j</kbd> <kbd>k</kbd> {say('alerts.keys')} · <kbd>?</kbd> {say('help.open')}</span></p>
          </>
        )}
      </Answer>
    </div>
  );
}

function QueueFilters(props: { search: AlertsSearch }) {
  const { say } = useWords();
  const worded = useWorded();
  const navigate = useNavigate({ from: '/alerts' });
  const firms = useAnswer('firms', { query: {} }, useMay()('firm.read'));
  const { search } = props;
  const change = (part: Partial<AlertsSearch>): void => void navigate({ search: (before: AlertsSearch) => ({ ...before, ...part, id: undefined, finding: undefined }) });
  const extra = [search.rule, search.person, search.age, search.holds].filter((one) => one !== undefined);
  return (
    <div className="queue__filters">
      <select className="input input--inline" aria-label={say('filter.severity')} value={search.severity ?? ''} onChange={(event) => change({ severity: event.target.value === '' ? undefined : event.target.value })}>
        <option value="">{say('filter.severity.all')}</option>
        <option value="critical,high">{say('filter.severity.high')}</option>
        {severities.map((one) => <option key={one} value={one}>{say(`severity.${one}`)}</option>)}
      </select>
      <select className="input input--inline" aria-label={say('filter.firm')} value={search.firm ?? ''} onChange={(event) => change({ firm: event.target.value === '' ? undefined : event.target.value })}>
        <option value="">{say('filter.firm.all')}</option>
        {firms.data?.items.filter((row) => row.activity !== null).map((row) => <option key={row.firm.code} value={row.firm.code}>{row.firm.code} · {worded(row.firm.name)}</option>)}
      </select>
      {extra.length > 0 && <button type="button" className="chip chip--open" onClick={() => change({ rule: undefined, person: undefined, age: undefined, holds: undefined })}><ExtraFilter search={search} /><Icon name="cross" /><span className="hidden-text">{say('filter.clear')}</span></button>}
      <span className="queue__sort">{say(`alerts.by.${search.sort ?? 'score'}`)} <kbd>s</kbd></span>
    </div>
  );
}

/** What the queue is narrowed to beside severity and firm, in words. */
function ExtraFilter(props: { search: AlertsSearch }) {
  const { say } = useWords();
  const worded = useWorded();
  const overview = useAnswer('overview', {}, props.search.rule !== undefined);
  const { rule, person, age, holds } = props.search;
  const title = overview.data?.alerts.byRule.find((one) => one.rule === rule)?.title;
  if (person !== undefined) return <PersonCode id={person} />;
  if (rule !== undefined) return <>{title === undefined ? rule : worded(title)}</>;
  return <>{holds === undefined ? say(`age.${age ?? 'under-4h'}`) : say(`finding.${holds}`)}</>;
}

function QueueList(props: { rows: readonly AlertRow[]; selected: string | undefined; open: (row: AlertRow) => void }) {
  const { say } = useWords();
  const { selected } = props;
  useEffect(() => {
    if (selected !== undefined) document.getElementById(selected)?.scrollIntoView({ block: 'nearest' });
  }, [selected]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const row = props.rows[props.rows.findIndex((one) => one.id === props.selected) + by];
    if (row !== undefined) props.open(row);
  };
  return (
    <div role="listbox" tabIndex={0} aria-label={say('alerts.list')} aria-activedescendant={props.selected} className="queue__list" onKeyDown={onKeyDown}>
      {props.rows.map((row) => <QueueRow key={row.id} row={row} selected={row.id === props.selected} open={() => props.open(row)} />)}
    </div>
  );
}

function QueueRow(props: { row: AlertRow; selected: boolean; open: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props;
  return (
    <div id={row.id} className={row.findings === 'withdrawn' ? 'alert alert--withdrawn' : 'alert'} role="option" aria-selected={props.selected} onClick={props.open}>
      <span className="alert__sev"><SeverityMark severity={row.severity} quiet /></span>
      <span className="alert__title">{worded(row.title)}</span>
      <span className="alert__score">{row.score}</span>
      <span className="alert__meta">
        {row.person === null ? <span>{say('alerts.whole-firm')}</span> : <PersonCode id={row.person} />}
        {row.firms.slice(0, 3).map((firm) => <span key={firm} className="chip chip--firm">{firm}</span>)}
        {row.firms.length > 3 && <span>+{row.firms.length - 3}</span>}
        {row.waiting !== null && <span className="chip chip--due"><Icon name="two" />{say('alerts.to-second')}</span>}
        {row.findings !== 'settled' && row.waiting === null && <span className="chip chip--open">{say(`finding.${row.findings}`)}</span>}
        {row.assignee !== null && row.waiting === null && <Initials staff={row.assignee} title={say('alerts.assigned-to', { name: row.assignee.name })} />}
      </span>
      <span className="alert__age">{span((now() - row.raisedAt) / 1000, say)}</span>
    </div>
  );
}
