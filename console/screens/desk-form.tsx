/**
 * One form of the firm's: what was filed, version by version, or the next version in preparation. What names natural
 * persons was sealed and is shown to nobody here. The address names form, subject and version, so a colleague sees the same.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Fragment, useState, type FormEvent } from 'react';
import { draftKey, readDraft } from '../form-draft.ts';
import { isWritten, rowsOf, sheetOf, type FormShape, type SectionShape, type Sheet } from '../form-answers.ts';
import { SourceTag, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { useWorded, useWords } from '../words.tsx';
import { FiledMark } from './desk-application.tsx';
import { Editor } from './desk-editor.tsx';
import { useWrittenText } from './desk-field.tsx';
import { OwnDossier, answersOf, type Dossier, type DocumentRow, type Filing } from './desk-parts.tsx';

export function OneForm() {
  const { form: name } = useParams({ from: '/desk/forms/$form' });
  const { about } = useSearch({ from: '/desk/forms/$form' });
  const { say } = useWords();
  const forms = useAnswer('forms', {});
  return (
    <OwnDossier>
      {(dossier) => (
        <Answer query={forms} bones={12}>
          {({ forms: all }) => {
            const form = all.find((one) => one.form === name);
            if (form === undefined) return <Empty title={say('desk.form.unknown')} actions={<Link className="button" to="/desk">{say('nav.desk')}</Link>}><p>{say('desk.form.unknown.text')}</p></Empty>;
            const needsSubject = form.filedFor !== 'firm' && about === undefined;
            return <div className="desk-form"><FormHead form={form} about={about ?? ''} />{needsSubject ? <Subject form={form} dossier={dossier} /> : <Versions key={`${form.form}/${about ?? ''}`} form={form} dossier={dossier} about={about ?? ''} />}</div>;
          }}
        </Answer>
      )}
    </OwnDossier>
  );
}

function FormHead(props: { form: FormShape; about: string }) {
  const { say } = useWords();
  const worded = useWorded();
  const { form } = props;
  return (
    <>
      <p className="note"><Link to="/desk">{say('nav.desk')}</Link></p>
      <div className="firm__head"><h2><span className="code">{form.code}</span> {worded(form.title)}</h2>{props.about !== '' && <span className="chip chip--open"><bdi>{props.about}</bdi></span>}<SourceTag of={form.provenance} />{form.provenance.clause !== null && <span className="faint">{worded(form.provenance.clause)}</span>}</div>
      <p className="soft">{worded(form.means)}</p>
    </>
  );
}

/** Which person, arrangement or period a filing is about: a short name of the firm's own, never a person's. */
function Subject(props: { form: FormShape; dossier: Dossier }) {
  const { say } = useWords();
  const navigate = useNavigate();
  const [about, setAbout] = useState('');
  const isShort = /^[a-z0-9-]{1,60}$/.test(about);
  const known = [...new Set(props.dossier.forms.filter((one) => one.form === props.form.form).map((one) => one.about))];
  const go = (event: FormEvent): void => {
    event.preventDefault();
    if (isShort) void navigate({ to: '/desk/forms/$form', params: { form: props.form.form }, search: { about } });
  };
  return (
    <form className="desk-form__subject" onSubmit={go}>
      <label className="field"><span>{say('desk.subject.name')}</span>
        <input className="input" dir="ltr" autoFocus maxLength={60} spellCheck={false} value={about} aria-describedby="subject-hint" onChange={(event) => setAbout(event.target.value.toLowerCase().replaceAll(' ', '-'))} />
      </label>
      <p className="note" id="subject-hint">{say('desk.subject.hint')}</p>
      <button type="submit" className="button button--primary" aria-disabled={!isShort}>{say('sign-in.next')}</button>
      {known.length > 0 && <p className="note">{say('desk.subject.known')} {known.map((one, place) => <Fragment key={one}>{place > 0 && say('comma')}<Link className="n" to="/desk/forms/$form" params={{ form: props.form.form }} search={{ about: one }}><bdi>{one}</bdi></Link></Fragment>)}</p>}
    </form>
  );
}

