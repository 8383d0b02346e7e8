/**
 * One alert: a sentence, the numbers behind it, what each firm could see alone, what may be innocent, the
 * rules that fired with their clauses, and the events in time. A withdrawn finding stays and says so.
 */
import { Link } from '@tanstack/react-router';
import type { Alert, Finding } from '../../src/contract/console.ts';
import { Evidence, Sentence } from '../parts/evidence.tsx';
import { FindingMark, ProofLink, SeverityMark, StateMark, Time } from '../parts/marks.tsx';
import { Say, useWorded, useWords } from '../words.tsx';
import { useSearch } from '@tanstack/react-router';
import { AlertTimeline } from './alert-timeline.tsx';
import { FindingNumbers, SeenAlone } from './alert-finding.tsx';

export function AlertDetail(props: { alert: Alert }) {
  const { alert } = props;
  const worded = useWorded();
  const { say } = useWords();
  const { finding: wanted } = useSearch({ from: '/alerts' });
  const finding = alert.findings.find((one) => one.id === wanted) ?? alert.findings[0];
  return (
    <article className="finding__sheet" aria-labelledby="alert-title">
      <AlertHead alert={alert} />
      <div>
        {alert.row.findings === 'withdrawn' && <p className="flag"><span>{say('alert.withdrawn')}</span></p>}
        <p className="lead"><Sentence of={alert.sentence} /></p>
        {finding !== undefined && <FindingNumbers finding={finding} />}
        {finding !== undefined && finding.seenAlone.length > 0 && <SeenAlone finding={finding} />}
        <section className="aside"><h3>{say('alert.innocent')}</h3><p className="soft">{worded(alert.innocent)}</p></section>
        {alert.alsoChecked.length > 0 && (
          <section className="note"><span>{say('alert.also-checked')} </span>{alert.alsoChecked.map((one, place) => <span key={place}><Sentence of={one} /> </span>)}</section>
        )}
        <Steps alert={alert} />
      </div>
      <div>
        {finding !== undefined && <Rules alert={alert} shown={finding} />}
        <AlertTimeline alert={alert} />
      </div>
    </article>
  );
}

function AlertHead(props: { alert: Alert }) {
  const { say } = useWords();
  const worded = useWorded();
  const { row } = props.alert;
  return (
    <header className="finding__head">
      <SeverityMark severity={row.severity} />
      <h2 id="alert-title">{worded(row.title)}</h2>
      <span className="faint code">{row.id}</span>
      <span className="faint"><Say k="alert.raised" nodes={{ at: <Time at={row.raisedAt} form="short" /> }} /></span>
      {row.assignee !== null && <span className="faint"><Say k="alert.assignee" nodes={{ name: <bdi className="soft">{row.assignee.name}</bdi> }} /></span>}
      {row.findings !== 'settled' && <FindingMark state={row.findings} />}
      {row.state !== 'open' && <span className="chip">{say(`alert.state.${row.state}`)}</span>}
      <span className="score"><Say k="alert.score" nodes={{ score: <b>{row.score}</b> }} /></span>
    </header>
  );
}

function Rules(props: { alert: Alert; shown: Finding }) {
  const { say } = useWords();
  const worded = useWorded();
  const { rule } = props.shown;
  return (
    <section>
      <div className="head"><h3>{say('alert.rules')}</h3><span className="head__note">{say('alert.rules.note')}</span><span className="head__end">{say('alert.points')}</span></div>
      <div className="box">
        <table className="table table--measure">
          <thead className="hidden-text"><tr><th>{say('alert.rule')}</th><th>{say('alert.indicator')}</th><th>{say('alert.moment')}</th><th>{say('alert.points')}</th></tr></thead>
          <tbody>
            {props.alert.findings.map((one) => (
              <tr key={one.id} aria-selected={one === props.shown ? true : undefined}>
                <td className="fills wraps"><Link className="n" from="/alerts" to="/alerts" search={(before) => ({ ...before, finding: one.id })} replace aria-current={one === props.shown ? 'true' : undefined}>{worded(one.rule.title)}</Link></td>
                <td className="faint">{one.rule.indicator === null ? say('alert.own') : <span className="code">{one.rule.indicator}</span>}</td>
                <td>{one.state === 'settled' ? <span className="hidden-text">{say('finding.settled')}</span> : <FindingMark state={one.state} />}</td>
                <td className="num"><Evidence of={{ finding: one.id }}>{one.state === 'withdrawn' ? <s>{one.points}</s> : one.points}</Evidence></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="note"><Say k="alert.clause" values={{ clause: worded(rule.clause) }} /> {rule.indicator !== null && say('alert.indicator.note')}</p>
      <details className="rule-text">
        <summary>{say('alert.rule.read', { version: rule.version })}</summary>
        <p>{worded(rule.text)}</p>
        <dl className="dl">
          <dt>{say('alert.rule.id')}</dt><dd className="code code--wraps">{rule.id}</dd>
          <dt>{say('alert.decided')}</dt><dd><Time at={props.shown.decidedAt} form="short" /></dd>
          <dt>{say('alert.settled')}</dt><dd>{props.shown.settledAt === null ? say('alert.settled.not') : <Time at={props.shown.settledAt} form="short" />}</dd>
          {props.shown.entry !== null && <><dt>{say('proof.of')}</dt><dd><ProofLink entry={props.shown.entry} word /></dd></>}
        </dl>
      </details>
    </section>
  );
}

function Steps(props: { alert: Alert }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h3>{say('alert.steps')}</h3><span className="head__note">{say('alert.steps.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('column.at')}</th><th>{say('column.step')}</th><th>{say('column.note')}</th><th>{say('column.proof')}</th></tr></thead>
          <tbody>
            {props.alert.steps.map((step, place) => (
              <tr key={place}>
                <td className="soft"><Time at={step.at} form="short" /></td>
                <td>{step.what === 'finding-withdrawn' ? <StateMark tone="wait" icon="cross">{say('step.finding-withdrawn')}</StateMark> : say(`step.${step.what}`)}{step.by !== null && <span className="soft"> · <bdi>{step.by.name}</bdi></span>}</td>
                <td className="fills wraps soft"><bdi>{typeof step.note === 'string' ? step.note : step.note === null ? '' : worded(step.note)}</bdi></td>
                <td className="num">{step.entry !== null && <ProofLink entry={step.entry} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
