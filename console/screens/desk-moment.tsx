/**
 * Something happened at the firm that the framework wants to be told: a material change, a key individual, an
 * incident. Recording it starts the clock of what is then owed. A suspicion is never recorded here: it goes to the FIU alone.
 */
import { useState, type FormEvent } from 'react';
import { call } from '../api.ts';
import { karachiInstant, now } from '../clock.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Refused } from '../parts/refused.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';
import { useAct, type Dossier } from './desk-parts.tsx';

const karachiText = (at: number): string => new Date(at / 1000 + 5 * 3_600_000).toISOString().slice(0, 16);

export function MomentDialog(props: { dossier: Dossier; onClose: () => void }) {
  const { say } = useWords();
  const forms = useAnswer('forms', {});
  return (
    <Dialog label={say('desk.moment')} firm onClose={props.onClose}>
      <Answer query={forms} bones={4}>{({ moments }) => <MomentForm dossier={props.dossier} moments={moments} onClose={props.onClose} />}</Answer>
    </Dialog>
  );
}

function MomentForm(props: { dossier: Dossier; moments: readonly { event: string; title: { en: string; ur: string }; provenance: { clause: { en: string; ur: string } | null } }[]; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, moments } = props;
  const [event, setEvent] = useState(moments[0]?.event ?? '');
  const [when, setWhen] = useState(() => karachiText(now()));
  const [note, setNote] = useState('');
  const [evidence, setEvidence] = useState<readonly string[]>([]);
  const at = karachiInstant(when);
  const sending = useAct(() => call('recordMoment', { params: { code: dossier.firm.code }, body: { event, at: at ?? now(), note, evidence: [...evidence] } }), props.onClose);
  const ready = event !== '' && at !== undefined && note.trim() !== '';
  const submit = (submitted: FormEvent): void => { submitted.preventDefault(); if (ready && !sending.isPending) sending.mutate(undefined); };
  const clause = moments.find((one) => one.event === event)?.provenance.clause ?? null;
  return (
    <form onSubmit={submit}>
      <h2>{say('desk.moment')}</h2>
      <p className="soft">{say('desk.moment.text')}</p>
      <label className="field"><span>{say('desk.moment.what')}</span><select className="input" value={event} onChange={(chosen) => setEvent(chosen.target.value)}>{moments.map((one) => <option key={one.event} value={one.event}>{worded(one.title)}</option>)}</select>{clause !== null && <span>{worded(clause)}</span>}</label>
      <label className="field"><span>{say('desk.moment.when')}</span><input className="input" type="datetime-local" value={when} onChange={(chosen) => setWhen(chosen.target.value)} /></label>
      <label className="field"><span>{say('desk.moment.note')}</span><textarea className="input" dir="auto" maxLength={2_000} data-first value={note} onChange={(written) => setNote(written.target.value)} /><span>{say('desk.moment.note.hint')}</span></label>
      {dossier.documents.length > 0 && (
        <fieldset className="field desk-field__many desk-letters__attach"><legend>{say('desk.discharge.evidence')}</legend>
          {dossier.documents.map((one) => <label className="choice" key={`${one.document}/${one.n}`}><input type="checkbox" checked={evidence.includes(one.sha256)} onChange={(chosen) => setEvidence(chosen.target.checked ? [...evidence, one.sha256].slice(0, 50) : evidence.filter((hash) => hash !== one.sha256))} /><bdi>{one.title} · {one.label}</bdi></label>)}
        </fieldset>
      )}
      <Refused error={sending.error} />
      <div className="dialog__actions"><button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button><button type="submit" className="button button--primary" disabled={!ready || sending.isPending}>{say(sending.isPending ? 'desk.sending' : 'desk.moment.record')}</button></div>
    </form>
  );
}
