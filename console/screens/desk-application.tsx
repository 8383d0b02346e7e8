/**
 * The firm's own application: where it stands, what is next, its forms with what each still lacks, the gates that
 * it can meet itself, its clocks. How the authority weighs it is not shown here, and the screen says so.
 */
import { Link } from '@tanstack/react-router';
import { karachiDay, formatKarachiDay, instantOf } from '../../src/terms/index.ts';
import { draftsOf } from '../form-draft.ts';
import type { FormShape } from '../form-answers.ts';
import { SourceTag, StateMark, Time } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { Say, useWorded, useWords } from '../words.tsx';
import { DeskHead, LackLink, OwnDossier, newestOf, type Dossier, type Filing } from './desk-parts.tsx';
import { OwnSteps } from './desk-steps.tsx';
import { StageRail } from './firm-standing.tsx';
import { DueMark, useDayText } from './desk-due.tsx';

export function Application() {
  return <OwnDossier>{(dossier) => <Sheet dossier={dossier} />}</OwnDossier>;
}

function Sheet(props: { dossier: Dossier }) {
  const { dossier } = props;
  return (
    <>
      <DeskHead dossier={dossier} />
      {dossier.way.length > 0 && <StageRail steps={dossier.way} />}
      <Next dossier={dossier} />
      <div className="firm">
        <div><Forms dossier={dossier} /><Steps dossier={dossier} /><OwnSteps dossier={dossier} /></div>
        <div><Questions dossier={dossier} /><Clocks dossier={dossier} /><Owed dossier={dossier} /></div>
      </div>
    </>
  );
}

/** The one sentence that says what is to be done now. */
function Next(props: { dossier: Dossier }) {
  const { dossier } = props;
  const questions = dossier.letters.filter((one) => one.open).length;
  const gates = dossier.steps.filter((one) => one.way === 'forward').flatMap((one) => one.gates);
  const lacks = gates.filter((gate) => gate.shown === 'filed').flatMap((gate) => gate.lacks).length;
  const letters = <Link className="n" to="/desk/letters">{questions}</Link>;
  return (
    <p className="lead desk__next">
      {questions > 0 ? <Say k="desk.next.questions" values={{ count: questions }} nodes={{ n: letters }} />
        : lacks > 0 ? <Say k="desk.next.lacks" values={{ count: lacks }} nodes={{ n: <b>{lacks}</b> }} />
          : gates.length > 0 ? <Say k="desk.next.waits" /> : <Say k="desk.next.none" />}
    </p>
  );
}

/** A form of one subject: its newest version, or none yet. */
export interface FormRow {
  readonly form: FormShape;
  readonly about: string;
  readonly filing: Filing | undefined;
  readonly hasDraft: boolean;
}

function Forms(props: { dossier: Dossier }) {
  const { say } = useWords();
  const { staff } = useSession();
  const { dossier } = props;
  const forms = useAnswer('forms', {});
  return (
    <section>
      <div className="head"><h3>{say('desk.forms')}</h3><span className="head__note">{say('desk.forms.note')}</span></div>
      <Answer query={forms} bones={5}>
        {({ forms: all }) => {
          const newest = newestOf(dossier);
          const rowsOf = (form: FormShape): FormRow[] => {
            const own = newest.filter((one) => one.form === form.form);
            const drafts = draftsOf(staff.id, dossier.firm.code, form.form);
            const subjects = form.filedFor === 'firm' ? [''] : [...new Set([...own.map((one) => one.about), ...drafts])];
            return subjects.map((about) => ({ form, about, filing: own.find((one) => one.about === about), hasDraft: drafts.includes(about) }));
          };
          const now = all.filter((form) => form.stages.includes(dossier.stage.id));
          return now.length === 0 ? <p className="note">{say('desk.forms.none')}</p> : <FormTable groups={now.map((form) => ({ form, rows: rowsOf(form) }))} />;
        }}
      </Answer>
    </section>
  );
}