function Versions(props: { form: FormShape; dossier: Dossier; about: string }) {
  const { form, dossier, about } = props;
  const { staff } = useSession();
  const { n, edit } = useSearch({ from: '/desk/forms/$form' });
  const versions = dossier.forms.filter((one) => one.form === form.form && one.about === about).toSorted((a, b) => b.n - a.n);
  const [last] = versions;
  if (last !== undefined && edit !== 'yes') return <Filed form={form} dossier={dossier} versions={versions} shown={versions.find((one) => one.n === n) ?? last} hasDraft={readDraft(draftKey(staff.id, dossier.firm.code, form.form, about)) !== null} />;
  return last === undefined ? <Editor form={form} dossier={dossier} about={about} before={{}} next={1} /> : <EditFrom form={form} dossier={dossier} about={about} last={last} />;
}

function useFiled(code: string, filing: Filing) {
  return useQuery({ queryKey: ['filed-answers', code, filing.answers], queryFn: () => answersOf(code, filing), staleTime: Infinity });
}

/** The next version begins with what the last one said in the open. */
function EditFrom(props: { form: FormShape; dossier: Dossier; about: string; last: Filing }) {
  const filed = useFiled(props.dossier.firm.code, props.last);
  return <Answer query={filed} bones={12}>{(answers) => <Editor form={props.form} dossier={props.dossier} about={props.about} before={sheetOf(answers.answers)} next={props.last.n + 1} />}</Answer>;
}

function Filed(props: { form: FormShape; dossier: Dossier; versions: readonly Filing[]; shown: Filing; hasDraft: boolean }) {
  const { say } = useWords();
  const { form, dossier, versions, shown } = props;
  const filed = useFiled(dossier.firm.code, shown);
  const isOpen = form.stages.includes(dossier.stage.id);
  const search = shown.about === '' ? {} : { about: shown.about };
  return (
    <>
      <p className="desk-form__state">
        <FiledMark filing={shown} />
        <span>{say('desk.version', { n: shown.n })} · <Time at={shown.at} form="short" /></span>
        {shown.sealed && <span className="chip">{say('desk.sealed.there')}</span>}
        {isOpen ? <Link className="button button--primary" to="/desk/forms/$form" params={{ form: form.form }} search={{ ...search, edit: 'yes' }}>{say(props.hasDraft ? 'desk.form.go-on' : 'desk.form.next')}</Link> : <span className="note">{say('desk.form.closed')}</span>}
      </p>
      {versions.length > 1 && (
        <nav className="desk-form__versions" aria-label={say('desk.versions')}>
          {versions.map((one) => <Link key={one.n} className="chip chip--open" to="/desk/forms/$form" params={{ form: form.form }} search={{ ...search, n: one.n }} activeOptions={{ exact: true, includeSearch: true }} aria-current={one.n === shown.n ? 'page' : undefined}>{say('desk.version', { n: one.n })}</Link>)}
        </nav>
      )}
      <Answer query={filed} bones={12}>
        {({ answers, sealedFields }) => form.sections.map((section) => <FiledSection key={section.section} section={section} sheet={sheetOf(answers)} sealed={new Set(sealedFields)} documents={dossier.documents} />)}
      </Answer>
    </>
  );
}

function FiledSection(props: { section: SectionShape; sheet: Sheet; sealed: ReadonlySet<string>; documents: readonly DocumentRow[] }) {
  const { say } = useWords();
  const worded = useWorded();
  const textOf = useWrittenText();
  const { section, sealed } = props;
  return (
    <section>
      <div className="head"><h3><span className="code">{section.number}</span> {worded(section.title)}</h3></div>
      {rowsOf(props.sheet, section).map((row, place) => (
        <dl className="dl desk-form__filed" key={place}>
          {section.fields.map((field) => {
            const value = row[field.field];
            return (
              <Fragment key={field.field}>
                <dt>{worded(field.label)}</dt>
                <dd>
                  {isWritten(value) ? <bdi className="words">{textOf(field, value, props.documents)}</bdi>
                    : field.identity && sealed.has(`${section.section}.${field.field}`) ? <span className="faint">{say('desk.sealed.there')}</span>
                      : <span className={field.required ? 'state state--due' : 'faint'}>{say(field.required ? 'desk.missing' : 'desk.not-given')}</span>}
                </dd>
              </Fragment>
            );
          })}
        </dl>
      ))}
    </section>
  );
}
