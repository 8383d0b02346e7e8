/**
 * Caps: what binds a firm now against its live figures, and the fields by which a decision sets, replaces or lifts one. A
 * limit that nobody has set shows no number; a cap has its source in the decision that set it.
 */
import { useState } from 'react';
import type { DossierAnswer, OpenCap } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { rupees, whole } from '../figures.ts';
import { binds } from '../limits.ts';
import { ProofLink, SourceTag, StateMark } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin, useDraft } from '../shell/deciding.tsx';
import { useWorded, useWords, type Sayer } from '../words.tsx';
import { EvidenceField, TextField, useAct, useSeen } from './dossier-form.tsx';

/** What stands in the field of a cap: a whole number, `lift`, or nothing. */
export type CapTexts = Readonly<Record<string, string>>;
const LIFT = 'lift';

/** A figure of a limit: a count, or money in rupees. */
export function capText(value: number, unit: string, say: Sayer): string {
  return unit === 'money' ? `PKR\u00A0${rupees(value)}` : unit === 'duration' ? say('caps.minutes', { count: Math.round(value / 60_000) }) : whole(value);
}

/** The caps that were written, as a decision carries them; `undefined` where one of them is no whole number. */
export function capsIn(texts: CapTexts, open: readonly OpenCap[]): { limit: string; value: number | null }[] | undefined {
  const found = open.flatMap((one): { limit: string; value: number | null }[] => {
    const text = (texts[one.limit] ?? '').replaceAll(',', '').trim();
    if (text === '') return [];
    if (text === LIFT) return [{ limit: one.limit, value: null }];
    return [{ limit: one.limit, value: /^\d{1,13}$/.test(text) ? Number(text) * (one.unit === 'money' ? 100 : 1) : Number.NaN }];
  });
  return found.some((one) => one.value !== null && Number.isNaN(one.value)) ? undefined : found;
}

export function CapFields(props: { open: readonly OpenCap[]; caps: DossierAnswer['caps']; texts: CapTexts; onChange: (texts: CapTexts) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { texts } = props;
  if (props.open.length === 0) return null;
  return (
    <fieldset className="field">
      <legend>{say('caps.conditions')}</legend>
      {props.open.map((one) => {
        const now = props.caps.find((cap) => cap.limit === one.limit && cap.entry !== null);
        const lifted = texts[one.limit] === LIFT;
        return (
          <div key={one.limit} className="pair">
            <label htmlFor={`cap-${one.limit}`}>{worded(one.title)}{one.unit === 'money' && ', PKR'} <span className="faint">{now === undefined ? say('caps.none') : say('caps.now', { value: capText(now.value, now.unit, say) })}</span></label>
            <span className="capped">
              <input id={`cap-${one.limit}`} className="input" inputMode="numeric" maxLength={18} dir="ltr" disabled={lifted} value={lifted ? '' : texts[one.limit] ?? ''} onChange={(event) => props.onChange({ ...texts, [one.limit]: event.target.value })} />
              {now !== undefined && <label className="choice"><input type="checkbox" checked={lifted} onChange={() => props.onChange({ ...texts, [one.limit]: lifted ? '' : LIFT })} />{say('caps.lift')}</label>}
            </span>
          </div>
        );
      })}
      <span>{say('caps.hint')}</span>
    </fieldset>
  );
}

type Draft = { readonly texts: CapTexts; readonly reasons: string; readonly evidence: readonly string[] };
const nothingYet: Draft = { texts: {}, reasons: '', evidence: [] };
const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && 'texts' in kept;

/** Setting caps by themselves, while the firm stays where it stands. */
export function CapsDialog(props: { dossier: DossierAnswer; onClose: () => void }) {
  const { say } = useWords();
  const { dossier } = props;
  const [draft, write, forget] = useDraft(`${dossier.firm.code} caps`, nothingYet, isDraft);
  const caps = capsIn(draft.texts, dossier.capsOpen);
  const { seen, changedFor } = useSeen(dossier);
  const deciding = useAct((stepUp) => call('proposeStep', { params: { code: dossier.firm.code }, body: { seen, reasons: draft.reasons.trim(), evidence: [...draft.evidence], caps: caps ?? [], ...(stepUp === undefined ? {} : { stepUp }) } }), () => { forget(); props.onClose(); });
  const changed = changedFor(deciding);
  const waits = dossier.proposals.some((one) => one.state === 'waits');
  return (
    <DecisionForm label={say('caps.title')} wide deciding={deciding} onClose={props.onClose} submit={say('dossier.propose')} ready={caps !== undefined && caps.length > 0 && !waits && draft.reasons.trim().length >= noteMin && changed === undefined} changed={changed}>
      {dossier.capsOpen.length === 0 && <p className="note">{say('caps.closed')}</p>}
      {waits && <p className="note">{say('dossier.propose.waits')}</p>}
      <CapFields open={dossier.capsOpen} caps={dossier.caps} texts={draft.texts} onChange={(texts) => write({ ...draft, texts })} />
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={8_000} value={draft.reasons} onChange={(reasons) => write({ ...draft, reasons })} />
      <EvidenceField dossier={dossier} chosen={draft.evidence} onChange={(evidence) => write({ ...draft, evidence })} />
    </DecisionForm>
  );
}

/** Limits of the stage and caps of decisions, each against the live figure. */
export function CapsPart(props: { code: string; caps: DossierAnswer['caps'] }) {
  const { say } = useWords();
  const worded = useWorded();
  const headroom = useAnswer('headroom', { params: { code: props.code } });
  const [all, showAll] = useState(false);
  const limits = headroom.data?.limits ?? [];
  const set = limits.filter((one) => one.limitValue !== null);
  const shown = all ? limits : set;
  return (
    <section>
      <div className="head"><h3>{say('firm.limits')}</h3>{limits.length > set.length && <span className="head__end"><button type="button" className="n" onClick={() => showAll(!all)}>{say(all ? 'caps.fewer' : 'caps.unset', { count: limits.length - set.length })}</button></span>}</div>
      {shown.length === 0 ? <p className="note">{say('caps.nothing')}</p> : (
        <div className="box">
          <table className="table table--dense">
            <thead><tr><th>{say('firm.limit')}</th><th className="num">{say('firm.live')}</th><th className="num">{say('firm.bound')}</th><th>{say('column.state')}</th><th className="num">{say('column.source')}</th></tr></thead>
            <tbody>
              {shown.map((one) => {
                const entry = props.caps.find((cap) => cap.limit === one.limit)?.entry ?? null;
                const past = one.limitValue !== null && one.live !== null && (one.bound === 'ceiling' ? one.live > one.limitValue : one.live < one.limitValue);
                return (
                  <tr key={one.limit}>
                    <td className="wraps fills">{worded(one.title)}</td><td className="num">{one.live === null ? <span className="faint">{say('caps.unmeasured')}</span> : <bdi dir="ltr">{capText(one.live, one.unit, say)}</bdi>}</td>
                    <td className="num">{one.limitValue === null ? '–' : <bdi dir="ltr">{capText(one.limitValue, one.unit, say)}</bdi>}</td>
                    <td>{one.limitValue === null || one.live === null ? '–' : <StateMark tone={past ? (binds(one.provenance) ? 'breach' : 'due') : 'met'} icon={past ? 'warn' : undefined}>{say(past ? 'limit.past' : 'limit.inside')}</StateMark>}</td>
                    <td className="num"><SourceTag of={one.provenance} />{entry !== null && <> <ProofLink entry={entry} /></>}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