function FormTable(props: { groups: readonly { readonly form: FormShape; readonly rows: readonly FormRow[] }[] }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('desk.form')}</th><th>{say('desk.subject')}</th><th>{say('column.state')}</th><th>{say('desk.filed')}</th><th>{say('column.source')}</th></tr></thead>
        <tbody>
          {props.groups.map(({ form, rows }) => [
            ...rows.map((row) => <FormLine key={`${form.form}/${row.about}`} row={row} />),
            form.filedFor === 'firm' ? null : (
              <tr key={`${form.form}/new`}>
                <td className="wraps fills">{rows.length === 0 && <><b>{form.code}</b> {worded(form.title)} </>}<Link className="n" to="/desk/forms/$form" params={{ form: form.form }}>{say(`desk.add.${kindOf(form)}`, { code: form.code })}</Link></td>
                <td /><td>{rows.length === 0 && <StateMark tone="due">{say('desk.form.none')}</StateMark>}</td><td /><td>{rows.length === 0 && <SourceTag of={form.provenance} />}</td>
              </tr>
            ),
          ])}
        </tbody>
      </table>
    </div>
  );
}

const kindOf = (form: FormShape): 'person' | 'arrangement' | 'other' => (form.filedFor === 'person' || form.filedFor === 'arrangement' ? form.filedFor : 'other');

function FormLine(props: { row: FormRow }) {
  const { say } = useWords();
  const worded = useWorded();
  const { form, about, filing, hasDraft } = props.row;
  return (
    <tr>
      <td className="wraps fills"><Link className="n" to="/desk/forms/$form" params={{ form: form.form }} search={about === '' ? {} : { about }}><b>{form.code}</b> {worded(form.title)}</Link></td>
      <td><bdi>{about}</bdi></td>
      <td>
        <FiledMark filing={filing} />
        {hasDraft && <span className="chip chip--open">{say('desk.draft')}</span>}
      </td>
      <td className="soft">{filing === undefined ? '–' : <><Time at={filing.at} form="date" /> <span className="faint">{say('desk.version', { n: filing.n })}</span></>}</td>
      <td><SourceTag of={form.provenance} /></td>
    </tr>
  );
}

export function FiledMark(props: { filing: Filing | undefined }) {
  const { say } = useWords();
  const { filing } = props;
  if (filing === undefined) return <StateMark tone="due">{say('desk.form.none')}</StateMark>;
  return filing.faults === 0 ? <StateMark tone="met">{say('desk.form.complete')}</StateMark> : <StateMark tone="due">{say('desk.form.faults', { count: filing.faults })}</StateMark>;
}

