/**
 * Public warnings: what waits for a second person, and what stands. To issue, correct or lift one takes two people, each
 * with presence proven; the reply of whom it names is published beside it. Evidence never leaves the officer's machine:
 * its hash is taken here.
 */
import { useState } from 'react';
import { useActions, useMay } from '../actions.tsx';
import { call } from '../api.ts';
import { StateMark, Time } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { DecisionForm, noteMin } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import { useWarningAct, type OneWarning, type Warnings } from './warning-act.ts';
import { ProposeWarning } from './warning-propose.tsx';

type Proposal = Warnings['proposals'][number];
type Open = { readonly what: 'issue' } | { readonly what: 'amend' | 'lift' | 'reply'; readonly warning: OneWarning } | { readonly what: 'agree' | 'close'; readonly proposal: Proposal };

const tones = { 'in-force': 'met', ended: 'wait', lifted: 'wait' } as const;

export function WarningsScreen() {
  const { say } = useWords();
  const [open, setOpen] = useState<Open | null>(null);
  const query = useAnswer('warnings', {});
  useActions([{ name: 'warning', label: say('warning.issue'), group: 'here', permission: 'warning.decide', keys: 'n', perform: () => setOpen({ what: 'issue' }) }]);
  const close = (): void => setOpen(null);
  return (
    <Answer query={query} bones={6}>
      {(answer) => (
        <div className="stack">
          <section>
            <div className="head"><h2>{say('warning.waits')}</h2><span className="head__note">{say('warning.waits.note')}</span><span className="head__end"><button type="button" className="button button--primary" onClick={() => setOpen({ what: 'issue' })}>{say('warning.issue')}</button></span></div>
            {answer.proposals.length === 0 ? <Empty title={say('warning.waits.none')}><p>{say('warning.waits.none.text')}</p></Empty> : <ProposalTable answer={answer} open={setOpen} />}
          </section>
          <section>
            <div className="head"><h2>{say('nav.warnings')}</h2><span className="head__note"><a className="n" href="/register/warnings">{say('warning.public')}</a></span></div>
            {answer.warnings.length === 0 ? <Empty title={say('warning.none')}><p>{say('warning.none.text')}</p></Empty> : <WarningTable answer={answer} open={setOpen} />}
          </section>
          {open?.what === 'issue' && <ProposeWarning answer={answer} act="issue" onClose={close} />}
          {(open?.what === 'amend' || open?.what === 'lift') && <ProposeWarning answer={answer} act={open.what} warning={open.warning} onClose={close} />}
          {open?.what === 'reply' && <ReplyDialog warning={open.warning} onClose={close} />}
          {(open?.what === 'agree' || open?.what === 'close') && <SecondDialog what={open.what} proposal={open.proposal} onClose={close} />}
        </div>
      )}
    </Answer>
  );
}

/** Whom a warning is about, in one line; a natural person is not named. */
function subjectOf(content: OneWarning['content'] | null, person: string): string {
  if (content === null) return '–';
  return content.name ?? content.domains[0] ?? content.apps[0]?.name ?? content.wallets[0]?.address ?? (content.subject === 'person' ? person : '–');
}

