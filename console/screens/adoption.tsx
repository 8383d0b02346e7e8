/**
 * A new revision of the framework: its files are judged and compared with the running pack, each difference in words with
 * the firms that it concerns; it is proposed by its hash with reasons and a day, and adopted when a second person agrees,
 * who sees the same difference. The house starts under it from that day on.
 */
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ChangeEvent } from 'react';
import type { FirmRef, PackDifferenceAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { call, type Answered } from '../api.ts';
import { whole } from '../figures.ts';
import { ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty, ErrorPanel } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin, useDeciding } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField, instantIn } from './dossier-form.tsx';
import '../style/framework.css';

type Adoption = Answered<'adoption'>;
type Waiting = Adoption['waits'][number];
type Weighed = Answered<'weighPack'>;

export function PackAdoption() {
  return <Answer query={useAnswer('adoption', {})} bones={6}>{(answer) => <Sheet answer={answer} />}</Answer>;
}

function Sheet(props: { answer: Adoption }) {
  const { say } = useWords();
  const may = useMay();
  const { answer } = props;
  const [weighed, weigh] = useState<Weighed | null>(null);
  const [proposing, propose] = useState(false);
  const difference = weighed?.difference ?? null;
  return (
    <div className="framework stack">
      <Standing answer={answer} />
      <Waits answer={answer} />
      {may('framework.adopt') && (
        <section>
          <div className="head"><h2>{say('pack.weigh')}</h2><span className="head__note">{say('pack.weigh.note')}</span></div>
          <Files done={weigh} />
          {weighed !== null && difference === null && <Faults weighed={weighed} />}
          {difference !== null && <Difference difference={difference} />}
          {difference !== null && !difference.identical && <p><button type="button" className="button button--primary" onClick={() => propose(true)}>{say('pack.propose')}</button></p>}
          {proposing && difference !== null && <ProposeDialog difference={difference} onClose={() => propose(false)} />}
        </section>
      )}
    </div>
  );
}

function Standing(props: { answer: Adoption }) {
  const { say } = useWords();
  const { running, adopted, coming } = props.answer;
  const late = adopted !== null && adopted.hash !== running.hash;
  return (
    <section>
      <div className="head"><h2>{say('pack.standing')}</h2><span className="head__end"><Link className="n" to="/framework/read">{say('nav.framework')}</Link></span></div>
      <dl className="dl">
        <dt>{say('pack.running')}</dt><dd><PackName of={running} /></dd>
        {adopted !== null && <><dt>{say('pack.adopted')}</dt><dd><PackName of={adopted} /> · <Time at={adopted.from} form="date" /> · <bdi>{[adopted.actor, ...(adopted.second === null ? [] : [adopted.second])].join(' + ')}</bdi> · <ProofLink entry={adopted.entry} word /></dd></>}
        {coming !== null && <><dt>{say('pack.coming')}</dt><dd><PackName of={coming} /> · {say('pack.from')} <Time at={coming.from} form="date" /> · <ProofLink entry={coming.entry} word /></dd></>}
      </dl>
      {late && <p><StateMark tone="due" icon="warn">{say('pack.restart')}</StateMark></p>}
    </section>
  );
}

function PackName(props: { of: { readonly framework: string; readonly revision: number; readonly hash: string } }) {
  const { say } = useWords();
  return <><bdi dir="ltr">{props.of.framework}</bdi>, {say('pack.revision', { revision: props.of.revision })} <bdi dir="ltr" className="code faint">{props.of.hash.slice(0, 16)}</bdi></>;
}

function Waits(props: { answer: Adoption }) {
  const { say } = useWords();
  const { waits } = props.answer;
  const { look } = useSearch({ from: '/framework/adoption' });
  const navigate = useNavigate({ from: '/framework/adoption' });
  const [agreeing, agree] = useState<Waiting | null>(null);
  return (
    <section>
      <div className="head"><h2>{say('pack.waits')}</h2></div>
      {waits.length === 0 ? <Empty title={say('pack.waits.none')}><p>{say('pack.waits.none.text')}</p></Empty> : waits.map((one) => (
        <div key={one.entry} className="aside">
          <p><PackName of={one} /> · {say('decide.proposed')} <bdi>{one.actor}</bdi>, <Time at={one.at} form="short" /> · <ProofLink entry={one.entry} word /></p>
          <p>{say('pack.from')} {one.effectiveFrom === null ? say('pack.at-once') : <Time at={one.effectiveFrom} form="date" />}</p>
          <p className="words" dir="auto">{one.reasons}</p>
          {!one.known && <p className="note">{say('pack.unknown')}</p>}
          <p className="filters">
            {one.known && <button type="button" className="button" aria-expanded={look === one.hash} onClick={() => void navigate({ search: { look: look === one.hash ? undefined : one.hash }, replace: true })}>{say('pack.look')}</button>}
            {one.maySecond && <button type="button" className="button button--primary" onClick={() => agree(one)}>{say('second.approve')}</button>}
          </p>
          {look === one.hash && <Known hash={one.hash} />}
        </div>
      ))}
      {agreeing !== null && <AgreeDialog waiting={agreeing} onClose={() => agree(null)} />}
    </section>
  );
}

function Known(props: { hash: string }) {
  return <Answer query={useAnswer('packDifference', { params: { hash: props.hash } })} bones={4}>{(difference) => <Difference difference={difference} />}</Answer>;
}

