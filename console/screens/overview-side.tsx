/** The side of the overview: firms by stage, open alerts by severity and age, alerts by rule, rejections by code. */
import { Link } from '@tanstack/react-router';
import { alertAges, severities, type FirmsAnswer, type OverviewAnswer, type Severity } from '../../src/contract/console.ts';
import { whole } from '../figures.ts';
import { ToAlerts, ToRejections } from '../parts/evidence.tsx';
import { FirmChip, SeverityMark } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { useRejectionWords } from '../rejections.ts';
import { Say, useWorded, useWords } from '../words.tsx';

export function Ladder(props: { ladder: FirmsAnswer['ladder'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const total = props.ladder.reduce((sum, step) => sum + step.firms.length, 0);
  const real = props.ladder.flatMap((step) => step.firms).filter((firm) => !firm.invented).map((firm) => firm.name.en);
  const note = (invented: boolean): string => say(invented ? 'ladder.invented' : 'ladder.real');
  return (
    <section>
      <div className="head">
        <h2>{say('ladder.title')}</h2>
        <span className="head__note"><Say k={real.length > 0 ? 'ladder.note' : 'ladder.note.all'} values={{ real: real.join(say('and')) }} nodes={{ n: <Link className="n" to="/firms">{total}</Link> }} /></span>
        <span className="head__end">{say('ladder.may')}</span>
      </div>
      <ul className="ladder">
        {props.ladder.filter((step) => step.firms.length > 0).map((step) => (
          <li key={step.stage.id}>
            <span>{worded(step.stage.title)}</span>
            <span className="ladder__count"><Link className="n" to="/firms" search={{ stage: step.stage.id }}>{step.firms.length}</Link></span>
            <span className="ladder__firms">{step.firms.slice(0, 5).map((firm) => <FirmChip key={firm.code} code={firm.code} title={`${worded(firm.name)} (${note(firm.invented)})`} />)}{step.firms.length > 5 && <span className="faint">+{step.firms.length - 5}</span>}</span>
            <span className="ladder__may">{worded(step.may)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type Alerts = OverviewAnswer['alerts'];

/** Heat of a cell against the fullest one: 0 none, then four steps. Text on them is ink. */
export function heatOf(count: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (count === 0) return 0;
  const share = count / Math.max(most, 1);
  return share > 0.75 ? 4 : share > 0.5 ? 3 : share > 0.25 ? 2 : 1;
}

export function AlertGrid(props: { alerts: Alerts }) {
  const { say } = useWords();
  const { cells } = props.alerts;
  const at = (severity: Severity, age: (typeof alertAges)[number]): number => cells.find((cell) => cell.severity === severity && cell.age === age)?.count ?? 0;
  const most = Math.max(0, ...cells.map((cell) => cell.count));
  const of = (keep: (cell: Alerts['cells'][number]) => boolean): number => cells.filter(keep).reduce((sum, cell) => sum + cell.count, 0);
  return (
    <section>
      <div className="head"><h2>{say('grid.title')}</h2></div>
      <div className="box"><table className="heat">
        <thead><tr><th><span className="hidden-text">{say('filter.severity')}</span></th>{alertAges.map((age) => <th key={age} scope="col">{say(`age.${age}`)}</th>)}<th scope="col">{say('all')}</th></tr></thead>
        <tbody>
          {severities.map((severity) => (
            <tr key={severity}>
              <th scope="row"><SeverityMark severity={severity} /></th>
              {alertAges.map((age) => {
                const count = at(severity, age);
                return <td key={age} className={`h${heatOf(count, most)}`}>{count === 0 ? 0 : <ToAlerts plain search={{ severity, age }}>{count}</ToAlerts>}</td>;
              })}
              <td className="total"><ToAlerts plain search={{ severity }}>{of((cell) => cell.severity === severity)}</ToAlerts></td>
            </tr>
          ))}
          <tr>
            <th scope="row">{say('all')}</th>
            {alertAges.map((age) => <td key={age} className="total"><ToAlerts plain search={{ age }}>{of((cell) => cell.age === age)}</ToAlerts></td>)}
            <td className="total"><ToAlerts plain>{of(() => true)}</ToAlerts></td>
          </tr>
        </tbody>
      </table></div>
    </section>
  );
}

/** Lines shown of a list whose rest is one click away: the screen fits 1440 × 900. */
const linesMax = 3;

export function AlertsByRule(props: { alerts: Alerts }) {
  const { say } = useWords();
  const worded = useWorded();
  const ranked = props.alerts.byRule.filter((one) => one.open > 0).toSorted((a, b) => b.open - a.open);
  if (ranked.length === 0) return null;
  return (
    <section>
      <div className="head"><h2>{say('by-rule.title')}</h2><span className="head__note">{say('by-rule.note')}</span>{ranked.length > linesMax && <span className="head__end"><ToAlerts>{say('by-rule.all', { count: ranked.length })}</ToAlerts></span>}</div>
      <table className="table table--dense">
        <thead className="hidden-text"><tr><th>{say('alert.rule')}</th><th>{say('overview.alerts')}</th></tr></thead>
        <tbody>{ranked.slice(0, linesMax).map((one) => <tr key={one.rule}><td className="fills wraps">{worded(one.title)}</td><td className="num"><ToAlerts search={{ rule: one.rule }}>{whole(one.open)}</ToAlerts></td></tr>)}</tbody>
      </table>
    </section>
  );
}

export function RejectionCodes(props: { rejections: OverviewAnswer['rejections']; today: string }) {
  const { say } = useWords();
  const words = useRejectionWords();
  const ranked = props.rejections.toSorted((a, b) => b.count - a.count);
  if (ranked.length === 0) return null;
  return (
    <section>
      <div className="head"><h2>{say('rejections.today')}</h2><span className="head__end"><ToRejections search={{ from: props.today, to: props.today }}>{say('rejections.all')}</ToRejections></span></div>
      <table className="table table--dense">
        <thead className="hidden-text"><tr><th>{say('column.meaning')}</th><th>{say('count.Rejected')}</th></tr></thead>
        <tbody>
          {ranked.slice(0, linesMax).map((one) => (
            <tr key={one.code}><td className="cut" title={`${one.code}: ${words(one.code)?.remedy ?? ''}`}><Prose>{words(one.code)?.meaning ?? one.code}</Prose></td><td className="num"><ToRejections search={{ code: one.code, from: props.today, to: props.today }}>{whole(one.count)}</ToRejections></td></tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
