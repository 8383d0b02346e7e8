/** One hit: what it says in a sentence, the reasons word by word beside the listed one, what may be done, what happened. */
import { Link } from '@tanstack/react-router';
import { instantOf } from '../../src/terms/index.ts';
import type { HitAnswer, ListedEntry } from '../../src/contract/console.ts';
import { fixed, timeText } from '../figures.ts';
import { FirmChip, PersonCode, ProofLink, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { Answer } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { Say, useWorded, useWords, type WordKey } from '../words.tsx';
import { HitActs } from './screening-decide.tsx';
import { FreezeTable } from './screening-freezes.tsx';
import { HitMark } from './screening-mark.tsx';

export function OneHit(props: { id: string }) {
  return <Answer query={useAnswer('hit', { params: { id: props.id } })} bones={10}>{(answer) => <Sheet answer={answer} />}</Answer>;
}

const leads: Readonly<Record<HitAnswer['hit']['state'], WordKey | null>> = { open: null, confirmed: 'hit.lead.confirmed', cleared: 'hit.lead.cleared', released: 'hit.lead.over', replaced: 'hit.lead.over' };

function Sheet(props: { answer: HitAnswer }) {
  const { say, language } = useWords();
  const worded = useWorded();
  const { answer } = props;
  const { hit } = answer;
  const day = hit.until === null ? '' : timeText(instantOf(hit.until), 'date', language);
  return (
    <article className="hit" aria-label={hit.id}>
      <h2 className="hit__lead"><Say k={leads[hit.state] ?? `hit.lead.${hit.decision}`} values={{ list: worded(hit.title), day }} nodes={{ person: <PersonCode id={hit.person} />, name: <bdi dir="auto">{hit.name}</bdi> }} /></h2>
      <p className="note">{say(`hit.force.${hit.force}`)} {say('hit.sealed')}</p>
      <HitActs answer={answer} />
      <div className="hit__sides">
        <Reasons answer={answer} />
        {answer.listed === null ? <p className="note">{say('hit.unreadable')}</p> : <Listed entry={answer.listed} />}
      </div>
      {answer.freezes.length > 0 && <section><div className="head"><h3>{say('screening.view.freezes')}</h3></div><FreezeTable items={answer.freezes} /></section>}
      <Beside answer={answer} />
      <section>
        <div className="head"><h3>{say('hit.history')}</h3><span className="head__note">{say('hit.replay', { matcher: answer.matcher, version: hit.version })}</span></div>
        <dl className="dl">
          {answer.steps.map((step) => <div key={step.entry} className="dl__row"><dt><Time at={step.at} form="short" /></dt><dd>{say(stepWord(step.what))}, <bdi>{step.by.name}</bdi>{step.second !== null && <>{say('comma')}<bdi>{step.second.name}</bdi></>} <ProofLink entry={step.entry} />{step.reason !== null && step.reason !== '' && <span className="note block" dir="auto">{step.reason}</span>}</dd></div>)}
        </dl>
      </section>
    </article>
  );
}

const steps = ['opened', 'confirmed-by-number', 'delisted', 'entry-changed', 'erased', 'propose-confirm', 'propose-clear', 'confirm', 'clear', 'send-back', 'reopen'] as const;
const stepWord = (what: string): WordKey => `hit.step.${steps.find((one) => one === what) ?? 'opened'}`;

function Reasons(props: { answer: HitAnswer }) {
  const { say } = useWords();
  const { words, features, missing, hit } = props.answer;
  return (
    <section>
      <div className="head"><h3>{say('hit.words')}</h3><span className="head__note">{say('hits.score')} {fixed(hit.score, 2)} · {say('hits.strength')} {fixed(hit.strength, 2)}</span></div>
      <table className="table table--measure">
        <thead><tr><th>{say('hit.word')}</th><th>{say('hit.how')}</th><th className="num">{say('hits.score')}</th></tr></thead>
        <tbody>
          {words.met.map((one, at) => <tr key={at}><th scope="row"><bdi dir="auto">{one.word}</bdi></th><td className="wraps">{say(`hit.how.${one.how}`)}</td><td className="num">{fixed(one.similarity, 2)}</td></tr>)}
          {words.left.map((word, at) => <tr key={`left ${at}`}><th scope="row"><bdi dir="auto">{word}</bdi></th><td className="wraps faint">{say('hit.left')}</td><td /></tr>)}
        </tbody>
      </table>
      <p className="note">{words.ownLeft > 0 && `${say('hit.own-left', { count: words.ownLeft })} `}{words.byLetters && `${say('hit.by-letters')} `}{words.acrossScripts && say('hit.across')}</p>
      {(features.length > 0 || missing.length > 0) && <h4>{say('hit.features')}</h4>}
      <dl className="dl">
        {features.map((one) => <div className="dl__row" key={one.feature}><dt>{say(featureWord(one.feature))}</dt><dd><FeatureMark effect={one.effect} evidence={one.evidence} /><span className="note block"><bdi lang="en">{one.says}</bdi></span></dd></div>)}
        {missing.length > 0 && <div className="dl__row"><dt>{say('hit.missing')}</dt><dd><bdi lang="en">{missing.join(', ')}</bdi></dd></div>}
      </dl>
    </section>
  );
}

const featureNames = ['identifier', 'father', 'birth', 'nationality', 'gender'] as const;
const featureWord = (feature: string): WordKey => `hit.feature.${featureNames.find((one) => one === feature) ?? 'identifier'}`;

function FeatureMark(props: { effect: number; evidence: number }) {
  const { say } = useWords();
  const [tone, word]: [Tone, WordKey] = props.effect < 0 ? ['breach', 'hit.speaks-against'] : props.evidence > 0 ? ['met', 'hit.agrees'] : ['wait', 'hit.neither'];
  return <StateMark tone={tone}>{say(word)}</StateMark>;
}

function Listed(props: { entry: ListedEntry }) {
  const { say } = useWords();
  const { entry } = props;
  const rows: readonly (readonly [WordKey, readonly string[]])[] = [
    ['hit.births', entry.birthDates], ['hit.fathers', entry.fatherNames], ['hit.nationalities', entry.nationalities.map((code) => code.toUpperCase())],
    ['hit.numbers', entry.identifiers.map((one) => `${one.kind} ${one.value}${one.country === null ? '' : ` (${one.country.toUpperCase()})`}`)], ['hit.places', entry.places], ['hit.programs', entry.programs],
  ];
  return (
    <section>
      <div className="head"><h3>{say('hit.listed')}</h3><span className="head__note"><bdi className="code">{entry.list} {entry.entry}</bdi></span></div>
      <dl className="dl">
        <dt>{say('hit.names')}</dt><dd>{entry.names.slice(0, 30).map((name, at) => <span className="block" key={at}><bdi dir="auto">{name.text}</bdi>{name.quality === 'weak' && <span className="note"> {say('hit.weak')}</span>}</span>)}</dd>
        {rows.filter(([, texts]) => texts.length > 0).map(([word, texts]) => <div className="dl__row" key={word}><dt>{say(word)}</dt><dd>{texts.slice(0, 20).map((text, at) => <span className="block" key={at}><bdi dir="auto">{text}</bdi></span>)}</dd></div>)}
      </dl>
    </section>
  );
}

function Beside(props: { answer: HitAnswer }) {
  const { say } = useWords();
  const worded = useWorded();
  const { beside, firms } = props.answer;
  return (
    <>
      {firms.length > 0 && <p className="note">{say('hit.firms')} {firms.map((code) => <FirmChip key={code} code={code} />)}</p>}
      {beside.length > 0 && (
        <section>
          <div className="head"><h3>{say('hit.beside')}</h3></div>
          <table className="table"><tbody>
            {beside.map((row) => <tr key={row.id}><td className="wraps fills"><Link className="n" from="/screening" to="/screening" search={(before) => ({ ...before, view: undefined, hit: row.id })}><bdi dir="auto">{row.name}</bdi></Link><span className="note block">{worded(row.title)}{row.sameBearer && ` · ${say('hit.same-bearer')}`}</span></td><td className="num">{fixed(row.score, 2)}</td><td className="wraps"><HitMark hit={row} /></td></tr>)}
          </tbody></table>
        </section>
      )}
    </>
  );
}
