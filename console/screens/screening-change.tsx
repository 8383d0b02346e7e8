/** What a version of a list changed: entries that are new, changed and gone, each with how many people it concerns. */
import { Link } from '@tanstack/react-router';
import type { Answer as AnswerOf } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { CsvButton } from '../parts/csv.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWords } from '../words.tsx';

type Change = AnswerOf<'listChange'>;
const kinds = ['added', 'changed', 'removed'] as const;

export function ListChange(props: { list: string; version: string }) {
  return <Answer query={useAnswer('listChange', { params: { list: props.list, version: props.version } })} bones={6}>{(change) => <Sheet change={change} />}</Answer>;
}

function Sheet(props: { change: Change }) {
  const { say } = useWords();
  const { change } = props;
  const rows = kinds.flatMap((kind) => change[kind].map((one) => [kind, one.entry, one.name, one.hits]));
  return (
    <section>
      <div className="head"><h2>{say('change.title', { list: change.list, version: change.version })}</h2><span className="head__note">{change.before === null ? say('change.first') : say('change.before', { before: change.before })} <CsvButton name={`change-${change.list}-${change.version}`} head={['what', 'entry', 'name', 'hits']} rows={rows} /></span></div>
      {kinds.every((kind) => change.counts[kind] === 0) && <p className="note">{say('change.none')}</p>}
      {kinds.filter((kind) => change.counts[kind] > 0).map((kind) => <Part key={kind} kind={kind} change={change} />)}
    </section>
  );
}

function Part(props: { kind: (typeof kinds)[number]; change: Change }) {
  const { say } = useWords();
  const may = useMay();
  const { kind, change } = props;
  const shown = change[kind].toSorted((a, b) => b.hits - a.hits);
  return (
    <>
      <div className="head measure"><h3>{say(`change.${kind}`)}</h3><span className="head__note">{whole(change.counts[kind])}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('change.entry')}</th><th>{say('hits.listed')}</th>{kind === 'changed' && <th>{say('change.fields')}</th>}<th className="num">{say('change.hits')}</th></tr></thead>
          <tbody>{shown.map((one) => (
            <tr key={one.entry}><td className="code"><bdi>{one.entry}</bdi></td><td className="wraps fills"><bdi dir="auto">{one.name}</bdi></td>{kind === 'changed' && <td className="wraps faint" lang="en">{change.changed.find((row) => row.entry === one.entry)?.fields.join(', ')}</td>}
              <td className="num">{one.hits > 0 && may('screening.read') ? <Link className="n" to="/screening" search={{ list: change.list, entry: one.entry, ...(kind === 'removed' ? { state: 'released' as const } : {}) }}>{whole(one.hits)}</Link> : whole(one.hits)}</td></tr>
          ))}</tbody>
        </table>
      </div>
      {change.counts[kind] > shown.length && <p className="note">{say('change.more', { shown: whole(shown.length), total: whole(change.counts[kind]) })}</p>}
    </>
  );
}