/** Reads the files that were chosen and has them judged. */
function Files(props: { done: (weighed: Weighed) => void }) {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const choose = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const chosen = [...event.target.files ?? []].filter((file) => /\.ya?ml$/i.test(file.name));
    if (chosen.length === 0) return;
    setBusy(true);
    setError(null);
    try {
      const files = await Promise.all(chosen.map(async (file) => ({ name: file.name, text: await file.text() })));
      props.done(await call('weighPack', { body: { files } }));
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <label className="field"><span>{say('pack.files')}</span><input className="input" type="file" multiple accept=".yaml,.yml" disabled={busy} onChange={(event) => void choose(event)} /><span>{say(busy ? 'pack.weighing' : 'pack.files.hint')}</span></label>
      {error !== null && <ErrorPanel error={error} title={say('decide.refused')} />}
    </>
  );
}

function Faults(props: { weighed: Weighed }) {
  const { say } = useWords();
  const { faults, faultsTotal } = props.weighed;
  return (
    <>
      <p role="status"><StateMark tone="breach">{say('pack.faults', { count: faultsTotal })}</StateMark></p>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('pack.place')}</th><th>{say('column.code')}</th><th>{say('pack.fault')}</th><th>{say('pack.remedy')}</th></tr></thead>
          <tbody>{faults.map((fault, place) => <tr key={place}><td><bdi dir="ltr" className="code">{fault.file}:{fault.line}</bdi></td><td><bdi className="code">{fault.code}</bdi></td><td className="wraps fills" lang="en" dir="ltr">{fault.detail}</td><td className="wraps" lang="en" dir="ltr">{fault.remedy}</td></tr>)}</tbody>
        </table>
      </div>
    </>
  );
}

const firmsText = (firms: readonly FirmRef[]): string => firms.map((one) => one.code).join(', ');

function Difference(props: { difference: PackDifferenceAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { difference } = props;
  if (difference.identical) return <p role="status">{say('pack.same')}</p>;
  return (
    <>
      <p role="status">{say('pack.changes', { count: difference.changes.length })} {difference.firms.length === 0 ? say('pack.firms.none') : <>{say('pack.firms', { count: difference.firms.length })} <bdi dir="ltr">{firmsText(difference.firms)}</bdi></>}</p>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('pack.change')}</th><th>{say('framework.what')}</th><th>{say('framework.says')}</th><th>{say('framework.clause')}</th><th>{say('pack.whom')}</th></tr></thead>
          <tbody>
            {difference.changes.map((one, place) => (
              <tr key={place}>
                <td>{say(`pack.change.${one.change}`)}</td><td className="wraps"><bdi dir="ltr">{one.kind} {one.id}</bdi></td><td className="wraps fills" lang="en" dir="ltr">{one.words}</td><td className="faint wraps"><bdi>{one.clause ?? '–'}</bdi></td>
                <td className="wraps">{one.firms.length > 0 && <b><bdi dir="ltr">{firmsText(one.firms)}</bdi></b>} <span className="faint">{one.stages.length === 0 ? say('pack.whom.none') : one.stages.map(worded).join(say('comma'))}</span></td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {difference.changes.length > 100 && <p className="note">{whole(difference.changes.length)}</p>}
    </>
  );
}

/** Sends an act on a pack and reads again. */
function useAdopting<T>(send: (stepUp: string | undefined) => Promise<T>, done: () => void) {
  const client = useQueryClient();
  const again = (): void => void client.invalidateQueries({ queryKey: ['adoption'] });
  return useDeciding(send, { done: () => { again(); done(); }, stale: again });
}

function ProposeDialog(props: { difference: PackDifferenceAnswer; onClose: () => void }) {
  const { say } = useWords();
  const { to, changes } = props.difference;
  const [reasons, setReasons] = useState('');
  const [day, setDay] = useState('');
  const from = day === '' ? undefined : instantIn(`${day}T00:00`);
  const deciding = useAdopting((stepUp) => call('proposePack', { body: { ...to, reasons: reasons.trim(), ...(from === undefined ? {} : { effectiveFrom: from }), ...(stepUp === undefined ? {} : { stepUp }) } }), props.onClose);
  return (
    <DecisionForm label={say('pack.propose')} deciding={deciding} ready={reasons.trim().length >= noteMin && (day === '' || from !== undefined)} submit={say('pack.propose')} onClose={props.onClose}>
      <p><PackName of={to} /> · {say('pack.changes', { count: changes.length })}</p>
      <label className="field"><span>{say('pack.from')}</span><input className="input" type="date" value={day} onChange={(event) => setDay(event.target.value)} /><span>{say('pack.from.hint')}</span></label>
      <TextField label={say('dossier.reasons')} hint={say('decide.note.kept')} max={4_000} value={reasons} onChange={setReasons} />
    </DecisionForm>
  );
}

function AgreeDialog(props: { waiting: Waiting; onClose: () => void }) {
  const { say } = useWords();
  const { waiting } = props;
  const deciding = useAdopting((stepUp) => call('adoptPack', { params: { proposal: waiting.entry }, body: stepUp === undefined ? {} : { stepUp } }), props.onClose);
  return (
    <DecisionForm label={say('pack.agree')} deciding={deciding} ready submit={say('second.approve')} onClose={props.onClose}>
      <p><PackName of={waiting} /></p>
      <p>{say('pack.from')} {waiting.effectiveFrom === null ? say('pack.at-once') : <Time at={waiting.effectiveFrom} form="date" />}</p>
      <p className="words" dir="auto">{waiting.reasons}</p>
      <p className="note">{say('pack.agree.note')}</p>
    </DecisionForm>
  );
}
