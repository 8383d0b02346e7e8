/**
 * The next version of a form in preparation. Open answers are kept in this browser as they are written; names stay in
 * this page alone until they are sealed. Filing is one act: seal, send, and show what the version still lacks. What
 * the server refuses stands at its field with code, meaning and remedy, and nothing written is lost.
 */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Refusal, call } from '../api.ts';
import { doAction, useActions, useMay, type Action } from '../actions.tsx';
import { draftKey, dropDraft, keepDraft, readDraft } from '../form-draft.ts';
import { REPEATS_MAX, addRow, countForm, countGiven, openPart, placeOf, removeRow, rowsOf, splitForm, write, type FormShape, type SectionShape, type Sheet, type Written } from '../form-answers.ts';
import { sealAnswers } from '../form-seal.ts';
import { Icon } from '../parts/icon.tsx';
import { Keys, StateMark, Time } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { ErrorPanel, useRefusalWords } from '../parts/states.tsx';
import { useSession } from '../session.tsx';
import { useWorded, useWords } from '../words.tsx';
import { Field } from './desk-field.tsx';
import { useAct, type Dossier } from './desk-parts.tsx';

/** Milliseconds of quiet after which what was written is kept. */
const keepAfterMs = 400;

interface EditorProps {
  readonly form: FormShape;
  readonly dossier: Dossier;
  readonly about: string;
  /** What the last version said in the open. */
  readonly before: Sheet;
  /** The number that this version will have. */
  readonly next: number;
}

/** The sheet in hand: names stay in the page's memory, and are forgotten when the person signs out. */
function useSheet(props: EditorProps) {
  const { staff } = useSession();
  const client = useQueryClient();
  const key = draftKey(staff.id, props.dossier.firm.code, props.form.form, props.about);
  const [sheet, setSheet] = useState<Sheet>(() => client.getQueryData<Sheet>(['sheet-in-hand', key]) ?? readDraft(key)?.sheet ?? props.before);
  const [keptAt, setKeptAt] = useState<number | null>(() => readDraft(key)?.at ?? null);
  const isTouched = useRef(false);
  useEffect(() => {
    if (!isTouched.current) return undefined;
    const timer = setTimeout(() => setKeptAt(keepDraft(key, openPart(props.form, sheet))), keepAfterMs);
    return () => clearTimeout(timer);
  }, [key, sheet, props.form]);
  const change = (next: Sheet): void => {
    isTouched.current = true;
    setSheet(next);
    client.setQueryDefaults(['sheet-in-hand'], { gcTime: Infinity });
    client.setQueryData(['sheet-in-hand', key], next);
  };
  const forget = (): void => {
    isTouched.current = false;
    dropDraft(key);
    client.removeQueries({ queryKey: ['sheet-in-hand', key] });
    setKeptAt(null);
  };
  return { sheet, change, keptAt, forget, reset: () => { forget(); setSheet(props.before); } };
}

export function Editor(props: EditorProps) {
  const { say } = useWords();
  const navigate = useNavigate();
  const may = useMay();
  const { form, dossier, about } = props;
  const { sheet, change, keptAt, forget, reset } = useSheet(props);
  const { code } = dossier.firm;
  const { asked, given } = countForm(form, sheet);
  const filing = useAct(async () => {
    const { answers, sealed, sealedFields } = splitForm(form, sheet);
    const jwe = Object.keys(sealed).length === 0 ? undefined : await sealAnswers(form.form, about, sealed);
    return call('fileForm', { params: { code }, body: { form: form.form, about, answers, sealedFields: jwe === undefined ? [] : sealedFields, ...(jwe === undefined ? {} : { sealed: jwe }) } });
  }, () => {
    forget();
    void navigate({ to: '/desk/forms/$form', params: { form: form.form }, search: about === '' ? {} : { about } });
  });
  const isOpen = form.stages.includes(dossier.stage.id);
  const blocked = !may('dossier.file') ? say('bar.no-permission') : !isOpen ? say('desk.form.closed') : filing.isPending ? say('desk.sending') : null;
  const file: Action = { name: 'file-form', label: say('desk.form.file', { n: props.next, code: form.code }), group: 'here', permission: 'dossier.file', keys: 'mod+enter', blocked, perform: () => filing.mutate(undefined) };
  const discard: Action = { name: 'discard-draft', label: say('desk.draft.discard'), group: 'here', permission: 'dossier.file', blocked: keptAt === null ? say('desk.draft.none') : null, perform: reset };
  useActions([file, discard]);
  const wrong = usePlaceRefusal(filing.error);
  return (
    <>
      <div className="desk-editor">
        <SectionList form={form} sheet={sheet} />
        <div className="desk-editor__sheet">
          {!isOpen && <p className="flag"><Icon name="warn" />{say('desk.form.closed')}</p>}
          {form.sections.some((section) => section.fields.some((field) => field.identity)) && <p className="flag"><Icon name="lock" />{say(props.next > 1 ? 'desk.sealed.again' : 'desk.sealed.note')}</p>}
          {form.sections.map((section) => <Section key={section.section} section={section} sheet={sheet} change={change} wrong={wrong} form={form.form} dossier={dossier} />)}
          {filing.error !== null && wrong === null && <ErrorPanel error={filing.error} title={say('desk.form.refused')} />}
        </div>
      </div>
      <div className="desk-editor__foot">
        <StateMark tone={given === asked ? 'met' : 'due'}>{say('desk.given', { given, asked })}</StateMark>
        <span className="note" role="status">{keptAt === null ? say('desk.draft.none') : <>{say('desk.draft.kept')} <Time at={keptAt} form="minute" /></>}</span>
        {wrong !== null && <span className="field__error">{say('desk.form.refused')}</span>}
        <span className="bar__end">
          <button type="button" className="button button--quiet" aria-disabled={discard.blocked !== null} title={discard.blocked ?? undefined} onClick={() => doAction(discard)}>{discard.label}</button>
          <button type="button" className={blocked === null ? 'button button--primary' : 'button'} aria-disabled={blocked !== null} title={blocked ?? undefined} onClick={() => doAction(file)}>{file.label} <Keys keys="mod+enter" /></button>
        </span>
      </div>
    </>
  );
}

