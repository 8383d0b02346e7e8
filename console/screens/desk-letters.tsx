/**
 * Correspondence: questions of the authority with their answers, letters and decisions of both sides, oldest entry
 * known by its number. A question stands open until it is answered, and the clocks that it stops stand beside it.
 */
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { call } from '../api.ts';
import { doAction, useActions, useMay, type Action } from '../actions.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Keys, StateMark, Time } from '../parts/marks.tsx';
import { Refused } from '../parts/refused.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';
import { DeskHead, OwnDossier, bytesOf, textOf, useAct, type Dossier, type Letter } from './desk-parts.tsx';
import { OpenDocument } from './desk-upload.tsx';

/** The longest letter that the door takes. */
const textMax = 50_000;

export function Letters() {
  return <OwnDossier>{(dossier) => <Sheet dossier={dossier} />}</OwnDossier>;
}

type Writing = { readonly role: 'letter' } | { readonly role: 'answer'; readonly to: Letter };

function Sheet(props: { dossier: Dossier }) {
  const { say } = useWords();
  const { dossier } = props;
  const { entry } = useSearch({ from: '/desk/letters' });
  const [writing, setWriting] = useState<Writing | null>(null);
  const letters = dossier.letters.toSorted((a, b) => Number(b.open) - Number(a.open) || b.entry - a.entry);
  const shown = letters.find((one) => one.entry === entry) ?? letters[0];
  const write: Action = { name: 'write-letter', label: say('desk.letter.write'), group: 'here', permission: 'dossier.file', keys: 'n', perform: () => setWriting({ role: 'letter' }) };
  const answer: Action = {
    name: 'answer', label: say('desk.letter.answer'), group: 'here', permission: 'dossier.file', keys: 'a', blocked: shown?.open === true ? null : say('desk.letter.no-question'),
    perform: () => { if (shown !== undefined) setWriting({ role: 'answer', to: shown }); },
  };
  useActions(shown === undefined ? [write] : [write, answer]);
  return (
    <>
      <DeskHead dossier={dossier} />
      <Stopped dossier={dossier} />
      <div className="desk-letters">
        <div>
          <div className="head"><h2>{say('desk.letters')}</h2><span className="head__end"><ActButton action={write} /></span></div>
          {letters.length === 0 ? <Empty title={say('desk.letters.none')}><p>{say('desk.letters.none.text')}</p></Empty> : <LetterList letters={letters} shown={shown?.entry} />}
        </div>
        {shown !== undefined && <OneLetter key={shown.entry} dossier={dossier} letter={shown} answer={answer} />}
      </div>
      {writing !== null && <WriteDialog dossier={dossier} writing={writing} onClose={() => setWriting(null)} />}
    </>
  );
}

function ActButton(props: { action: Action; primary?: boolean }) {
  const may = useMay();
  const { action } = props;
  const blocked = action.blocked ?? null;
  if (!may(action.permission)) return null;
  return <button type="button" className={props.primary === true && blocked === null ? 'button button--primary' : 'button'} aria-disabled={blocked !== null} title={blocked ?? undefined} onClick={() => doAction(action)}>{action.label}{blocked === null && action.keys !== undefined && <Keys keys={action.keys} />}</button>;
}

/** Clocks that a question holds. */
function Stopped(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const stopped = props.dossier.clocks.filter((clock) => clock.state === 'stopped');
  if (stopped.length === 0) return null;
  return <div className="aside desk__stopped"><h3>{say('desk.stopped')}</h3><ul>{stopped.map((clock) => <li key={`${clock.clock}/${clock.startedAt}`}>{worded(clock.title)}{clock.provenance.clause !== null && <span className="faint"> · {worded(clock.provenance.clause)}</span>}</li>)}</ul></div>;
}

