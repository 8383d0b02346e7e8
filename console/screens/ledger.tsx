/**
 * The ledger: its entries, one entry whole, and its proof, checked here in the browser. This browser also
 * remembers the last tree head that it verified, and checks that today's head extends it: a server that
 * rewrote the past would be found out by anyone who has looked before.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { EntryRow, LedgerAnswer } from '../../src/contract/console.ts';
import { useActions } from '../actions.tsx';
import { whole } from '../figures.ts';
import { Choice, FirmChoice } from '../parts/filters.tsx';
import { Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { usePages } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { LedgerEntry } from './ledger-entry.tsx';
import { TreeHead } from './ledger-head.tsx';

export function Ledger() {
  const { say } = useWords();
  const search = useSearch({ from: '/ledger' });
  const navigate = useNavigate({ from: '/ledger' });
  const { entry, ...filters } = search;
  const pages = usePages('ledger', (cursor) => ({ query: { ...filters, limit: 100, ...(cursor === undefined ? {} : { cursor }) } }));
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const place = rows.findIndex((row) => row.index === entry);
  const open = (row: EntryRow | undefined): void => { if (row !== undefined) void navigate({ search: (before) => ({ ...before, entry: row.index }), replace: true }); };
  useActions([
    { name: 'next', label: say('ledger.next'), group: 'here', permission: 'ledger.read', keys: 'j', perform: () => open(rows[place + 1]) },
    { name: 'previous', label: say('ledger.previous'), group: 'here', permission: 'ledger.read', keys: 'k', perform: () => open(rows[Math.max(0, place - 1)]) },
  ]);
  return (
    <div className="ledger">
      <div>
        <Answer query={pages} bones={12}>{(data) => <Entries answer={data.pages[0]} rows={rows} selected={entry} />}</Answer>
        {pages.hasNextPage && <button type="button" className="button" onClick={() => void pages.fetchNextPage()}>{say('action.more')}</button>}
      </div>
      <div>
        <TreeHead />
        {entry === undefined ? <section className="note">{say('ledger.choose')}</section> : <LedgerEntry key={entry} index={entry} />}
      </div>
    </div>
  );
}

function Entries(props: { answer: LedgerAnswer | undefined; rows: readonly EntryRow[]; selected: number | undefined }) {
  const { say } = useWords();
  const worded = useWorded();
  const search = useSearch({ from: '/ledger' });
  const navigate = useNavigate({ from: '/ledger' });
  const { answer } = props;
  if (answer === undefined) return null;
  return (
    <>
      <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
        <Choice label={say('ledger.kind')} all={say('ledger.kind.all')} value={search.kind} options={answer.kinds.map((value) => ({ value, label: value }))} onChange={(kind) => void navigate({ search: (before) => ({ ...before, kind }), replace: true })} />
        <FirmChoice value={search.firm} onChange={(firm) => void navigate({ search: (before) => ({ ...before, firm }), replace: true })} />
        <span className="end note">{say('ledger.size', { n: whole(answer.size) })}</span>
      </form>
      {props.rows.length === 0 ? <Empty title={say('ledger.none.title')}><p>{say('ledger.none.text')}</p></Empty> : (
        <div className="box">
          <table className="table table--dense">
            <thead><tr><th className="num">{say('ledger.index')}</th><th>{say('column.at')}</th><th>{say('ledger.what')}</th><th>{say('ledger.kind')}</th><th>{say('column.who')}</th></tr></thead>
            <tbody>
              {props.rows.map((row) => (
                <tr key={row.index} aria-selected={row.index === props.selected ? true : undefined}>
                  <td className="num"><Link className="n" from="/ledger" to="/ledger" search={(before) => ({ ...before, entry: row.index })} replace aria-current={row.index === props.selected ? 'true' : undefined}>{whole(row.index)}</Link></td>
                  <td className="soft"><Time at={row.at} form="short" /></td><td className="wraps fills">{worded(row.title)}{row.firm !== null && <span className="faint"> {row.firm}</span>}</td>
                  <td className="faint code">{row.kind}</td><td className="soft">{row.actor}{row.second !== null && `, ${row.second}`}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
