/**
 * Files of a firm. A PDF is filed in the dossier and named by its SHA-256; one that names natural persons stays with
 * the firm, and only its SHA-256 is put under the seal. The size is bounded here as at the door.
 */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Refusal, call, type Answered } from '../api.ts';
import { sha256Of } from '../form-seal.ts';
import { StateMark } from '../parts/marks.tsx';
import { Refused } from '../parts/refused.tsx';
import { useWords } from '../words.tsx';
import type { Control } from './desk-field.tsx';
import { useAct, type DocumentRow } from './desk-parts.tsx';

/** Bytes of a document, as the door has it. */
const documentBytesMax = 8 * 1024 * 1024;

export interface Upload {
  readonly document: string;
  readonly title: string;
  readonly label: string;
  readonly language: 'en' | 'ur';
  readonly file: File;
  readonly board?: string;
}

/** Files a document. A file that is too large is refused before it is sent, by the code that the door would give. */
export async function upload(code: string, wanted: Upload): Promise<Answered<'fileDocument'>> {
  const { file, board, ...rest } = wanted;
  if (file.size > documentBytesMax) throw new Refusal(400, { code: 'DOCUMENT_INVALID', message: '', remedy: '' });
  const bytes = new Uint8Array(await file.arrayBuffer());
  return call('fileDocument', { params: { code }, body: { ...rest, base64: base64Of(bytes), ...(board === undefined ? {} : { board }) } });
}

/** In steps, because a call takes no eight million arguments. */
function base64Of(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8_192) text += String.fromCharCode(...bytes.subarray(at, at + 8_192));
  return btoa(text);
}

/** A document as the answer to a field: one that was filed, or a new one filed on the spot; of a person, a file's hash. */
export function DocumentField(props: Control) {
  return props.field.identity ? <KeptFile {...props} /> : <FiledDocument {...props} />;
}

/** A file to choose, in the reader's language: the browser's own words stand in the machine's. */
export function FileChoice(props: { id: string; about?: string | undefined; isWrong?: boolean; disabled?: boolean; accept?: string; onFile: (file: File) => void }) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const take = (file: File | undefined): void => {
    if (file === undefined) return;
    setName(file.name);
    props.onFile(file);
  };
  return (
    <span className="file-choice">
      <span className="button" aria-hidden="true">{say('desk.file.choose')}</span><span className="note" aria-hidden="true">{name === '' ? say('desk.file.none') : <bdi>{name}</bdi>}</span>
      <input id={props.id} type="file" accept={props.accept} disabled={props.disabled === true} aria-describedby={props.about} aria-invalid={props.isWrong === true} onChange={(event) => take(event.target.files?.[0])} />
    </span>
  );
}

function KeptFile(props: Control) {
  const { say } = useWords();
  const value = typeof props.value === 'string' ? props.value : '';
  return (
    <>
      <FileChoice id={props.id} about={props.about} isWrong={props.isWrong} onFile={(file) => void sha256Of(file).then(props.onChange)} />
      {value !== '' && <p className="note"><StateMark tone="met">{say('desk.hash')}</StateMark> <bdi className="code code--wraps">{value.slice(0, 16)}…</bdi></p>}
    </>
  );
}

const shortOf = (one: DocumentRow): string => `${one.title} · ${one.label}`;

function FiledDocument(props: Control) {
  const { say } = useWords();
  const { language } = useWords();
  const value = typeof props.value === 'string' ? props.value : '';
  const [isOpen, setOpen] = useState(false);
  const filing = useAct((file: File) => upload(props.code, { document: annexOf(props.form, props.field.field), title: file.name.slice(0, 200), label: '1', language, file }), (answer) => {
    setOpen(false);
    props.onChange(answer.sha256);
  });
  return (
    <>
      <div className="desk-field__row">
        <select id={props.id} className="input" aria-describedby={props.about} aria-invalid={props.isWrong} aria-required={props.field.required} value={value} onChange={(event) => props.onChange(event.target.value)}>
          <option value="">{say('desk.document.choose')}</option>
          {value !== '' && !props.documents.some((one) => one.sha256 === value) && <option value={value}>{value.slice(0, 16)}…</option>}
          {props.documents.map((one) => <option key={`${one.document}/${one.n}`} value={one.sha256}>{shortOf(one)}</option>)}
        </select>
        <button type="button" className="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say('desk.document.new')}</button>
      </div>
      {isOpen && (
        <div className="desk-field__upload"><label htmlFor={`${props.id}-file`}>{say('desk.document.file')}</label><FileChoice id={`${props.id}-file`} accept="application/pdf,.pdf" disabled={filing.isPending} onFile={(file) => filing.mutate(file)} /></div>
      )}
      {filing.isPending && <p className="note" role="status">{say('desk.document.sending')}</p>}
      <Refused error={filing.error} />
    </>
  );
}

/** The name under which an annex to a form is filed: letters, digits and hyphens, at most forty after `annex-`. */
const annexOf = (form: string, field: string): string => `annex-${`${form}-${field}`.replaceAll(/[^a-z0-9-]/g, '-').slice(0, 40)}`;

/** Saves a document of the dossier, or opens it beside this page. */
export function OpenDocument(props: { document: DocumentRow; bytes: () => Promise<Uint8Array<ArrayBuffer>> }) {
  const { say } = useWords();
  const opening = useMutation({
    mutationFn: props.bytes,
    onSuccess: (bytes) => {
      const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${props.document.document}-${props.document.n}.pdf`;
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return <><button type="button" className="n" disabled={opening.isPending} onClick={() => opening.mutate()}>{say('desk.document.save')}<span className="hidden-text"> {props.document.title}</span></button><Refused error={opening.error} /></>;
}