function LetterList(props: { letters: readonly Letter[]; shown: number | undefined }) {
  const { say } = useWords();
  return (
    <ul className="desk-letters__list">
      {props.letters.map((one) => (
        <li key={one.entry}>
          <Link to="/desk/letters" search={{ entry: one.entry }} aria-current={one.entry === props.shown ? 'true' : undefined}>
            <span className="desk-letters__subject"><bdi>{one.subject}</bdi></span>
            <span className="faint"><Time at={one.at} form="date" /></span>
            <span className="note">{say(`desk.letter.from.${one.from}`)} · {say(`desk.letter.role.${one.role}`)}</span>
            {one.open ? <StateMark tone="due">{say('desk.letter.open')}</StateMark> : one.role === 'question' ? <StateMark tone="met">{say('desk.letter.answered')}</StateMark> : <span />}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function useText(code: string, sha256: string) {
  return useQuery({ queryKey: ['object-text', code, sha256], queryFn: () => textOf(code, sha256), staleTime: Infinity });
}

function OneLetter(props: { dossier: Dossier; letter: Letter; answer: Action }) {
  const { say } = useWords();
  const { dossier, letter } = props;
  const text = useText(dossier.firm.code, letter.text);
  const about = dossier.letters.find((one) => one.entry === letter.answers);
  const answers = dossier.letters.filter((one) => one.answers === letter.entry);
  const attached = letter.attachments.map((hash) => ({ hash, document: dossier.documents.find((one) => one.sha256 === hash) }));
  return (
    <article className="desk-letters__one" aria-label={letter.subject}>
      <div className="head"><h2><bdi>{letter.subject}</bdi></h2><span className="head__note">{say(`desk.letter.from.${letter.from}`)} · {say(`desk.letter.role.${letter.role}`)} · <Time at={letter.at} form="short" /> · {say('proof.entry', { entry: letter.entry })}</span></div>
      {about !== undefined && <p className="note">{say('desk.letter.answers')} <Link className="n" to="/desk/letters" search={{ entry: about.entry }}><bdi>{about.subject}</bdi></Link></p>}
      <Answer query={text} bones={4}>{(said) => <p className="words" dir="auto">{said}</p>}</Answer>
      {attached.length > 0 && <ul className="desk__list">{attached.map(({ hash, document }) => <li key={hash}>{document === undefined ? <bdi className="code code--wraps">{hash}</bdi> : <><bdi>{document.title} · {document.label}</bdi> <OpenDocument document={document} bytes={() => bytesOf(dossier.firm.code, hash)} /></>}</li>)}</ul>}
      {answers.map((one) => <p className="note" key={one.entry}>{say('desk.letter.answered-by')} <Link className="n" to="/desk/letters" search={{ entry: one.entry }}><bdi>{one.subject}</bdi></Link> · <Time at={one.at} form="short" /></p>)}
      {letter.role === 'question' && <p className="desk-letters__act"><ActButton action={props.answer} primary /></p>}
    </article>
  );
}

function WriteDialog(props: { dossier: Dossier; writing: Writing; onClose: () => void }) {
  const { say } = useWords();
  const navigate = useNavigate();
  const { dossier, writing } = props;
  const [subject, setSubject] = useState(writing.role === 'answer' ? writing.to.subject : '');
  const [text, setText] = useState('');
  const [attachments, setAttachments] = useState<readonly string[]>([]);
  const sending = useAct(() => call('sendLetter', { params: { code: dossier.firm.code }, body: { role: writing.role, subject, text, attachments: [...attachments], ...(writing.role === 'answer' ? { answers: writing.to.entry } : {}) } }), (sent) => {
    props.onClose();
    void navigate({ to: '/desk/letters', search: { entry: sent.entry } });
  });
  const ready = subject.trim() !== '' && text.trim() !== '';
  const submit = (event: FormEvent): void => { event.preventDefault(); if (ready && !sending.isPending) sending.mutate(undefined); };
  const title = say(writing.role === 'answer' ? 'desk.letter.answer' : 'desk.letter.write');
  return (
    <Dialog label={title} firm onClose={props.onClose}>
      <form onSubmit={submit}>
        <h2>{title}</h2>
        {writing.role === 'answer' && <p className="note">{say('desk.letter.lets-go')}</p>}
        <label className="field"><span>{say('desk.letter.subject')}</span><input className="input" dir="auto" maxLength={200} value={subject} onChange={(event) => setSubject(event.target.value)} /></label>
        <label className="field"><span>{say('desk.letter.text')}</span><textarea className="input" dir="auto" rows={8} maxLength={textMax} data-first={writing.role === 'answer' ? true : undefined} value={text} onChange={(event) => setText(event.target.value)} /></label>
        {dossier.documents.length > 0 && (
          <fieldset className="field desk-field__many desk-letters__attach"><legend>{say('desk.letter.attach')}</legend>
            {dossier.documents.map((one) => <label className="choice" key={`${one.document}/${one.n}`}><input type="checkbox" checked={attachments.includes(one.sha256)} onChange={(event) => setAttachments(event.target.checked ? [...attachments, one.sha256].slice(0, 20) : attachments.filter((hash) => hash !== one.sha256))} /><bdi>{one.title} · {one.label}</bdi></label>)}
          </fieldset>
        )}
        <Refused error={sending.error} />
        <div className="dialog__actions"><button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button><button type="submit" className="button button--primary" disabled={!ready || sending.isPending}>{say(sending.isPending ? 'desk.sending' : 'desk.letter.send')}</button></div>
      </form>
    </Dialog>
  );
}