/** The ways on, each with the gates that the firm can meet itself. */
function Steps(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const forward = props.dossier.steps.filter((one) => one.way === 'forward');
  return (
    <>
      {forward.map((step) => {
        const met = step.gates.filter((gate) => gate.state === 'met').length;
        return (
          <section key={`${step.event}/${step.to.id}`}>
            <div className="head"><h3>{worded(step.title)}</h3><span className="head__note">{step.gates.length === 0 ? say('desk.gates.none') : say('desk.gates.note', { met, all: step.gates.length })}</span></div>
            {step.gates.length > 0 && (
              <div className="box">
                <table className="table desk__gates">
                  <thead className="hidden-text"><tr><th>{say('column.state')}</th><th>{say('firm.gate')}</th><th>{say('framework.clause')}</th><th>{say('column.source')}</th></tr></thead>
                  <tbody>
                    {step.gates.map((gate) => (
                      <tr key={gate.gate}>
                        <td><StateMark tone={gate.state === 'met' ? 'met' : 'due'}>{say(gate.state === 'met' ? 'desk.gate.met' : 'desk.gate.open')}</StateMark></td>
                        <td className="wraps fills">{worded(gate.title)}{gate.lacks.length > 0 && <ul className="desk__lacks" aria-label={say('desk.lacks')}>{gate.lacks.map((lack) => <li key={`${lack.what}/${lack.name}`}><LackLink lack={lack} /></li>)}</ul>}</td>
                        <td className="wraps soft desk__clause">{gate.provenance.clause === null ? '' : worded(gate.provenance.clause)}</td>
                        <td><SourceTag of={gate.provenance} /></td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )}
          </section>
        );
      })}
      <p className="note">{say('desk.gates.hidden')}</p>
    </>
  );
}

function Questions(props: { dossier: Dossier }) {
  const { say } = useWords();
  const open = props.dossier.letters.filter((one) => one.open);
  return (
    <section>
      <div className="head"><h3>{say('desk.questions')}</h3><span className="head__end"><Link to="/desk/letters">{say('desk.letters.all')}</Link></span></div>
      {open.length === 0 ? <p className="note">{say('desk.questions.none')}</p> : (
        <ul className="desk__list">
          {open.map((one) => <li key={one.entry}><StateMark tone="due"><Link className="n" to="/desk/letters" search={{ entry: one.entry }}><bdi>{one.subject}</bdi></Link></StateMark><span className="faint"><Time at={one.at} form="date" /></span></li>)}
        </ul>
      )}
    </section>
  );
}

/** Clocks that run, stand still or ran out; what the law leaves open stays open and says so. */
export function Clocks(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const dayText = useDayText();
  const clocks = props.dossier.clocks.toSorted((a, b) => Number(a.answer !== null) - Number(b.answer !== null));
  return (
    <section>
      <div className="head"><h3>{say('desk.clocks')}</h3></div>
      {clocks.length === 0 ? <p className="note">{say('desk.clocks.none')}</p> : (
        <table className="table table--dense desk__clocks">
          <thead className="hidden-text"><tr><th>{say('desk.clock')}</th><th>{say('column.state')}</th><th>{say('column.source')}</th></tr></thead>
          <tbody>
            {clocks.map((clock) => (
              <tr key={`${clock.clock}/${clock.startedAt}`}>
                <td className="wraps fills">{worded(clock.title)}{clock.ends === 'open' && clock.answer === null && <div className="note">{say('desk.clock.open')}</div>}{clock.provisional && <div className="note">{say('desk.provisional')}</div>}</td>
                <td><StateMark tone={clock.state === 'ran-out' ? 'due' : 'wait'} icon={clock.answer === null ? undefined : 'check'}>{clock.answer !== null ? <>{say('clock.answered')} <Time at={clock.answer.at} form="date" /></> : clock.state === 'answered' ? '' : clock.word ?? say(`desk.clock.${clock.state}`, { day: clock.day === null ? '' : dayText(clock.day) })}</StateMark></td>
                <td><SourceTag of={clock.provenance} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** What is owed next; the whole of it has a screen of its own. */
const owedMax = 5;

function Owed(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const { due, asOf } = props.dossier;
  const today = formatKarachiDay(karachiDay(instantOf(asOf)));
  return (
    <section>
      <div className="head"><h3>{say('desk.due')}</h3>{due.length > 0 && <span className="head__end"><Link to="/desk/obligations">{say('desk.due.all', { count: due.length })}</Link></span>}</div>
      {due.length === 0 ? <p className="note">{say('desk.due.none')}</p> : (
        <table className="table table--dense">
          <thead className="hidden-text"><tr><th>{say('desk.duty')}</th><th>{say('column.state')}</th><th>{say('column.source')}</th></tr></thead>
          <tbody>{due.slice(0, owedMax).map((one) => <tr key={`${one.obligation}/${one.occurrence}`}><td className="wraps fills">{worded(one.title)}</td><td><DueMark due={one} today={today} /></td><td><SourceTag of={one.provenance} /></td></tr>)}</tbody>
        </table>
      )}
    </section>
  );
}
