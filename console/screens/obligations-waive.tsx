/** Waiving one duty of one firm, with the reason that stands in the ledger. */
import type { DueRow } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { dayText } from '../figures.ts';
import { SourceTag } from '../parts/marks.tsx';
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
      <p className="note">{say('waive.note')}</p>
    </DecisionForm>
  );
}
