/** The strip of headline numbers: completeness, value traded, alerts, findings, feeds. */
import { Link } from '@tanstack/react-router';
import type { OverviewAnswer } from '../../src/contract/console.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { now } from '../clock.ts';
import { dayText, onScale, scaleOf, span, whole } from '../figures.ts';
import { Evidence, ToAlerts, ToEngine, ToRejections, ToSubmissions } from '../parts/evidence.tsx';
import { ProofLink, SourceTag, StateMark, Time } from '../parts/marks.tsx';
import { TRADED_KINDS } from '../search.ts';
import { Say, useWorded, useWords } from '../words.tsx';

export function Strip(props: { data: OverviewAnswer }) {
  return (
    <div className="strip">
      <Completeness data={props.data} />
      <Traded traded={props.data.traded} />
      <OpenAlerts alerts={props.data.alerts} />
      <Findings findings={props.data.findings} />
      <Feeds data={props.data} />
    </div>
  );
}

function Completeness(props: { data: OverviewAnswer }) {
  const { say } = useWords();
  const { today, overdue, deadlineMs, checkpoint } = props.data;
  const day = { from: today.day, to: today.day, clock: 'admitted' } as const;
  const balanced = today.accepted === today.decided;
  return (
    <div>
      <p className="figure__label">{say('overview.completeness')}</p>
      <p className="figure__value equation">
        <span><Evidence of={day}>{whole(today.accepted)}</Evidence> <span className="unit">{say('count.accepted')}</span></span>
        <span className={balanced ? 'equation__sign' : 'equation__sign equation__sign--off'} title={balanced ? undefined : say('overview.pending')}>{balanced ? '=' : '≠'}</span>
        <span><Evidence of={{ ...day, state: 'decided' }}>{whole(today.decided)}</Evidence> <span className="unit">{say('count.decided')}</span></span>
      </p>
      <p className="figure__note">
        {overdue > 0
          ? <StateMark tone="breach"><Say k="overview.overdue" nodes={{ n: <Evidence of={{ state: 'undecided' }}>{whole(overdue)}</Evidence>, deadline: span(deadlineMs, say) }} /></StateMark>
          : <Say k="overview.overdue" nodes={{ n: <Evidence of={{ state: 'undecided' }}>0</Evidence>, deadline: span(deadlineMs, say) }} />}
        {' · '}<Say k="overview.rejected" nodes={{ n: <ToRejections search={{ from: today.day, to: today.day }}>{whole(today.rejected)}</ToRejections> }} />
        <br />
        {today.held > 0 && <><Say k="overview.held" nodes={{ n: <ToSubmissions search={{ from: today.day, to: today.day, outcome: 'held' }}>{whole(today.held)}</ToSubmissions> }} /> · </>}
        {today.quarantined > 0 && <><Say k="overview.quarantined" nodes={{ n: <ToEngine>{whole(today.quarantined)}</ToEngine> }} /> · </>}
        {checkpoint === null ? say('overview.no-checkpoint') : <><Say k="overview.checkpoint" nodes={{ at: <Time at={checkpoint.at} form="second" /> }} /> · <ProofLink entry={Math.max(0, checkpoint.size - 1)} word /></>}
      </p>
    </div>
  );
}