function ProposalTable(props: { answer: Warnings; open: (open: Open) => void }) {
  const { say } = useWords();
  const may = useMay();
  const { staff } = useSession();
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('warning.act')}</th><th>{say('warning.about')}</th><th>{say('decide.reason')}</th><th>{say('decisions.proposed')}</th><th><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>
          {props.answer.proposals.map((one) => (
            <tr key={one.proposal}>
              <td>{say(`warning.act.${one.act}`)} {one.warning !== null && <bdi className="code">{one.warning}</bdi>}</td>
              <td className="wraps roomy"><bdi>{subjectOf(one.content ?? props.answer.warnings.find((each) => each.warning === one.warning)?.content ?? null, say('warning.person'))}</bdi></td>
              <td className="wraps fills"><bdi>{one.reasons}</bdi></td><td><bdi className="code">{one.by}</bdi> <span className="faint"><Time at={one.at} form="short" /></span></td>
              <td className="num">
                {one.by !== staff.id && may('warning.second') && <button type="button" className="button button--small" onClick={() => props.open({ what: 'agree', proposal: one })}>{say('second.approve')}</button>}{' '}
                <button type="button" className="n" onClick={() => props.open({ what: 'close', proposal: one })}>{say(one.by === staff.id ? 'action.withdraw' : 'action.send-back')}</button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function WarningTable(props: { answer: Warnings; open: (open: Open) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const titleOf = (name: string): string => { const found = props.answer.classes.find((one) => one.class === name); return found === undefined ? name : worded(found.title); };
  return (
    <div className="box">
      <table className="table">
        <thead><tr><th>{say('warning.number')}</th><th>{say('warning.about')}</th><th>{say('warning.class')}</th><th>{say('column.state')}</th><th>{say('warning.issued')}</th><th>{say('warning.expires')}</th><th className="num">{say('warning.replies')}</th><th><span className="hidden-text">{say('dossier.act')}</span></th></tr></thead>
        <tbody>
          {props.answer.warnings.map((one) => (
            <tr key={one.warning}>
              <td><a className="n" href={`/register/warnings/${one.warning}`}><bdi className="code">{one.warning}</bdi></a></td><td className="wraps fills"><bdi>{subjectOf(one.content, say('warning.person'))}</bdi></td><td className="wraps roomy">{titleOf(one.content.class)}</td>
              <td><StateMark tone={tones[one.state]}>{say(`warning.state.${one.state}`)}</StateMark></td><td className="soft"><Time at={one.amended ?? one.issued} form="date" /></td><td className="soft">{one.content.expires === undefined ? '–' : <Time at={one.content.expires} form="date" />}</td><td className="num">{one.replies.length}</td>
              <td className="num">
                <button type="button" className="button button--small" onClick={() => props.open({ what: 'reply', warning: one })}>{say('warning.reply')}<span className="hidden-text"> {one.warning}</span></button>{' '}
                <button type="button" className="button button--small" onClick={() => props.open({ what: 'amend', warning: one })}>{say('warning.act.amend')}<span className="hidden-text"> {one.warning}</span></button>{' '}
                {one.state === 'in-force' && <button type="button" className="button button--small" onClick={() => props.open({ what: 'lift', warning: one })}>{say('warning.act.lift')}<span className="hidden-text"> {one.warning}</span></button>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SecondDialog(props: { what: 'agree' | 'close'; proposal: Proposal; onClose: () => void }) {
  const { say } = useWords();
  const { staff } = useSession();
  const { what, proposal } = props;
  const [note, setNote] = useState('');
  const params = { proposal: proposal.proposal };
  const deciding = useWarningAct((stepUp) => (what === 'agree' ? call('agreeWarning', { params, body: stepUp === undefined ? {} : { stepUp } }) : call('closeWarning', { params, body: { note: note.trim() } })), props.onClose);
  const isOwn = proposal.by === staff.id;
  const label = say(what === 'agree' ? 'warning.agree' : isOwn ? 'action.withdraw' : 'action.send-back');
  return (
    <DecisionForm label={label} deciding={deciding} ready={what === 'agree' || isOwn || note.trim().length >= noteMin} submit={what === 'agree' ? say('second.approve') : label} onClose={props.onClose}>
      <dl className="dl">
        <dt>{say('warning.act')}</dt><dd>{say(`warning.act.${proposal.act}`)} {proposal.warning !== null && <bdi className="code">{proposal.warning}</bdi>}</dd>
        <dt>{say('decide.proposed')}</dt><dd><bdi>{proposal.by}</bdi></dd><dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{proposal.reasons}</dd>
      </dl>
      {proposal.content !== null && <ContentSheet content={proposal.content} />}
      {what === 'close' && <TextField label={say('column.note')} hint={say('decide.note.kept')} max={2_000} rows={3} value={note} onChange={setNote} />}
    </DecisionForm>
  );
}

/** All that would be published, as it would be. */
function ContentSheet(props: { content: OneWarning['content'] }) {
  const { say } = useWords();
  const { content } = props;
  const lists: readonly (readonly [string, readonly string[]])[] = [
    [say('warning.aliases'), content.aliases], [say('warning.domains'), content.domains], [say('warning.apps'), content.apps.map((app) => [app.name, app.store, app.id].filter((part) => part !== undefined).join(' · '))], [say('warning.wallets'), content.wallets.map((wallet) => wallet.address)],
    [say('warning.evidence'), content.evidence.map((one) => `${one.what} (${one.sha256.slice(0, 12)}…)`)],
  ];
  return (
    <dl className="dl">
      <dt>{say('warning.about')}</dt><dd><bdi>{content.subject === 'person' ? say('warning.person.hashed', { n: content.hashes }) : content.name ?? '–'}</bdi></dd>
      {lists.filter(([, values]) => values.length > 0).map(([label, values]) => [<dt key={label}>{label}</dt>, <dd key={`${label} values`} className="wraps"><bdi dir="ltr">{values.join(', ')}</bdi></dd>])}
      <dt>{say('warning.text.en')}</dt><dd className="words" dir="ltr" lang="en">{content.text.en}</dd><dt>{say('warning.text.ur')}</dt><dd className="words" dir="rtl" lang="ur">{content.text.ur}</dd>
      {content.expires !== undefined && <><dt>{say('warning.expires')}</dt><dd><Time at={content.expires} form="date" /></dd></>}
    </dl>
  );
}

function ReplyDialog(props: { warning: OneWarning; onClose: () => void }) {
  const { say } = useWords();
  const [words, setWords] = useState('');
  const deciding = useWarningAct(() => call('replyToWarning', { params: { warning: props.warning.warning }, body: { words: words.trim(), evidence: [] } }), props.onClose);
  return (
    <DecisionForm label={say('warning.reply.title', { warning: props.warning.warning })} deciding={deciding} ready={words.trim() !== ''} submit={say('warning.reply.submit')} onClose={props.onClose}>
      <p className="soft">{say('warning.reply.text')}</p>
      {props.warning.replies.map((one) => <blockquote key={one.at} className="words" dir="auto">{one.words}</blockquote>)}
      <TextField label={say('warning.reply.words')} max={4_000} rows={5} value={words} onChange={setWords} />
    </DecisionForm>
  );
}
