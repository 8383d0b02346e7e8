/** Letters of both sides, newest first: questions with their answers, letters of decisions; each with its text and its proof. */
import { Link, useSearch } from '@tanstack/react-router';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { ProofLink, StateMark, Time } from '../parts/marks.tsx';
import { Empty } from '../parts/states.tsx';
import { useWords } from '../words.tsx';
import { useOpen } from './dossier-open.ts';
import { LetterText } from './dossier-object.tsx';

export function Letters(props: { dossier: DossierAnswer }) {
  const { say } = useWords();
  const { dossier } = props;
  const { letter } = useSearch({ from: '/applications/$code' });
  const letters = dossier.letters.toReversed();
  const shown = letters.find((one) => one.entry === letter) ?? letters[0];
  return (
    <>
      <WriteButtons />
      {shown === undefined ? <Empty title={say('letters.none.title')}><p>{say('letters.none.text')}</p></Empty> : (
        <div className="firm">
          <LetterTable dossier={dossier} letters={letters} shown={shown.entry} />
          <article className="aside">
            <h3><bdi>{shown.subject}</bdi></h3>
            <p className="note">{say(`letters.from.${shown.from}`)} · <Time at={shown.at} form="short" /> · <ProofLink entry={shown.entry} />{shown.answers !== null && <> · {say('letters.answers', { entry: shown.answers.toLocaleString('en') })}</>}</p>
            <LetterText code={dossier.firm.code} sha256={shown.text} />
          </article>
        </div>
      )}
    </>
  );
}

function WriteButtons() {
  const { say } = useWords();
  const may = useMay();
  const open = useOpen();
  if (!may('dossier.assess')) return null;
  return (
    <p className="filters filters--top">
      <button type="button" className="button" onClick={() => open({ what: 'letter', role: 'question' })}>{say('dossier.ask')}</button>
      <button type="button" className="button" onClick={() => open({ what: 'letter', role: 'letter' })}>{say('dossier.write')}</button>
      <button type="button" className="button" onClick={() => open({ what: 'letter', role: 'decision' })}>{say('dossier.write.decision')}</button>
    </p>
  );
}

function LetterTable(props: { dossier: DossierAnswer; letters: DossierAnswer['letters']; shown: number }) {
  const { say } = useWords();
  return (
    <div className="box">
      <table className="table table--dense">
        <thead><tr><th>{say('column.at')}</th><th>{say('letters.kind')}</th><th>{say('letter.subject')}</th><th>{say('column.who')}</th><th>{say('column.state')}</th></tr></thead>
        <tbody>
          {props.letters.map((one) => (
            <tr key={one.entry} aria-selected={one.entry === props.shown ? true : undefined}>
              <td className="soft"><Time at={one.at} form="short" /></td><td>{say(`letters.role.${one.role}`)}</td>
              <td className="wraps fills"><Link className="n" to="/applications/$code" params={{ code: props.dossier.firm.code }} search={{ tab: 'letters', letter: one.entry }} replace aria-current={one.entry === props.shown ? 'true' : undefined}><bdi>{one.subject}</bdi></Link></td>
              <td className="soft">{say(`letters.from.${one.from}`)}</td>
              <td>{one.role === 'question' && (one.open ? <StateMark tone="due">{say('letters.open')}</StateMark> : <StateMark tone="met">{say('letters.answered')}</StateMark>)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
