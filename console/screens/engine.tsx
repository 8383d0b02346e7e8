/**
 * Engine health: the count that must hold leads (accepted = decided), then feeds, processes, workers, and
 * what is quarantined. Red is kept for what is not decided past its deadline or is down.
 */
import type { EngineAnswer } from '../../src/contract/console.ts';
import { dayText, span, whole } from '../figures.ts';
import { Evidence } from '../parts/evidence.tsx';
import { FirmName, ProofLink, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { FeedTable } from './engine-feeds.tsx';

export function Engine() {
  const query = useAnswer('engine', {});
  return <Answer query={query} bones={12}>{(data) => <Sheet data={data} />}</Answer>;
}

function Sheet(props: { data: EngineAnswer }) {
  return (
    <>
      <Positions data={props.data} />
      <FeedTable data={props.data} />
      <div className="halves">
        <div><Engines data={props.data} /><Workers data={props.data} /><Quarantine data={props.data} /></div>
        <Days data={props.data} />
      </div>
    </>
  );
}

function Positions(props: { data: EngineAnswer }) {
  const { say } = useWords();
  const { log, overdue, deadlineMs, days } = props.data;
  const [today] = days;
  const behind = log.head - log.decided;
  return (
    <section className="strip strip--three">
      <div>
        <p className="figure__label">{say('overview.completeness')}</p>
        {today !== undefined && (
          <p className="figure__value equation">
            <span><Evidence of={{ from: today.day, to: today.day, clock: 'admitted' }}>{whole(today.accepted)}</Evidence></span><span className="equation__sign">{today.accepted === today.decided ? '=' : '≠'}</span>
            <span><Evidence of={{ from: today.day, to: today.day, clock: 'admitted', state: 'decided' }}>{whole(today.decided)}</Evidence></span>
          </p>
        )}
        <p className="figure__note">{overdue === 0 ? say('engine.none-overdue', { deadline: span(deadlineMs, say) }) : <StateMark tone="breach">{say('engine.overdue', { n: whole(overdue), deadline: span(deadlineMs, say) })}</StateMark>}</p>
      </div>
      <div>
        <p className="figure__label">{say('engine.monitor')}</p>
        <p className="figure__value">{whole(log.decided)} <span className="unit">{say('engine.of-batches', { n: whole(log.head) })}</span></p>
        <p className="figure__note">{behind === 0 ? say('engine.nothing-waits') : say('engine.batches-wait', { count: behind })}</p>
      </div>
      <div>
        <p className="figure__label">{say('engine.analytics')}</p>
        <p className="figure__value">{whole(log.analytics)} <span className="unit">{say('engine.of-batches', { n: whole(log.head) })}</span></p>
        <p className="figure__note">{say('engine.behind', { lag: span(log.analyticsLagMs, say) })}</p>
      </div>
    </section>
  );
}

const tones: Readonly<Record<EngineAnswer['engines'][number]['state'], Tone>> = { up: 'met', starting: 'due', down: 'breach', skipped: 'wait' };

function Engines(props: { data: EngineAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <section>
      <div className="head"><h2>{say('engine.engines')}</h2></div>
      <div className="box">
        <table className="table table--measure table--tight">
          <thead><tr><th>{say('engine.engine')}</th><th>{say('column.state')}</th><th>{say('engine.version')}</th><th className="num">{say('engine.since')}</th></tr></thead>
          <tbody>
            {props.data.engines.map((one) => (
              <tr key={one.name}>
                <td className="fills wraps">{say(`engine.name.${one.name}`)} <span className="faint">{say(`engine.where.${one.where}`)}</span>{one.note !== null && <span className="note"> {worded(one.note)}</span>}</td>
                <td><StateMark tone={tones[one.state]}>{say(`engine.state.${one.state}`)}</StateMark></td><td className="faint code">{one.version ?? ''}</td>
                <td className="num">{one.since === null ? '' : <Time at={one.since} form="short" />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Workers(props: { data: EngineAnswer }) {
  const { say } = useWords();
  return (
    <section>
      <div className="head"><h2>{say('engine.workers')}</h2><span className="head__note">{say('engine.workers.note')}</span></div>
      <div className="box">
        <table className="table table--measure table--tight">
          <thead><tr><th>{say('engine.worker')}</th><th>{say('column.state')}</th><th className="num">{say('engine.partitions')}</th><th className="num">{say('engine.position')}</th><th className="num">{say('engine.waits')}</th><th className="num">{say('engine.rate')}</th><th className="num">{say('engine.people')}</th><th className="num">{say('engine.restarts')}</th></tr></thead>
          <tbody>
            {props.data.workers.map((one) => (
              <tr key={one.id}>
                <td className="code" title={say('engine.epochs', { epoch: one.epoch, control: one.controlEpoch })}>{one.id}</td><td><StateMark tone={tones[one.state]}>{say(`engine.state.${one.state}`)}</StateMark></td>
                <td className="num">{one.partitions}</td><td className="num">{whole(one.position)}</td><td className="num">{whole(one.behind)}</td><td className="num">{whole(Math.round(one.eventsPerSecond))}</td><td className="num">{whole(one.people)}</td><td className="num">{one.restarts}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Days(props: { data: EngineAnswer }) {
  const { say, language } = useWords();
  const { days } = props.data;
  return (
    <section>
      <div className="head"><h2>{say('engine.days')}</h2><span className="head__note">{say('engine.days.note')}</span></div>
      <div className="box">
        <table className="table table--dense table--tight">
          <thead><tr><th>{say('column.day')}</th><th className="num">{say('count.Accepted')}</th><th className="num">{say('count.Decided')}</th><th className="num">{say('count.Undecided')}</th><th className="num">{say('count.Quarantined')}</th></tr></thead>
          <tbody>
            {days.slice(0, 14).map((one) => {
              const day = { from: one.day, to: one.day, clock: 'admitted' } as const;
              return (
                <tr key={one.day}>
                  <td>{dayText(one.day, 'date', language)}</td><td className="num"><Evidence of={day}>{whole(one.accepted)}</Evidence></td><td className="num"><Evidence of={{ ...day, state: 'decided' }}>{whole(one.decided)}</Evidence></td>
                  <td className="num">{one.undecided === 0 ? 0 : <Evidence of={{ ...day, state: 'undecided' }}>{whole(one.undecided)}</Evidence>}</td><td className="num">{one.quarantined === 0 ? 0 : <Evidence of={{ ...day, state: 'quarantined' }}>{whole(one.quarantined)}</Evidence>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Quarantine(props: { data: EngineAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { quarantine } = props.data;
  return (
    <section>
      <div className="head"><h2>{say('engine.quarantine')}</h2><span className="head__note">{say('engine.quarantine.note')}</span></div>
      {quarantine.length === 0 ? <p className="note">{say('engine.quarantine.none')}</p> : (
        <div className="box">
          <table className="table">
            <thead><tr><th>{say('engine.batch')}</th><th>{say('column.firm')}</th><th>{say('column.at')}</th><th className="num">{say('column.events')}</th><th className="num">{say('engine.deaths')}</th><th>{say('decide.reason')}</th><th className="num">{say('column.proof')}</th></tr></thead>
            <tbody>
              {quarantine.map((one) => (
                <tr key={one.batch}>
                  <td className="code">{one.batch}</td><td><FirmName firm={one.firm} withCode /></td><td><Time at={one.at} form="short" /></td><td className="num">{whole(one.events)}</td><td className="num">{one.deaths}</td>
                  <td className="wraps">{worded(one.reason)}</td><td className="num">{one.entry !== null && <ProofLink entry={one.entry} />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
