/**
 * Recording a screening: which lists in which version, the result for each filing, and the paper that shows it. Whoever
 * is not named stays not run, and the gate stays unmet.
 */
import type { DossierAnswer } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { DecisionForm, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { EvidenceField, useAct } from './dossier-form.tsx';
import { newest } from './dossier-rows.ts';
import { HouseRun } from './dossier-screening-run.tsx';

type Draft = { readonly lists: Readonly<Record<string, string>>; readonly results: Readonly<Record<string, string>>; readonly evidence: readonly string[] };
const nothingYet: Draft = { lists: {}, results: {}, evidence: [] };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'results' in kept;
const outcomes = ['clear', 'review', 'match'] as const;
const versionMax = 60;

/** Those whom the gates that ask for a screening name; every filing where none does. */
function screenable(dossier: DossierAnswer): DossierAnswer['forms'] {
  const forms = new Set(dossier.steps.flatMap((step) => step.gates).filter((gate) => gate.shown === 'screened').flatMap((gate) => gate.about));
  return newest(dossier.forms).filter((one) => forms.size === 0 || forms.has(one.form));
}

export function ScreeningDialog(props: { dossier: DossierAnswer; onClose: () => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier } = props;
  const [draft, write, forget] = useDraft(`${dossier.firm.code} screening`, nothingYet, isDraft);
  const people = screenable(dossier);
  const lists = dossier.weighed?.lists ?? [];
  const named = lists.filter((one) => (draft.lists[one.list] ?? '').trim() !== '');
  const results = people.flatMap(({ form, about }) => { const result = outcomes.find((one) => one === draft.results[`${form}/${about}`]); return result === undefined ? [] : [{ form, about, result }]; });
  const deciding = useAct(() => call('recordScreening', {
    params: { code: dossier.firm.code }, body: { lists: named.map(({ list }) => ({ list, version: (draft.lists[list] ?? '').trim() })), evidence: [...draft.evidence], results },
  }), () => { forget(); props.onClose(); });
  const allClear = (): void => write({ ...draft, results: Object.fromEntries(people.map(({ form, about }) => [`${form}/${about}`, draft.results[`${form}/${about}`] ?? 'clear'])) });
  return (
    <DecisionForm label={say('screening.title')} wide deciding={deciding} onClose={props.onClose} submit={say('dossier.screen')} ready={named.length > 0 && results.length > 0 && draft.evidence.length > 0}>
      <HouseRun dossier={dossier} />
      <p className="note">{say('screening.note')}</p>
      <fieldset className="field">
        <legend>{say('screening.lists')}</legend>
        {lists.map((one) => (
          <label key={one.list} className="pair"><span>{worded(one.title)}</span><input className="input" maxLength={versionMax} value={draft.lists[one.list] ?? ''} placeholder={say('screening.version')} dir="auto" onChange={(event) => write({ ...draft, lists: { ...draft.lists, [one.list]: event.target.value } })} /></label>
        ))}
      </fieldset>
      <fieldset className="field">
        <legend>{say('screening.results')}</legend>
        {people.length === 0 ? <span className="note">{say('screening.nobody')}</span> : <button type="button" className="n" onClick={allClear}>{say('screening.all-clear')}</button>}
        {people.map((one) => (
          <label key={`${one.form}/${one.about}`} className="pair">
            <span>{worded(one.title)} <bdi className="faint">{one.about}</bdi></span>
            <select className="input" value={draft.results[`${one.form}/${one.about}`] ?? ''} onChange={(event) => write({ ...draft, results: { ...draft.results, [`${one.form}/${one.about}`]: event.target.value } })}>
              <option value="">{say('screened.not-run')}</option>
              {outcomes.map((outcome) => <option key={outcome} value={outcome}>{say(`screened.${outcome}`)}</option>)}
            </select>
          </label>
        ))}
      </fieldset>
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
    </DecisionForm>
  );
}
