/**
 * The firm's documents: every version with its hash, pages and whether its text can be searched; what the framework
 * asks for and is not there; filing the next version. A version never replaces another: the older one stays.
 */
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useId, useState, type FormEvent } from 'react';
import type { Answered } from '../api.ts';
import { useActions, useMay } from '../actions.tsx';
import { whole } from '../figures.ts';
import { Dialog } from '../parts/dialog.tsx';
import { SourceTag, StateMark, Time } from '../parts/marks.tsx';
import { Refused } from '../parts/refused.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { DeskHead, OwnDossier, bytesOf, useAct, type Dossier, type DocumentRow } from './desk-parts.tsx';
import { FileChoice, OpenDocument, upload } from './desk-upload.tsx';

type Asked = Answered<'forms'>['documents'][number];

export function Documents() {
  const forms = useAnswer('forms', {});
  return <OwnDossier>{(dossier) => <Answer query={forms} bones={10}>{({ documents }) => <Sheet dossier={dossier} asked={documents} />}</Answer>}</OwnDossier>;
}

function Sheet(props: { dossier: Dossier; asked: readonly Asked[] }) {
  const { say } = useWords();
  const may = useMay();
  const { document } = useSearch({ from: '/desk/documents' });
  const navigate = useNavigate({ from: '/desk/documents' });
  const [filing, setFiling] = useState<string | null>(null);
  const { dossier, asked } = props;
  const open = (name: string): void => setFiling(name);
  useActions([{ name: 'file-document', label: say('desk.document.file-action'), group: 'here', permission: 'dossier.file', keys: 'n', perform: () => open(document ?? '') }]);
  const names = [...new Set([...asked.map((one) => one.document), ...dossier.documents.map((one) => one.document)])].filter((name) => document === undefined || name === document);
  return (
    <>
      <DeskHead dossier={dossier} />
      <div className="head"><h2>{say('desk.documents')}</h2><span className="head__note">{say('desk.documents.note')}</span>
        <span className="head__end">{document !== undefined && <button type="button" className="n" onClick={() => void navigate({ search: {} })}>{say('desk.documents.all')}</button>} {may('dossier.file') && <button type="button" className="button button--primary" onClick={() => open(document ?? '')}>{say('desk.document.file-action')}</button>}</span>
      </div>
      {names.length === 0 ? <Empty title={say('desk.documents.none')}><p>{say('desk.documents.none.text')}</p></Empty> : (
        <div className="box">
          <table className="table">
            <thead><tr><th>{say('desk.document')}</th><th>{say('desk.version.head')}</th><th>{say('column.state')}</th><th className="num">{say('desk.pages')}</th><th>{say('desk.hash')}</th><th>{say('desk.filed')}</th><th>{say('column.source')}</th><th><span className="hidden-text">{say('desk.document.save')}</span></th></tr></thead>
            <tbody>{names.map((name) => <Group key={name} name={name} asked={asked.find((one) => one.document === name)} versions={dossier.documents.filter((one) => one.document === name).toSorted((a, b) => b.n - a.n)} dossier={dossier} />)}</tbody>
          </table>
        </div>
      )}
      {filing !== null && <FileDialog dossier={dossier} asked={asked} name={filing} onClose={() => setFiling(null)} />}
    </>
  );
}

