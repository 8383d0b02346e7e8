/**
 * Events: where every number leads. The filter is the URL, the list is virtual (only the rows in sight are
 * in the page), and the sums above it are of everything that matches, not of what is loaded.
 */
import { useSearch } from '@tanstack/react-router';
import type { EventRow, EventsAnswer } from '../../src/contract/console.ts';
import { rupees, span, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { Say, useWords } from '../words.tsx';
import { EventFilters } from './event-filters.tsx';
import { EventTable } from './event-table.tsx';

const pageRows = 200;
/** Analytics further behind than this is said beside the sums. */
const lagShownMs = 5_000;

export function Events() {
  const { say } = useWords();
  const search = useSearch({ from: '/events' });
  const pages = usePages('events', (cursor) => ({ query: { ...search, limit: pageRows, ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <div className="events">
      <EventFilters />
      <Answer query={pages} bones={14}>
        {(data) => {
          const rows = data.pages.flatMap((page) => page.items);
          const [first] = data.pages;
          if (first === undefined || rows.length === 0) return <Empty title={say('events.none.title')}><p>{say('events.none.text')}</p></Empty>;
          return (
            <>
              <Sums answer={first} rows={rows} />
              <EventTable rows={rows} total={first.total} more={pages.hasNextPage && !pages.isFetchingNextPage ? () => void pages.fetchNextPage() : null} />
            </>
          );
        }}
      </Answer>
    </div>
  );
}

const cells = (row: EventRow): (string | number)[] => [
  row.firm, row.id, row.kind, new Date(row.at / 1000).toISOString(), new Date(row.admittedAt / 1000).toISOString(), row.person ?? '', row.way,
  row.money?.amount ?? '', row.money?.asset ?? '', row.pkr === null ? '' : row.pkr.paisa / 100, row.pkr?.source.en ?? '', row.end?.kind ?? '', row.end?.place ?? '', row.counterparty ?? '', row.state, String(row.late), row.submission, row.line,
];
const head = ['firm', 'id', 'kind', 'happened_utc', 'admitted_utc', 'person', 'way', 'amount', 'asset', 'pkr', 'pkr_source', 'end', 'place', 'counterparty', 'state', 'late', 'submission', 'line'];

function Sums(props: { answer: EventsAnswer; rows: readonly EventRow[] }) {
  const { say } = useWords();
  const { answer } = props;
  return (
    <div className="head">
      <h2>{say('events.count', { count: answer.total, n: whole(answer.total) })}</h2>
      <span className="head__note">
        {say('events.sums', { in: rupees(answer.sums.inPaisa), out: rupees(answer.sums.outPaisa) })} · <Say k="events.asof" nodes={{ at: <Time at={answer.asOf} form="second" /> }} />
        {answer.lagMs > lagShownMs && <> · {say('events.lag', { lag: span(answer.lagMs, say) })}</>}
      </span>
      <span className="head__end">{say('list.shown', { shown: whole(props.rows.length), total: whole(answer.total) })} <CsvButton name="events" head={head} rows={props.rows.map(cells)} /></span>
    </div>
  );
}
