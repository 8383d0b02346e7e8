/**
 * One field of a form, drawn by its type: a label, what may stand in it with its unit, and what the server refused.
 * A field that names a natural person wears a lock: it is sealed in this browser before it leaves. Of a document that
 * names a person only the SHA-256 leaves, and that sealed too.
 */
import { useId, useMemo, useState, type ReactNode } from 'react';
import { countries } from '../countries.ts';
import { isWritten, type FieldShape, type Written } from '../form-answers.ts';
import { Icon } from '../parts/icon.tsx';
import { useWorded, useWords, type WordKey } from '../words.tsx';
import { DocumentField } from './desk-upload.tsx';
import type { DocumentRow } from './desk-parts.tsx';

export interface FieldProps {
  readonly field: FieldShape;
  /** The place as the server names it; the field is found by it. */
  readonly place: string;
  readonly value: Written | undefined;
  readonly error: ReactNode;
  readonly onChange: (value: Written | undefined) => void;
  readonly documents: readonly DocumentRow[];
  readonly code: string;
  readonly form: string;
}

/** Unit and form of each type; types that need no word have none. */
const hints: Readonly<Record<string, WordKey>> = {
  number: 'desk.type.number', money: 'desk.type.money', share: 'desk.type.share', document: 'desk.type.document', wallet: 'desk.type.wallet', signature: 'desk.type.signature', phone: 'desk.type.phone',
};

export function Field(props: FieldProps) {
  const { say } = useWords();
  const worded = useWorded();
  const id = useId();
  const { field, error } = props;
  const hint = field.identity && field.type === 'document' ? 'desk.type.kept-document' : hints[field.type];
  const label = <>{worded(field.label)} {!field.required && <span className="faint">{say('desk.optional')}</span>}{field.identity && <span className="desk-field__sealed" title={say('desk.sealed.why')}><Icon name="lock" />{say('desk.sealed')}</span>}</>;
  const about = [hint === undefined ? '' : `${id}-hint`, error === null ? '' : `${id}-error`].filter((one) => one !== '').join(' ');
  const control: Control = { ...props, id, about: about === '' ? undefined : about, isWrong: error !== null };
  const isGroup = field.type === 'yes-no' || field.type === 'services';
  const notes = (
    <>
      {hint !== undefined && <p className="note" id={`${id}-hint`}>{say(hint)}</p>}
      {error !== null && <p className="field__error" id={`${id}-error`} role="alert">{error}</p>}
    </>
  );
  return isGroup
    ? <fieldset className="field desk-field" data-place={props.place} aria-describedby={control.about}><legend>{label}</legend><Choices {...control} />{notes}</fieldset>
    : <div className="field desk-field" data-place={props.place}><label htmlFor={id}>{label}</label><Input {...control} />{notes}</div>;
}

export type Control = FieldProps & { readonly id: string; readonly about: string | undefined; readonly isWrong: boolean };

const textOf = (value: Written | undefined): string => (typeof value === 'string' ? value : '');

function Input(props: Control) {
  const { field, value, onChange } = props;
  const rest = { id: props.id, className: 'input', 'aria-describedby': props.about, 'aria-invalid': props.isWrong, 'aria-required': field.required };
  const text = textOf(value);
  switch (field.type) {
    case 'long-text': return <textarea {...rest} maxLength={20_000} rows={4} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'choice': case 'role': return <Options control={rest} options={field.choices ?? []} value={text} onChange={onChange} />;
    case 'country': return <Countries control={rest} value={text} onChange={onChange} />;
    case 'date': return <input {...rest} type="date" value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'document': return <DocumentField {...props} />;
    case 'number': case 'money': case 'share': return <input {...rest} inputMode="decimal" dir="ltr" maxLength={20} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'email': return <input {...rest} type="email" dir="ltr" maxLength={260} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'phone': return <input {...rest} type="tel" dir="ltr" maxLength={40} value={text} onChange={(event) => onChange(event.target.value)} />;
    case 'wallet': return <input {...rest} dir="ltr" maxLength={500} spellCheck={false} value={text} onChange={(event) => onChange(event.target.value)} />;
    default: return <input {...rest} dir="auto" maxLength={500} value={text} onChange={(event) => onChange(event.target.value)} />;
  }
}

type Rest = { readonly id: string; readonly className: string; readonly 'aria-describedby': string | undefined; readonly 'aria-invalid': boolean; readonly 'aria-required': boolean };

function Options(props: { control: Rest; options: NonNullable<FieldShape['choices']>; value: string; onChange: (value: string) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  return (
    <select {...props.control} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{say('desk.choose')}</option>
      {props.options.map((one) => <option key={one.choice} value={one.choice}>{worded(one.label)}</option>)}
    </select>
  );
}

function Countries(props: { control: Rest; value: string; onChange: (value: string) => void }) {
  const { say, language } = useWords();
  const all = useMemo(() => countries(language), [language]);
  return (
    <select {...props.control} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
      <option value="">{say('desk.choose')}</option>
      {all.map((one) => <option key={one.code} value={one.code}>{one.name} ({one.code})</option>)}
    </select>
  );
}

/** Yes or no, or several of a list. */
function Choices(props: Control) {
  const { say } = useWords();
  const worded = useWorded();
  const { field, value, onChange, id } = props;
  if (field.type === 'yes-no') {
    return (
      <div className="desk-field__row">
        {([true, false] as const).map((one) => <label key={String(one)} className="choice"><input type="radio" name={id} checked={value === one} onChange={() => onChange(one)} />{say(one ? 'desk.yes' : 'desk.no')}</label>)}
        {isWritten(value) && <button type="button" className="n" onClick={() => onChange(undefined)}>{say('desk.clear')}</button>}
      </div>
    );
  }
  const chosen: readonly string[] = Array.isArray(value) ? value : [];
  return (
    <div className="desk-field__many">
      {(field.choices ?? []).map((one) => (
        <label key={one.choice} className="choice">
          <input type="checkbox" checked={chosen.includes(one.choice)} onChange={(event) => onChange(event.target.checked ? [...chosen, one.choice] : chosen.filter((each) => each !== one.choice))} />{worded(one.label)}
        </label>
      ))}
    </div>
  );
}

/** A value as a reader sees it, in a form that was filed. */
export function useWrittenText(): (field: FieldShape, value: Written | undefined, documents: readonly DocumentRow[]) => string {
  const { say, language } = useWords();
  const worded = useWorded();
  const [names] = useState(() => new Map(countries(language).map((one) => [one.code, one.name])));
  return (field, value, documents) => {
    if (!isWritten(value)) return '';
    if (typeof value === 'boolean') return say(value ? 'desk.yes' : 'desk.no');
    const label = (choice: string): string => { const found = field.choices?.find((one) => one.choice === choice); return found === undefined ? choice : worded(found.label); };
    if (typeof value !== 'string') return value.map(label).join(say('comma'));
    if (field.type === 'document') { const found = documents.find((one) => one.sha256 === value); return found === undefined ? value : `${found.title} · ${found.label}`; }
    if (field.type === 'country') return names.get(value) ?? value;
    return field.choices === null ? value : label(value);
  };
}