function Traded(props: { traded: OverviewAnswer['traded'] }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { days, total, source } = props.traded;
  const first = days[0];
  const last = days.at(-1);
  if (first === undefined || last === undefined) return <div><p className="figure__label">{say('overview.traded.none')}</p><p className="figure__value">–</p></div>;
  const scale = scaleOf(total);
  const most = days.reduce((top, one) => (one.paisa > top.paisa ? one : top), first);
  const dayScale = scaleOf(most.paisa);
  const figure = (paisa: number): string => onScale(paisa, dayScale);
  const trades = { kind: TRADED_KINDS };
  return (
    <div>
      <p className="figure__label">{say('overview.traded', { days: days.length, to: dayText(last.day, 'day', language) })}</p>
      <div className="trend">
        <p className="figure__value"><span className="unit">PKR</span> <Evidence of={{ ...trades, from: first.day, to: last.day }}>{onScale(total, scale)}</Evidence> <span className="unit">{say(scale.unit)}</span></p>
        <Sparkline values={days.map((one) => one.paisa)} label={say('overview.traded.label', { days: days.length, most: figure(most.paisa), day: dayText(most.day, 'day', language), last: figure(last.paisa), unit: say(dayScale.unit) })} />
      </div>
      <p className="figure__note">
        <Say
          k="overview.traded.note" values={{ day: dayText(most.day, 'day', language), unit: say(dayScale.unit) }}
          nodes={{ last: <Evidence of={{ ...trades, from: last.day, to: last.day }}>{figure(last.paisa)}</Evidence>, most: <Evidence of={{ ...trades, from: most.day, to: most.day }}>{figure(most.paisa)}</Evidence> }}
        /><br />{say('overview.price', { source: worded(source) })}
      </p>
    </div>
  );
}

function OpenAlerts(props: { alerts: OverviewAnswer['alerts'] }) {
  const { say } = useWords();
  const { alerts } = props;
  const pressing = alerts.cells.filter((cell) => cell.severity === 'critical' || cell.severity === 'high').reduce((sum, cell) => sum + cell.count, 0);
  return (
    <div>
      <p className="figure__label">{say('overview.alerts')}</p>
      <p className="figure__value"><ToAlerts>{whole(alerts.open)}</ToAlerts></p>
      <p className="figure__note">
        <Say k="overview.alerts.pressing" nodes={{ n: <ToAlerts search={{ severity: 'critical,high' }}>{whole(pressing)}</ToAlerts> }} /><br />
        {alerts.oldestRaisedAt !== null && <Say k="overview.alerts.oldest" nodes={{ age: <ToAlerts search={{ sort: 'age' }}>{span((now() - alerts.oldestRaisedAt) / 1000, say)}</ToAlerts> }} />}
      </p>
    </div>
  );
}

function Findings(props: { findings: OverviewAnswer['findings'] }) {
  const { say } = useWords();
  const { settled, provisional, withdrawn } = props.findings;
  return (
    <div>
      <p className="figure__label">{say('overview.findings')}</p>
      <p className="figure__value"><ToAlerts search={{ holds: 'settled' }}>{whole(settled)}</ToAlerts> <span className="unit">{say('finding.settled')}</span></p>
      <p className="figure__note"><Say k="overview.provisional" nodes={{ n: <ToAlerts search={{ holds: 'provisional' }}>{whole(provisional)}</ToAlerts> }} /><br /><Say k="overview.withdrawn" nodes={{ n: <ToAlerts search={{ holds: 'withdrawn' }}>{whole(withdrawn)}</ToAlerts> }} /></p>
    </div>
  );
}

function Feeds(props: { data: OverviewAnswer }) {
  const { say } = useWords();
  const { feeds, firms } = props.data;
  const late = firms.find((one) => one.feed.late);
  const lag = late?.feed.lagMs ?? null;
  return (
    <div>
      <p className="figure__label">{say('overview.feeds')}</p>
      <p className="figure__value"><ToEngine>{feeds.onTime}</ToEngine> <span className="unit">{say('overview.feeds.of')}</span> <ToEngine>{feeds.expected}</ToEngine></p>
      <p className="figure__note">
        {late !== undefined && <><StateMark tone="due"><Link className="n" to="/firms/$code" params={{ code: late.firm.code }}>{late.firm.code}</Link> {lag === null ? say('feed.silent') : say('feed.behind', { lag: span(lag, say) })}</StateMark><br /></>}
        {say('overview.feeds.limit', { limit: span(feeds.limitMs, say) })} <SourceTag of={feeds.limit} />
      </p>
    </div>
  );
}

