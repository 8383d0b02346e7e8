/** What a firm filed: forms with their answers and how complete they are, documents with their versions; each opens. */
import { Link, useSearch } from '@tanstack/react-router';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { whole } from '../figures.ts';
import { StateMark, Time } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { FormAnswers, SaveDocument } from './dossier-object.tsx';
import { newest, newestDocuments } from './dossier-rows.ts';

export function Filed(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const { open } = useSearch({ from: '/applications/$code' });
  const shown = dossier.forms.find((one) => one.answers === open);
  if (dossier.forms.length + dossier.documents.length === 0) return <Empty title={say('filed.none.title')}><p>{say('filed.none.text')}</p></Empty>;
  return (
    <div className="firm">
      <div className="stack"><Forms dossier={dossier} /><Documents dossier={dossier} /></div>
      <div className="stack">
        <Missing dossier={dossier} />
        {shown === undefined ? <p className="note">{say('filed.choose')}</p> : <FormSheet dossier={dossier} form={shown} />}
      </div>
    </div>
  );
}

function Forms(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier } = props;
  const { open } = useSearch({ from: '/applications/$code' });
  const forms = newest(dossier.forms);
  if (forms.length === 0) return null;
  return (
    <section>
      <div className="head"><h3>{say('filed.forms')}</h3><span className="head__note">{say('filed.complete', { complete: forms.filter((one) => one.faults === 0).length, forms: forms.length })}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('filed.form')}</th><th>{say('filed.about')}</th><th className="num">{say('filed.version')}</th><th>{say('column.at')}</th><th>{say('column.state')}</th></tr></thead>
          <tbody>
            {forms.map((one) => (
              <tr key={`${one.form}/${one.about}`} aria-selected={one.answers === open ? true : undefined}>
                <td className="wraps fills"><Link className="n" to="/applications/$code" params={{ code: dossier.firm.code }} search={{ tab: 'filed', open: one.answers }} aria-current={one.answers === open ? 'true' : undefined}>{one.code} {worded(one.title)}</Link></td>
                <td><bdi>{one.about}</bdi></td><td className="num">{one.n}</td><td className="soft"><Time at={one.at} form="date" /></td>
                <td>{one.faults === 0 ? <StateMark tone="met">{say('filed.whole')}</StateMark> : <StateMark tone="due">{say('filed.faults', { count: one.faults })}</StateMark>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function FormSheet(props: { dossier: DossierAnswer; form: DossierAnswer['forms'][number] }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, form } = props;
  const versions = dossier.forms.filter((one) => one.form === form.form && one.about === form.about).toSorted((a, b) => b.n - a.n);
  return (
    <article className="aside answers">
      <h3>{form.code} {worded(form.title)} <bdi className="faint">{form.about}</bdi></h3>
      <p className="note">
        {versions.map((one) => <span key={one.n}><Link className="n" to="/applications/$code" params={{ code: dossier.firm.code }} search={{ tab: 'filed', open: one.answers }} aria-current={one.n === form.n ? 'true' : undefined}>{say('dossier.version-n', { n: one.n })}</Link> <Time at={one.at} form="date" /> </span>)}
      </p>
      <FormAnswers code={dossier.firm.code} form={form.form} sha256={form.answers} sealed={form.sealed} />
      <p className="note">{say('filed.hash')} <span className="code code--wraps">{form.answers}</span></p>
    </article>
  );
}

function Documents(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const documents = newestDocuments(dossier.documents);
  if (documents.length === 0) return null;
  return (
    <section>
      <div className="head"><h3>{say('filed.documents')}</h3><span className="head__note">{say('filed.documents.note')}</span></div>
      <div className="box">
        <table className="table table--dense">
          <thead><tr><th>{say('filed.document')}</th><th>{say('filed.version')}</th><th>{say('column.at')}</th><th className="num">{say('filed.pages')}</th><th>{say('column.state')}</th><th className="num"><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
          <tbody>
            {documents.map((one) => (
              <tr key={one.document}>
                <td className="wraps fills"><bdi>{one.title}</bdi></td>
                <td className="soft">{say('dossier.version-n', { n: one.n })} <bdi className="faint">{one.label}</bdi></td><td className="soft"><Time at={one.at} form="date" /></td><td className="num">{whole(one.pages)}</td>
                <td>{one.searchable ? <StateMark tone="met">{say('filed.searchable')}</StateMark> : <StateMark tone="breach" icon="cross">{say('lack.not-searchable')}</StateMark>}{one.board && <span className="note"> · {say('filed.board')}</span>}</td>
                <td className="num"><SaveDocument code={dossier.firm.code} sha256={one.sha256} name={`${dossier.firm.code}-${one.document}-${one.n}`} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

/** Completeness: what the gates that are met by filing still lack. */
function Missing(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const gates = props.dossier.steps.flatMap((step) => step.gates).filter((gate) => gate.shown === 'filed');
  const lacks = [...new Map(gates.flatMap((gate) => gate.lacks).map((lack) => [`${lack.what} ${lack.name}`, lack])).values()];
  if (gates.length === 0) return null;
  return (
    <section>
      <div className="head"><h3>{say('filed.missing')}</h3><span className="head__note">{lacks.length === 0 ? say('filed.missing.none') : whole(lacks.length)}</span></div>
      {lacks.length > 0 && (
        <div className="box">
          <table className="table table--dense">
            <thead className="hidden-text"><tr><th>{say('filed.what')}</th><th>{say('column.state')}</th></tr></thead>
            <tbody>{lacks.map((lack) => <tr key={`${lack.what} ${lack.name}`}><td className="wraps fills">{worded(lack.title)}</td><td className="num"><StateMark tone="due">{say(`lack.${lack.why}`)}</StateMark></td></tr>)}</tbody>
          </table>
        </div>
      )}
    </section>
  );
}
