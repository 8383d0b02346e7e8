/** Everything that happened in a dossier, newest first: what, by whom, with whom, on which clause; each opens its entry and its proof. */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { CsvButton } from '../parts/csv.tsx';
import { ProofLink, Time } from '../parts/marks.tsx';
import { utcText } from '../figures.ts';
import { instantOf } from '../../src/terms/index.ts';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';

export function DossierHistory(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { history, firm } = props.dossier;
  if (history.length === 0) return <Empty title={say('history.none.title')}><p>{say('history.none.text')}</p></Empty>;
  return (
    <section>
      <div className="head"><h3>{say('firm.tab.history')}</h3><span className="head__note">{say('firm.history.note')}</span><span className="head__end"><CsvButton name={`dossier-${firm.code}`} head={['entry', 'at', 'what', 'about', 'by', 'second', 'basis']} rows={history.map((one) => [one.entry, utcText(instantOf(one.at)), one.title.en, one.about, one.actor, one.second ?? '', one.basis])} /></span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('column.at')}</th><th>{say('column.event')}</th><th>{say('history.about')}</th><th>{say('column.who')}</th><th>{say('history.second')}</th><th>{say('column.basis')}</th><th className="num">{say('column.proof')}</th></tr></thead>
          <tbody>
            {history.map((one) => (
              <tr key={one.entry}>
                <td className="soft"><Time at={one.at} form="short" /></td><td className="wraps">{worded(one.title)}</td><td className="wraps fills soft"><bdi>{one.about}</bdi></td>
                <td className="soft"><bdi>{one.actor}</bdi></td><td className="soft"><bdi>{one.second ?? ''}</bdi></td><td className="faint wraps"><bdi>{one.basis}</bdi></td><td className="num"><ProofLink entry={one.entry} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
