/** What was proposed about the rules and how it ended, with the second person's part; and the back-tests that were asked for. */
import { Link } from '@tanstack/react-router';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { RuleProposalRow, RulesAnswer } from '../../src/contract/console.ts';
import { useMay } from '../actions.tsx';
import { call } from '../api.ts';
import { ProofLink, StateMark, Time, type Tone } from '../parts/marks.tsx';
import { DecisionForm, noteMin, useDeciding, useDraft, type Deciding } from '../shell/deciding.tsx';
import { useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import { Changes } from './rules-draft.tsx';

const tones: Readonly<Record<RuleProposalRow['state'], Tone>> = { waits: 'due', agreed: 'met', 'sent-back': 'wait', withdrawn: 'wait' };

export function Proposals(props: { answer: RulesAnswer; waiting: boolean }) {
  const { say } = useWords();
  const may = useMay();
  const [chosen, choose] = useState<{ readonly proposal: RuleProposalRow; readonly act: 'agree' | 'close' } | null>(null);
  const { answer } = props;
  const shown = answer.proposals.filter((one) => (one.state === 'waits') === props.waiting);
  if (shown.length === 0) return null;
  return (
    <section>
      <div className="head"><h2>{say(props.waiting ? 'rules.proposals' : 'rules.proposals.ended')}</h2><span className="head__note">{shown.length}</span></div>
      <div className="box">
        <table className="table">
          <thead><tr><th>{say('column.state')}</th><th>{say('rules.proposal.what')}</th><th>{say('rules.proposal.from')}</th><th>{say('column.who')}</th><th>{say('rules.proposal.act')}</th></tr></thead>
          <tbody>{shown.map((one) => (
            <tr key={one.entry}>
              <td><StateMark tone={tones[one.state]}>{say(`rules.proposal.${one.state}`)}</StateMark></td>
              <td className="wraps"><Changes answer={answer} changes={one.changes} /><span className="words" dir="auto">{one.reasons}</span></td>
              <td><Time at={one.effectiveFrom} form="short" /></td>
              <td><bdi>{one.actor}</bdi> · <ProofLink entry={one.entry} /></td>
              <td className="rules__acts">
                {one.backtest !== null && <Link className="n" to="/rules" search={{ test: one.backtest }}>{say('rules.test', { id: one.backtest })}</Link>}
                {one.state === 'waits' && may('rule.second') && <button type="button" className="button button--small button--primary" disabled={!one.maySecond} title={one.mine ? say('rules.proposal.mine') : undefined} onClick={() => choose({ proposal: one, act: 'agree' })}>{say('rules.agree')}</button>}
                {one.state === 'waits' && (one.mine || one.maySecond) && <button type="button" className="button button--small" onClick={() => choose({ proposal: one, act: 'close' })}>{say(one.mine ? 'action.withdraw' : 'action.send-back')}</button>}
                {one.state === 'waits' && one.mine && <span className="note block">{say('rules.proposal.mine')}</span>}
              </td>
            </tr>
          ))}</tbody>
        </table>
      </div>
      {chosen?.act === 'agree' && <AgreeDialog answer={answer} proposal={chosen.proposal} onClose={() => choose(null)} />}
      {chosen?.act === 'close' && <CloseDialog answer={answer} proposal={chosen.proposal} onClose={() => choose(null)} />}
    </section>
  );
}

function useRulesAct<T>(send: (stepUp: string | undefined) => Promise<T>, done: () => void): Deciding {
  const client = useQueryClient();
  const again = (): Promise<void> => client.invalidateQueries({ queryKey: ['rules'] });
  return useDeciding(send, { done: async () => { done(); await again(); }, stale: () => void again() });
}

function Proposed(props: { answer: RulesAnswer; proposal: RuleProposalRow }) {
  const { say } = useWords();
  const { proposal } = props;
  return (
    <>
      <Changes answer={props.answer} changes={proposal.changes} />
      <dl className="dl">
        <dt>{say('decide.proposed')}</dt><dd><bdi>{proposal.actor}</bdi>, <Time at={proposal.at} form="short" /></dd>
        <dt>{say('rules.proposal.from')}</dt><dd><Time at={proposal.effectiveFrom} form="full" /></dd>
        <dt>{say('decide.reason')}</dt><dd className="words" dir="auto">{proposal.reasons}</dd>
        <dt>{say('rules.proposal.tried')}</dt><dd>{proposal.tried === null ? say('rules.propose.untried') : <bdi dir="ltr" className="code code--wraps">{proposal.tried}</bdi>}</dd>
      </dl>
    </>
  );
}

function AgreeDialog(props: { answer: RulesAnswer; proposal: RuleProposalRow; onClose: () => void }) {
  const { say } = useWords();
  const { proposal } = props;
  const deciding = useRulesAct((stepUp) => call('agreeRules', { params: { proposal: proposal.entry }, body: stepUp === undefined ? {} : { stepUp } }), props.onClose);
  const stands = props.answer.proposals.some((one) => one.entry === proposal.entry && one.state === 'waits');
  return (
    <DecisionForm label={say('rules.agree.title')} wide deciding={deciding} onClose={props.onClose} submit={say('rules.agree')} ready={stands && proposal.base === props.answer.base}>
      <Proposed answer={props.answer} proposal={proposal} />
      <p className="note">{say(proposal.base === props.answer.base ? 'rules.agree.note' : 'rules.agree.stale')}</p>
    </DecisionForm>
  );
}

const isText = (kept: unknown): kept is string => typeof kept === 'string';

function CloseDialog(props: { answer: RulesAnswer; proposal: RuleProposalRow; onClose: () => void }) {
  const { say } = useWords();
  const { proposal } = props;
  const [note, write, forget] = useDraft(`rules close ${proposal.entry}`, '', isText);
  const deciding = useRulesAct(() => call('closeRules', { params: { proposal: proposal.entry }, body: { note: note.trim() } }), () => { forget(); props.onClose(); });
  return (
    <DecisionForm label={say(proposal.mine ? 'rules.withdraw.title' : 'rules.back.title')} deciding={deciding} onClose={props.onClose} submit={say(proposal.mine ? 'action.withdraw' : 'action.send-back')} ready={proposal.mine || note.trim().length >= noteMin}>
      <Proposed answer={props.answer} proposal={proposal} />
      <TextField label={say(proposal.mine ? 'decide.note.optional' : 'decide.note.why-back')} hint={say('decide.note.kept')} max={4_000} value={note} onChange={write} />
    </DecisionForm>
  );
}

/** Back-tests, newest first; each opens what it found. */
export function Trials(props: { answer: RulesAnswer }) {
  const { say } = useWords();
  const { backtests } = props.answer;
  if (backtests.length === 0) return null;
  return (
    <section>
      <div className="head"><h2>{say('rules.tests')}</h2></div>
      <ul className="rules__changes">{backtests.map((one) => (
        <li key={one.id}><Link className="n" to="/rules" search={(before) => ({ ...before, test: one.id })}>{say('rules.test', { id: one.id })}</Link> · {say(`rules.test.state.${one.state}`)} · <bdi>{one.by}</bdi> · <Time at={one.askedAt} form="short" /></li>
      ))}</ul>
    </section>
  );
}
