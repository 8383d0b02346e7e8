/**
 * Hits of people against lists, what decides first on top; the one that is chosen stands beside them. The names are the
 * lists' own: a customer is a pseudonym here as everywhere.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { HitRow } from '../../src/contract/console.ts';
import { useActions } from '../actions.tsx';
import { fixed, whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Choice } from '../parts/filters.tsx';
import { PersonCode, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer, usePages } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { OneHit } from './screening-hit.tsx';
import { HitMark } from './screening-mark.tsx';

const states = ['open', 'confirmed', 'cleared', 'released'] as const;
export function Hits() {
  const { say } = useWords();
  const { hit, state = 'open', list, entry, decision, waiting } = useSearch({ from: '/screening' });
  const pages = usePages('hits', (cursor) => ({ query: { limit: 50, ...(waiting === undefined ? { state } : { waiting }), ...(list === undefined ? {} : { list }), ...(entry === undefined ? {} : { entry }), ...(decision === undefined ? {} : { decision }), ...(cursor === undefined ? {} : { cursor }) } }));
  return (
    <Answer query={pages} bones={12}>
      {(data) => {
        const [first] = data.pages;
        const rows = data.pages.flatMap((page) => page.items);
        const chosen = hit ?? rows[0]?.id;
        return (
          <>
            {first !== undefined && <Filters counts={first.counts} rows={rows} total={first.total} />}
            <div className="screening">
              <section aria-label={say('screening.view.hits')}>
                <Walk rows={rows} chosen={chosen} />
                {rows.length === 0 ? <Empty title={say('hits.none.title')} actions={<Link className="button" to="/screening" search={{ view: 'lists' }}>{say('screening.view.lists')}</Link>}><p>{say('hits.none.text')}</p></Empty> : <HitTable rows={rows} chosen={chosen} />}
                {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
              </section>
              {chosen === undefined ? <p className="note">{say('hit.choose')}</p> : <OneHit key={chosen} id={chosen} />}
            </div>
          </>
        );
      }}
    </Answer>
  );
}

/** j and k walk down and up the queue. */
function Walk(props: { rows: readonly HitRow[]; chosen: string | undefined }) {
  const { say } = useWords();
  const navigate = useNavigate({ from: '/screening' });
  const at = props.rows.findIndex((row) => row.id === props.chosen);
  const go = (to: number): void => { const row = props.rows[to]; if (row !== undefined) void navigate({ search: (before) => ({ ...before, hit: row.id }), replace: true }); };
  const blocked = props.rows.length === 0 ? say('hit.blocked.none') : null;
  useActions([
    { name: 'hit-next', label: say('hit.next'), group: 'here', permission: 'screening.read', keys: 'j', blocked, perform: () => go(Math.min(props.rows.length - 1, at + 1)) },
    { name: 'hit-previous', label: say('hit.previous'), group: 'here', permission: 'screening.read', keys: 'k', blocked, perform: () => go(Math.max(0, at - 1)) },
  ]);
  return null;
}

function Filters(props: { counts: { readonly [state in (typeof states)[number]]: number } & { readonly waiting: number }; rows: readonly HitRow[]; total: number }) {
  const { say } = useWords();
  const worded = useWorded();
  const search = useSearch({ from: '/screening' });
  const navigate = useNavigate({ from: '/screening' });
  const lists = useAnswer('lists', {});
  const set = (part: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, hit: undefined, ...part }), replace: true });
  return (
    <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
      <Choice label={say('column.state')} all={`${say('hits.state.open')} (${whole(props.counts.open)})`} value={search.waiting === 'yes' ? 'waiting' : search.state === 'open' ? undefined : search.state}
        options={[{ value: 'waiting', label: `${say('hits.waiting')} (${whole(props.counts.waiting)})` }, ...states.slice(1).map((state) => ({ value: state, label: `${say(`hits.state.${state}`)} (${whole(props.counts[state])})` }))]}
        onChange={(value) => set(value === 'waiting' ? { waiting: 'yes', state: undefined } : { waiting: undefined, state: states.find((state) => state === value) })} />
      <Choice label={say('hits.list')} all={say('hits.list.all')} value={search.list} options={(lists.data?.lists ?? []).filter((one) => one.holds === 'names').map((one) => ({ value: one.list, label: worded(one.title) }))} onChange={(list) => set({ list, entry: undefined })} />
      <Choice label={say('hits.rests')} all={say('hits.decision.all')} value={search.decision} options={(['match', 'review'] as const).map((one) => ({ value: one, label: say(`hits.decision.${one}`) }))} onChange={(value) => set({ decision: value === 'match' || value === 'review' ? value : undefined })} />
      <span className="end">
        <span className="note">{say('hits.shown', { shown: whole(props.rows.length), total: whole(props.total) })}</span>
        <CsvButton name="hits" head={['hit', 'person', 'list', 'entry', 'listed name', 'decision', 'rests on', 'score', 'evidence', 'state', 'version']} rows={props.rows.map((row) => [row.id, row.person, row.list, row.entry, row.name, row.decision, row.ground, row.score, row.strength, row.state, row.version])} />
      </span>
    </form>
  );
}

function HitTable(props: { rows: readonly HitRow[]; chosen: string | undefined }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('hits.person')}</th><th>{say('hits.listed')}</th><th>{say('hits.rests')}</th><th className="num">{say('hits.score')}</th><th>{say('column.state')}</th></tr></thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.id} aria-selected={row.id === props.chosen}>
              <td><Link from="/screening" to="/screening" search={(before) => ({ ...before, hit: row.id })} className="n"><PersonCode id={row.person} /></Link></td>
              <td className="wraps fills"><bdi dir="auto">{row.name}</bdi><span className="note block">{worded(row.title)} <bdi className="code">{row.entry}</bdi> · {say(`hits.force.${row.force}`)}</span></td>
              <td className="wraps">{row.decision === 'match' && <b>{say('hits.decision.match')} · </b>}{say(`hits.ground.${row.ground}`)}<span className="note block"><Time at={row.openedAt} form="short" /></span></td>
              <td className="num" title={`${say('hits.strength')} ${fixed(row.strength, 2)}`}>{fixed(row.score, 2)}</td>
              <td className="wraps"><HitMark hit={row} /></td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
