/** Recording that something happened: a fee was paid, a hearing was held. It starts clocks and meets gates, and stands in the ledger. */
import { useState } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { now } from '../clock.ts';
import { SourceTag } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { EvidenceField, LineField, TextField, instantIn, useAct } from './dossier-form.tsx';

type Draft = { readonly at: string; readonly note: string; readonly evidence: readonly string[] };
const nothingYet: Draft = { at: '', note: '', evidence: [] };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'at' in kept;

export function MomentDialog(props: { dossier: DossierAnswer; event: string | null; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier } = props;
  const [event, choose] = useState(props.event ?? '');
  const [draft, write, forget] = useDraft(`${dossier.firm.code} moment ${event}`, nothingYet, isDraft);
  const deciding = useAct(() => call('recordMoment', { params: { code: dossier.firm.code }, body: { event, at: instantIn(draft.at) ?? now(), note: draft.note.trim(), evidence: [...draft.evidence] } }), () => { forget(); props.onClose(); });
  const moments = dossier.weighed?.moments ?? [];
  const term = moments.find((one) => one.event === event);
  return (
    <DecisionForm label={say('moment.title')} deciding={deciding} onClose={props.onClose} submit={say('dossier.record')} ready={event !== '' && draft.note.trim().length >= noteMin}>
      <label className="field">
        <span>{say('moment.which')}</span>
        <select className="input" value={event} onChange={(change) => choose(change.target.value)}>
          <option value="">{say('moment.choose')}</option>
          {moments.map((one) => <option key={one.event} value={one.event}>{worded(one.title)}</option>)}
        </select>
      </label>
      {term !== undefined && <p className="note">{term.provenance.clause !== null && worded(term.provenance.clause)} <SourceTag of={term.provenance} /></p>}
      <LineField label={say('moment.at')} hint={say('moment.at.hint')} type="datetime-local" max={16} value={draft.at} onChange={(at) => write({ ...draft, at })} />
      <TextField label={say('moment.note')} hint={say('decide.note.kept')} max={2_000} value={draft.note} onChange={(note) => write({ ...draft, note })} />
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
    </DecisionForm>
  );
}