function Group(props: { name: string; asked: Asked | undefined; versions: readonly DocumentRow[]; dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const { asked, versions, name } = props;
  const title = asked === undefined ? <bdi>{versions[0]?.title ?? name}</bdi> : worded(asked.title);
  if (versions.length === 0) {
    return <tr><td className="wraps fills">{title}</td><td>–</td><td><StateMark tone="wait">{say('desk.document.missing')}</StateMark></td><td /><td /><td /><td>{asked !== undefined && <SourceTag of={asked.provenance} />}</td><td /></tr>;
  }
  return versions.map((one, place) => (
    <tr key={one.n}>
      <td className="wraps fills">{place === 0 && <>{title} {asked === undefined && <span className="faint code">{name}</span>}{asked !== undefined && <div className="note"><bdi>{one.title}</bdi></div>}</>}</td>
      <td>{one.n} <span className="faint"><bdi>{one.label}</bdi></span></td>
      <td>{place > 0 ? <span className="faint">{say('desk.document.older')}</span> : <DocumentMark document={one} asked={asked} />}</td>
      <td className="num">{whole(one.pages)}</td>
      <td><bdi className="code" title={one.sha256}>{one.sha256.slice(0, 12)}…</bdi></td>
      <td className="soft"><Time at={one.at} form="date" /></td>
      <td>{place === 0 && asked !== undefined && <SourceTag of={asked.provenance} />}</td>
      <td><OpenDocument document={one} bytes={() => bytesOf(props.dossier.firm.code, one.sha256)} /></td>
    </tr>
  ));
}

function DocumentMark(props: { document: DocumentRow; asked: Asked | undefined }) {
  const { say } = useWords();
  const { document, asked } = props;
  if (!document.searchable) return <StateMark tone="due">{say('desk.document.picture')}</StateMark>;
  if (asked?.boardApproved === true && !document.board) return <StateMark tone="due">{say('desk.lack.no-board-approval')}</StateMark>;
  return <StateMark tone="met">{say('desk.document.searchable')}</StateMark>;
}

function FileDialog(props: { dossier: Dossier; asked: readonly Asked[]; name: string; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, asked } = props;
  const [document, setDocument] = useState(props.name === '' ? asked[0]?.document ?? 'annex' : props.name);
  const [annex, setAnnex] = useState('');
  const [title, setTitle] = useState('');
  const [label, setLabel] = useState('');
  const [language, setLanguage] = useState<'en' | 'ur'>('en');
  const [board, setBoard] = useState('');
  const [file, setFile] = useState<File | null>(null);
  const fileField = useId();
  const filing = useAct((chosen: File) => upload(dossier.firm.code, { document: document === 'annex' ? `annex-${annex}` : document, title: title.trim() === '' ? chosen.name.slice(0, 200) : title, label: label.trim(), language, file: chosen, ...(board === '' ? {} : { board }) }), () => undefined);
  const ready = file !== null && (document !== 'annex' || /^[a-z0-9-]{1,40}$/.test(annex));
  const submit = (event: FormEvent): void => { event.preventDefault(); if (ready && !filing.isPending) filing.mutate(file); };
  if (filing.data !== undefined) return <Filed answer={filing.data} onClose={props.onClose} />;
  const needsBoard = asked.find((one) => one.document === document)?.boardApproved === true;
  return (
    <Dialog label={say('desk.document.file-action')} firm onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2>{say('desk.document.file-action')}</h2>
        <label className="field"><span>{say('desk.document.which')}</span>
          <select className="input" value={document} onChange={(event) => setDocument(event.target.value)}>
            {asked.map((one) => <option key={one.document} value={one.document}>{worded(one.title)}</option>)}
            {[...new Set(dossier.documents.map((one) => one.document))].filter((name) => name.startsWith('annex-')).map((name) => <option key={name} value={name}>{name}</option>)}
            <option value="annex">{say('desk.document.annex')}</option>
          </select>
        </label>
        {document === 'annex' && <label className="field"><span>{say('desk.document.annex-name')}</span><input className="input" dir="ltr" maxLength={40} value={annex} onChange={(event) => setAnnex(event.target.value.toLowerCase().replaceAll(' ', '-'))} /><span>{say('desk.document.annex-hint')}</span></label>}
        <div className="field"><label htmlFor={fileField}>{say('desk.document.file')}</label><FileChoice id={fileField} accept="application/pdf,.pdf" onFile={setFile} /></div>
        <label className="field"><span>{say('desk.document.title')}</span><input className="input" dir="auto" maxLength={200} value={title} onChange={(event) => setTitle(event.target.value)} /></label>
        <div className="desk-field__row">
          <label className="field"><span>{say('desk.document.label')}</span><input className="input" dir="auto" maxLength={40} value={label} onChange={(event) => setLabel(event.target.value)} /></label>
          <label className="field"><span>{say('desk.document.language')}</span><select className="input" value={language} onChange={(event) => setLanguage(event.target.value === 'ur' ? 'ur' : 'en')}><option value="en">English</option><option value="ur">اردو</option></select></label>
        </div>
        {needsBoard && (
          <label className="field"><span>{say('desk.document.board')}</span>
            <select className="input" value={board} onChange={(event) => setBoard(event.target.value)}>
              <option value="">{say('desk.document.board.later')}</option>
              {dossier.documents.map((one) => <option key={`${one.document}/${one.n}`} value={one.sha256}>{one.title} · {one.label}</option>)}
            </select>
          </label>
        )}
        <Refused error={filing.error} />
        <div className="dialog__actions"><button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button><button type="submit" className="button button--primary" disabled={!ready || filing.isPending}>{say(filing.isPending ? 'desk.sending' : 'desk.document.send')}</button></div>
      </form>
    </Dialog>
  );
}

/** What the house found in the file: its hash, its pages, and whether its text can be searched. */
function Filed(props: { answer: Answered<'fileDocument'>; onClose: () => void }) {
  const { say } = useWords();
  const { answer } = props;
  return (
    <Dialog label={say('desk.document.filed')} onClose={props.onClose}>
      <div className="dialog__body">
        <h2>{say('desk.document.filed')}</h2>
        <dl className="dl">
          <dt>{say('desk.entry')}</dt><dd>{whole(answer.entry)}</dd>
          <dt>{say('desk.pages')}</dt><dd>{whole(answer.pages)}</dd>
          <dt>{say('desk.document.text')}</dt><dd><StateMark tone={answer.searchable ? 'met' : 'due'}>{say(answer.searchable ? 'desk.document.searchable' : 'desk.document.picture')}</StateMark></dd>
          <dt>SHA-256</dt><dd><bdi className="code code--wraps">{answer.sha256}</bdi></dd>
        </dl>
        {!answer.searchable && <p className="note">{say('desk.document.picture.todo')}</p>}
        <div className="dialog__actions"><Link className="button button--quiet" to="/desk" onClick={props.onClose}>{say('nav.desk')}</Link><button type="button" className="button button--primary" data-first onClick={props.onClose}>{say('action.close')}</button></div>
      </div>
    </Dialog>
  );
}
