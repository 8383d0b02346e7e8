/**
 * Where a firm stands: the steps that are open from its stage, each with its gates met or missing and their clause, the
 * clocks with what the law makes of their end, and what the firm owes. Every missing gate says what would meet it and
 * offers the act that does.
 */
import { Link } from '@tanstack/react-router';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { now } from '../clock.ts';
import { dayText, daysTo } from '../figures.ts';
import { useMay } from '../actions.tsx';
import { ProofLink, SourceTag, StageText, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { CapsPart } from './dossier-caps.tsx';
import { GateTable } from './dossier-gates.tsx';
import { useOpen, type Opened } from './dossier-open.ts';
import { DueDay } from './obligations-mark.tsx';

type Step = DossierAnswer['steps'][number];
type ClockOf = DossierAnswer['clocks'][number];

export function Standing(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  return (
    <div className="firm">
      <div className="stack">
        {dossier.steps.length === 0 && <Empty title={say('dossier.steps.none.title')}><p>{say('dossier.steps.none.text')}</p></Empty>}
        {ordered(dossier.steps).map((step) => <StepPart key={`${step.event} ${step.to.id}`} step={step} dossier={dossier} />)}
      </div>
      <div className="stack">
        <CapsPart code={dossier.firm.code} caps={dossier.caps} />
        <Clocks dossier={dossier} />
        <Owed dossier={dossier} />
      </div>
    </div>
  );
}

const weights: Readonly<Record<Step['way'], number>> = { forward: 0, restore: 1, vary: 2, end: 3, sanction: 4 };

/** What leads on first, what takes away last. */
const ordered = (steps: readonly Step[]): readonly Step[] => steps.toSorted((a, b) => weights[a.way] - weights[b.way]);

/** How a step is proposed: by itself, or by the measure that brings it. */
export function wayOf(step: Step, dossier: DossierAnswer): Opened {
  const rungs = dossier.ladder.filter((one) => one.event === step.event);
  const [first] = rungs;
  if (first === undefined || (step.way === 'vary' && step.gates.length === 0) || (step.way !== 'sanction' && step.way !== 'vary')) return { what: 'propose', step };
  return { what: 'rung', rung: (dossier.stage.isLicence ? rungs.find((one) => one.hearing) : rungs.find((one) => !one.hearing)) ?? first };
}

function StepPart(props: { step: Step; dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const open = useOpen();
  const { step, dossier } = props;
  const met = step.gates.filter((gate) => gate.state === 'met').length;
  const ready = met === step.gates.length;
  return (
    <section>
      <div className="head">
        <h3>{worded(step.title)}</h3>
        <span className="head__note">{step.to.id === dossier.stage.id ? say('dossier.step.within') : <>{say('dossier.step.to')} <StageText stage={step.to} /></>}{step.gates.length > 0 && ` · ${say('dossier.step.gates', { met, gates: step.gates.length })}`}</span>
        <span className="head__end">
          {step.provenance.clause !== null && <span className="faint">{worded(step.provenance.clause)} </span>}<SourceTag of={step.provenance} />
          {may('stage.decide') && <> <button type="button" className={ready && step.way === 'forward' ? 'button button--primary button--small' : 'button button--small'} onClick={() => open(wayOf(step, dossier))}>{say('dossier.propose')}<span className="hidden-text"> {worded(step.title)}</span></button></>}
        </span>
      </div>
      {step.gates.length > 0 && <GateTable gates={step.gates} />}
      <p className="note">{say(step.second ? 'dossier.step.second' : 'dossier.step.alone')}</p>
    </section>
  );
}

const clockTones: Readonly<Record<ClockOf['state'], Tone>> = { runs: 'met', 'ran-out': 'due', stopped: 'wait', word: 'wait', unset: 'wait', answered: 'wait' };
const clockIcons = { runs: 'clock', 'ran-out': 'warn', stopped: 'dash', word: 'clock', unset: 'dash', answered: 'check' } as const;

export function Clocks(props: { dossier: DossierAnswer; only?: ReadonlySet<string>; none?: boolean }) {
  const { say } = useWords();
  const clocks = props.dossier.clocks.filter((clock) => props.only?.has(clock.clock) ?? true).toSorted((a, b) => Number(a.answer !== null) - Number(b.answer !== null));
  if (clocks.length === 0 && props.none === true) return null;
  return (
    <section>
      <div className="head"><h3>{say('dossier.clocks')}</h3><span className="head__note">{say('dossier.clocks.note')}</span></div>
      {clocks.length === 0 ? <p className="note">{say('dossier.clocks.none')}</p> : (
        <div className="box">
          <table className="table table--dense">
            <thead className="hidden-text"><tr><th>{say('dossier.clock')}</th><th>{say('column.state')}</th><th>{say('column.source')}</th></tr></thead>
            <tbody>{clocks.map((clock) => <ClockRow key={clock.clock} clock={clock} />)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function ClockRow(props: { clock: ClockOf }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { clock } = props;
  const binds = clock.provenance.status === 'prescribed';
  const tone: Tone = clock.provenance.status === 'unset' && clock.state === 'runs' ? 'wait' : clock.state === 'ran-out' && clock.ends === 'overdue' && binds ? 'breach' : clockTones[clock.state];
  return (
    <>
      <tr className="leads">
        <td className="wraps fills">{worded(clock.title)}</td>
        <td className="num"><StateMark tone={tone} icon={clockIcons[clock.state]}>{clock.answer === null ? clockText(clock, say, language) : <>{say('clock.answered')} <Time at={clock.answer.at} form="date" /></>}</StateMark></td>
        <td className="num"><SourceTag of={clock.provenance} /></td>
      </tr>
      <tr>
        <td colSpan={3} className="wraps note">
          {say('dossier.clock.since')} <Time at={clock.startedAt} form="date" /> · {clock.answer === null && say(clock.ends === 'overdue' && !binds ? 'clock.ends.reminds' : `clock.ends.${clock.ends}`)}{clock.answer !== null && <ProofLink entry={clock.answer.entry} word />}{clock.provenance.clause !== null && <> · {worded(clock.provenance.clause)}</>}{clock.provenance.status === 'unset' && clock.day !== null && <> · {say('clock.default')}</>}{clock.provisional && <> · {say('dossier.clock.provisional')}</>}
        </td>
      </tr>
    </>
  );
}

function clockText(clock: ClockOf, say: ReturnType<typeof useWords>['say'], language: 'en' | 'ur'): string {
  if (clock.state === 'answered') return say('clock.answered');
  if (clock.state === 'word') return clock.word ?? say('clock.word');
  if (clock.state === 'unset' || clock.state === 'stopped' || clock.day === null) return say(`clock.${clock.state}`);
  const day = dayText(clock.day, 'day', language);
  const left = daysTo(clock.day, now());
  return clock.state === 'runs' ? `${day} (${say('applications.left', { days: left })})` : `${day} (${say(clock.ends === 'open' ? 'clock.open-past' : 'clock.past')})`;
}

function Owed(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { due, firm } = props.dossier;
  const dated = due.filter((one) => one.day !== null || one.state !== 'open');
  return (
    <section>
      <div className="head"><h3>{say('nav.obligations')}</h3><span className="head__end"><Link className="n" to="/obligations" search={{ firm: firm.code }}>{say('obligations.all')}</Link></span></div>
      {dated.length === 0 ? <p className="note">{say('obligations.none.firm')}</p> : (
        <div className="box">
          <table className="table table--dense">
            <thead className="hidden-text"><tr><th>{say('obligations.duty')}</th><th>{say('column.source')}</th><th>{say('column.due')}</th></tr></thead>
            <tbody>
              {dated.slice(0, 8).map((one) => (
                <tr key={`${one.obligation} ${one.occurrence}`}>
                  <td className="wraps fills">{worded(one.title)}</td><td><SourceTag of={one.provenance} /></td>
                  <td className="num"><DueDay row={one} /></td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