/** A refusal that names a place of the form; null for every other one. */
interface PlaceRefusal {
  readonly place: string;
  readonly says: ReactNode;
}

function usePlaceRefusal(error: unknown): PlaceRefusal | null {
  const { say } = useWords();
  const words = useRefusalWords();
  const code = error instanceof Refusal ? error.problem.code : '';
  const place = error instanceof Refusal && (code === 'FORM_ANSWER_INVALID' || code === 'FORM_IDENTITY_OPEN') && typeof error.problem.detail === 'string' ? error.problem.detail : null;
  // Each refusal anew, also of the same place: whoever mends a field by halves is led back to it.
  useEffect(() => {
    if (place === null || error === null) return;
    const field = document.querySelector(`[data-place="${CSS.escape(place)}"]`);
    field?.scrollIntoView({ block: 'center' });
    const control = field?.querySelector('input, select, textarea');
    if (control instanceof HTMLElement) control.focus({ preventScroll: true });
  }, [place, error]);
  if (place === null || place === 'sealed') return null;
  const { what } = words(error);
  return { place, says: <>{code === 'FORM_ANSWER_INVALID' ? say('desk.refused.type') : <Prose>{what}</Prose>} <bdi className="code">{code}</bdi></> };
}

function SectionList(props: { form: FormShape; sheet: Sheet }) {
  const { say } = useWords();
  const worded = useWorded();
  const go = (name: string): void => {
    const heading = document.getElementById(`section-${name}`);
    heading?.scrollIntoView({ block: 'start' });
    heading?.focus({ preventScroll: true });
  };
  return (
    <nav className="desk-editor__list" aria-label={say('desk.sections')}>
      <ol>
        {props.form.sections.map((section) => {
          const { asked, given } = countGiven(section, props.sheet);
          return (
            <li key={section.section}>
              <button type="button" onClick={() => go(section.section)}>
                <span className="code">{section.number}</span><span>{worded(section.title)}</span>
                <span className={given === asked ? 'state state--met' : 'faint'}>{given === asked && <Icon name="check" />}<span className="tabular">{say('desk.of', { given, asked })}</span></span>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function Section(props: { section: SectionShape; sheet: Sheet; change: (sheet: Sheet) => void; wrong: PlaceRefusal | null; form: string; dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const { section, sheet, change, wrong } = props;
  const rows = rowsOf(sheet, section);
  return (
    <section className="desk-section">
      <div className="head"><h3 id={`section-${section.section}`} tabIndex={-1}><span className="code">{section.number}</span> {worded(section.title)}</h3>{section.repeats && <span className="head__note">{say('desk.rows', { count: rows.length })}</span>}</div>
      {rows.map((row, at) => {
        const fields = section.fields.map((field) => {
          const place = placeOf(section, at, field.field);
          const says = wrong !== null && (wrong.place === place || (wrong.place === `${section.section}.${field.field}` && at === 0)) ? wrong.says : null;
          return <Field key={field.field} field={field} place={place} value={row[field.field]} error={says} onChange={(value: Written | undefined) => change(write(sheet, section, at, field.field, value))} documents={props.dossier.documents} code={props.dossier.firm.code} form={props.form} />;
        });
        if (!section.repeats) return <div key={at} className="desk-section__row">{fields}</div>;
        return (
          <fieldset key={at} className="desk-section__row desk-section__row--one">
            <legend>{say('desk.row', { n: at + 1 })}</legend>
            {fields}
            {rows.length > 1 && <button type="button" className="button button--quiet" onClick={() => change(removeRow(sheet, section, at))}>{say('desk.row.remove', { n: at + 1 })}</button>}
          </fieldset>
        );
      })}
      {section.repeats && <button type="button" className="button" aria-disabled={rows.length >= REPEATS_MAX} onClick={() => change(addRow(sheet, section))}>{say('desk.row.add')}</button>}
    </section>
  );
}
