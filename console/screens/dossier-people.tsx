/**
 * People and owners: everyone whom a form names (controllers from 20 % and beneficial owners, key individuals), their
 * fitness as it was judged, and the screening. Who was not screened is not run, and the gate stays unmet.
 */
import { Link } from '@tanstack/react-router';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import type { Answered } from '../api.ts';
import { percent } from '../figures.ts';
import { ProofLink, SourceTag, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { useOpen } from './dossier-open.ts';
import { newest } from './dossier-rows.ts';
import { Findings } from './dossier-assessment.tsx';

const tones = { clear: 'met', review: 'due', match: 'breach', 'not-run': 'due' } as const satisfies Record<string, Tone>;

export function People(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const may = useMay();
  const { dossier } = props;
  const people = newest(dossier.forms).filter((one) => one.filedFor === 'person');
  const roles = dossier.steps.flatMap((step) => step.gates).flatMap((gate) => gate.lacks).filter((lack) => lack.what === 'role');
  const aboutPeople = new Set(dossier.weighed?.findings.filter((one) => one.about.length > 0).map((one) => one.gate));
  return (
    <div className="firm">
      <div className="stack">
        {may('dossier.assess') && dossier.firm.invented ? <Filled code={dossier.firm.code} /> : people.length === 0 ? <Empty title={say('people.none.title')}><p>{say('people.none.text')}</p></Empty> : <PeopleTable dossier={dossier} people={people} />}
        <RolesMissing roles={roles} />
        <Findings dossier={dossier} only={aboutPeople} />
      </div>
      <div className="stack"><Screening dossier={dossier} /></div>
    </div>
  );
}

type Told = Answered<'firmPeople'>;
type Person = Told['positions'][number]['filledBy'][number];

/** Key individuals by position, and owners by share, as the authority's officers judge them. */
function Filled(props: { code: string }) {
  return <Answer query={useAnswer('firmPeople', { params: { code: props.code } })} bones={8}>{(told) => <><Individuals told={told} /><Owners told={told} /></>}</Answer>;
}

function Individuals(props: { told: Told }) {
  const { say } = useWords();
  const worded = useWorded();
  const { told } = props;
  return (
    <section>
      <div className="head"><h3>{say('people.individuals')}</h3><span className="head__note">{say('people.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('people.position')}</th><th>{say('people.who')}</th><th>{say('people.fitness')}</th><th>{say('people.screened')}</th></tr></thead>
          <tbody>{told.positions.filter((one) => one.needed !== 'named' || one.filledBy.length > 0).flatMap((one) => (one.filledBy.length === 0
            ? [<tr key={one.role}><td className="fills">{worded(one.title)}</td><td colSpan={3}><StateMark tone="due" icon="dash">{say('people.unfilled')}</StateMark></td></tr>]
            : one.filledBy.map((person) => <tr key={`${one.role} ${person.form} ${person.about}`}><td className="fills">{worded(one.title)}</td><PersonCells person={person} code={told.firm.code} /></tr>)))}</tbody>
        </table>
      </div>
    </section>
  );
}

function Owners(props: { told: Told }) {
  const { say } = useWords();
  const { told } = props;
  const from = told.controlFrom;
  return (
    <section>
      <div className="head"><h3>{say('people.owners')}</h3>{from !== null && <span className="head__note">{from.share === null ? say('people.control.unset') : say('people.control', { share: percent(from.share) })} <SourceTag of={from.provenance} /></span>}</div>
      {told.owners.length === 0 ? <p className="note">{say('people.owners.none')}</p> : (
        <div className="box">
          <table className="table table--dense">
            <thead><tr><th className="num">{say('people.share')}</th><th>{say('people.who')}</th><th>{say('people.fitness')}</th><th>{say('people.screened')}</th></tr></thead>
            <tbody>{told.owners.map((one) => <tr key={`${one.form} ${one.about}`}><td className="num">{one.share === null ? '–' : <bdi dir="ltr">{percent(one.share)}</bdi>}{one.controls === true && <span className="note block">{say('people.controls')}</span>}</td><PersonCells person={one} code={told.firm.code} /></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function PersonCells(props: { person: Person; code: string }) {
  const { say } = useWords();
  const { person } = props;
  return (
    <>
      <td><Link className="n" to="/applications/$code" params={{ code: props.code }} search={{ tab: 'filed', open: person.answers }}><bdi>{person.about}</bdi> {person.code}</Link> <span className="faint"><Time at={person.at} form="date" /></span></td>
      <td>{person.fitness === null ? <StateMark tone="due" icon="dash">{say('people.fitness.none')}</StateMark> : <><StateMark tone={person.fitness.fit ? 'met' : 'breach'}>{say(person.fitness.fit ? 'judge.fit' : 'judge.not-fit')}</StateMark> <ProofLink entry={person.fitness.entry} /></>}</td>
      <td><StateMark tone={tones[person.screening]}>{say(`screened.${person.screening}`)}</StateMark></td>
    </>
  );
}

function PeopleTable(props: { dossier: DossierAnswer; people: DossierAnswer['forms'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const forms = useAnswer('forms', {});
  const { dossier, people } = props;
  const means = (form: string): string => { const term = forms.data?.forms.find((one) => one.form === form); return term === undefined ? '' : worded(term.means); };
  return (
    <section>
      <div className="head"><h3>{say('people.title')}</h3><span className="head__note">{say('people.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('people.who')}</th><th>{say('filed.form')}</th><th>{say('people.position')}</th><th>{say('column.at')}</th><th>{say('people.screened')}</th></tr></thead>
          <tbody>
            {people.map((one) => {
              const result = screened(dossier, one);
              return (
                <tr key={`${one.form}/${one.about}`}>
                  <td className="fills"><bdi>{one.about === '' ? say('people.firm') : one.about}</bdi></td>
                  <td><Link className="n" to="/applications/$code" params={{ code: dossier.firm.code }} search={{ tab: 'filed', open: one.answers }} title={means(one.form)}>{one.code}</Link></td>
                  <td className="soft">{one.roles.map((role) => worded(role.title)).join(say('comma'))}</td><td className="soft"><Time at={one.at} form="date" /></td>
                  <td><StateMark tone={tones[result]}>{say(`screened.${result}`)}</StateMark></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** The result for a filing, by a screening that came after it; a later version of the filing was not screened. */
function screened(dossier: DossierAnswer, filing: DossierAnswer['forms'][number]): keyof typeof tones {
  const screening = dossier.weighed?.screening ?? null;
  if (screening === null || screening.at < filing.at) return 'not-run';
  return screening.results.find((one) => one.form === filing.form && one.about === filing.about)?.result ?? 'not-run';
}

function RolesMissing(props: { roles: DossierAnswer['steps'][number]['gates'][number]['lacks'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const roles = [...new Map(props.roles.map((lack) => [lack.name, lack])).values()];
  if (roles.length === 0) return null;
  return <p className="note">{say('people.roles.missing', { roles: roles.map((lack) => worded(lack.title)).join(say('comma')) })}</p>;
}

function Screening(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const open = useOpen();
  const screening = props.dossier.weighed?.screening ?? null;
  return (
    <section>
      <div className="head">
        <h3>{say('people.screening')}</h3>
        {may('dossier.assess') && <span className="head__end"><button type="button" className="button button--small" onClick={() => open({ what: 'screen' })}>{say('dossier.screen')}</button></span>}
      </div>
      {screening === null ? <p className="note"><StateMark tone="due">{say('screened.not-run')}</StateMark> {say('people.screening.none')}</p> : (
        <>
          <p className="note"><Time at={screening.at} form="short" /> · <bdi>{screening.by}</bdi> · <ProofLink entry={screening.entry} /></p>
          <dl className="dl">{screening.lists.map((one) => <Line key={one.list} title={worded(one.title)} version={one.version} />)}</dl>
        </>
      )}
    </section>
  );
}

function Line(props: { title: string; version: string }) {
  return <><dt>{props.title}</dt><dd><bdi className="code">{props.version}</bdi></dd></>;
}
