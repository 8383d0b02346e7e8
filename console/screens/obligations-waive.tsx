/** Waiving one duty of one firm, with the reason that stands in the ledger; by two persons where the framework asks for it. */
import { useState } from 'react';
import type { DueRow } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { dayText } from '../figures.ts';
import { SourceTag, Time } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField, useAct } from './dossier-form.tsx';

const isText = (kept: unknown): kept is string => typeof kept === 'string';

export function WaiveDialog(props: { due: DueRow; onClose: () => void }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { due } = props;
  const [reason, write, forget] = useDraft(`${due.firm.code} waive ${due.obligation} ${due.occurrence}`, '', isText);
  const deciding = useAct(() => call('waive', { params: { code: due.firm.code }, body: { obligation: due.obligation, occurrence: due.occurrence, reason: reason.trim() } }), () => { forget(); props.onClose(); });
  return (
    <DecisionForm label={say('waive.title')} deciding={deciding} onClose={props.onClose} submit={say('obligations.waive')} ready={reason.trim().length >= noteMin}>
      <dl className="dl">
        <dt>{say('column.firm')}</dt><dd>{worded(due.firm.name)}</dd>
        <dt>{say('obligations.duty')}</dt><dd>{worded(due.title)}</dd>
        {due.day !== null && <><dt>{say('column.due')}</dt><dd>{dayText(due.day, 'date', language)}</dd></>}
        <dt>{say('column.basis')}</dt><dd>{due.provenance.clause !== null && worded(due.provenance.clause)} <SourceTag of={due.provenance} /></dd>
      </dl>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={4_000} value={reason} onChange={write} />
      <p className="note">{say('waive.note')}{due.binds && ` ${say('waive.note.two')}`}</p>
    </DecisionForm>
  );
}

/** A waiver that waits: another person agrees with presence proven, or sends it back; its proposer withdraws it. */
export function WaiverDialog(props: { due: DueRow; waiver: NonNullable<DueRow['waiver']>; onClose: () => void }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { due, waiver } = props;
  const [note, setNote] = useState('');
  const [closes, setCloses] = useState(!waiver.maySecond);
  const params = { code: due.firm.code, proposal: waiver.proposal };
  const deciding = useAct((stepUp) => (closes ? call('closeWaiver', { params, body: { note: note.trim() } }) : call('agreeWaiver', { params, body: stepUp === undefined ? {} : { stepUp } })), props.onClose);
  const ready = !closes || waiver.mine || note.trim().length >= noteMin;
  return (
    <DecisionForm label={say('waiver.agree.title')} deciding={deciding} onClose={props.onClose} ready={ready} submit={say(!closes ? 'second.approve' : waiver.mine ? 'action.withdraw' : 'action.send-back')}>
      <dl className="dl">
        <dt>{say('column.firm')}</dt><dd>{worded(due.firm.name)}</dd>
        <dt>{say('obligations.duty')}</dt><dd>{worded(due.title)}</dd>
        {due.day !== null && <><dt>{say('column.due')}</dt><dd>{dayText(due.day, 'date', language)}</dd></>}
        <dt>{say('decide.proposed')}</dt><dd><bdi>{waiver.by}</bdi>, <Time at={waiver.at} form="short" /></dd>
        <dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{waiver.reason}</dd>
      </dl>
      {waiver.maySecond && <label className="choice"><input type="checkbox" checked={closes} onChange={(event) => setCloses(event.target.checked)} />{say('action.send-back')}</label>}
      {closes && <TextField label={say(waiver.mine ? 'decide.note.optional' : 'decide.note.why-back')} hint={say('decide.note.kept')} max={4_000} rows={3} value={note} onChange={setNote} />}
    </DecisionForm>
  );
}
