/**
 * The bar of one alert: who proposed what, who may second it, and the keys that do it. Its actions are on
 * the board, so the palette and the keyboard do exactly what the buttons do.
 */
import { useState } from 'react';
import { REJECTIONS } from '../../src/terms/index.ts';
import type { AlertRow, Decision } from '../../src/contract/console.ts';
import { doAction, useActions, useMay, type Action } from '../actions.tsx';
import { Icon } from '../parts/icon.tsx';
import { Keys, ProofLink, Time } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { useWords } from '../words.tsx';
import { AssignDialog, ProposeDialog, SecondDialog, WithdrawDialog } from './decide.tsx';

export type Deciding = 'assign' | 'dismiss' | 'escalate' | 'approve' | 'send-back' | 'withdraw' | null;

export function AlertBar(props: { id: string }) {
  const { say } = useWords();
  const alert = useAnswer('alert', { params: { id: props.id } });
  if (alert.data === undefined || alert.isPlaceholderData) return <span className="bar__title"><Icon name="two" />{alert.error === null ? say('bar.loading') : say('bar.unknown')}</span>;
  return <Decide row={alert.data.row} />;
}

function Decide(props: { row: AlertRow }) {
  const [open, setOpen] = useState<Deciding>(null);
  // The decision as it was when the dialog was opened: it stays on the screen when a colleague is quicker, and says so.
  const [waiting, setWaiting] = useState<Decision | null>(null);
  const { row } = props;
  const actions = useAlertActions(row, (what) => { setWaiting(row.waiting); setOpen(what); });
  useActions(actions);
  const close = (): void => setOpen(null);
  return (
    <>
      <Standing row={row} />
      <span className="bar__end">{actions.map((action) => <ActionButton key={action.name} action={action} primary={action.name === 'approve' || action.name === 'escalate'} />)}</span>
      {open === 'assign' && <AssignDialog row={row} onClose={close} />}
      {(open === 'dismiss' || open === 'escalate') && <ProposeDialog row={row} outcome={open} onClose={close} />}
      {waiting !== null && (open === 'approve' || open === 'send-back') && <SecondDialog row={row} decision={waiting} verdict={open} onClose={close} />}
      {waiting !== null && open === 'withdraw' && <WithdrawDialog decision={waiting} onClose={close} />}
    </>
  );
}

/** A button of an action; one that is blocked keeps the focus and says why. */
function ActionButton(props: { action: Action; primary: boolean }) {
  const { action } = props;
  const blocked = action.blocked ?? null;
  const kind = blocked === null && props.primary ? 'button button--primary' : action.name === 'assign' ? 'button button--quiet' : 'button';
  return (
    <button type="button" className={kind} aria-disabled={blocked !== null} title={blocked ?? undefined} onClick={() => doAction(action)}>
      {action.label}{blocked === null && action.keys !== undefined && <Keys keys={action.keys} />}{blocked !== null && <span className="hidden-text"> {blocked}</span>}
    </button>
  );
}

function useAlertActions(row: AlertRow, open: (what: Deciding) => void): Action[] {
  const { say } = useWords();
  const may = useMay();
  const { staff } = useSession();
  const { waiting } = row;
  const needs = (permission: 'alert.assign' | 'alert.decide' | 'decision.second', why: string | null): string | null => (may(permission) ? why : say('bar.no-permission'));
  const act = (name: string, label: string, keys: string, blocked: string | null, what: Deciding): Action => ({ name, label, group: 'here', permission: 'alert.read', keys, blocked, perform: () => open(what) });
  if (row.state !== 'open') return [];
  const assign = act('assign', say('action.assign'), 'a', needs('alert.assign', null), 'assign');
  if (waiting === null) {
    return [
      assign,
      act('dismiss', say('action.dismiss'), 'd', needs('alert.decide', null), 'dismiss'),
      act('escalate', say('action.escalate'), 'e', needs('alert.decide', null), 'escalate'),
    ];
  }
  if (waiting.proposedBy.id === staff.id) return [assign, act('withdraw', say('action.withdraw'), 'w', needs('alert.decide', null), 'withdraw')];
  const why = needs('decision.second', waiting.maySecond ? null : waiting.whyNot?.[language()] ?? REJECTIONS.SECOND_PERSON_REQUIRED.meaning);
  return [
    assign,
    act('send-back', say('action.send-back'), 'b', why, 'send-back'),
    act('approve', say(waiting.outcome === 'dismiss' ? 'action.approve.dismiss' : 'action.approve.escalate'), waiting.outcome === 'dismiss' ? 'd' : 'e', why, 'approve'),
  ];
}

const language = (): 'en' | 'ur' => (document.documentElement.lang === 'ur' ? 'ur' : 'en');

function Standing(props: { row: AlertRow }) {
  const { say } = useWords();
  const { row } = props;
  const { waiting } = row;
  if (row.state !== 'open') return <Closed row={row} />;
  if (waiting === null) {
    return (
      <>
        <span className="bar__title"><Icon name="two" />{say('bar.decide')}</span>
        <ol className="four">
          <li><span className="four__step four__step--now">1</span><span><b>{say('bar.propose')}</b><small>{say('bar.propose.note')}</small></span></li>
          {row.needsSecond
            ? <li><span className="four__step">2</span><span><b>{say('bar.second')}</b><small>{say('bar.second.other')}</small></span></li>
            : <li><span className="four__step"><Icon name="check" /></span><span><b>{say('bar.alone')}</b><small>{say(`severity.${row.severity}`)}</small></span></li>}
        </ol>
      </>
    );
  }
  return (
    <>
      <span className="bar__title"><Icon name="two" />{say(waiting.outcome === 'dismiss' ? 'bar.title.dismiss' : 'bar.title.escalate')}</span>
      <ol className="four">
        <li>
          <span className="four__step four__step--done"><Icon name="check" /></span>
          <span><b>{say('bar.proposed-by', { name: waiting.proposedBy.name })}</b><small title={waiting.note}><Time at={waiting.proposedAt} form="minute" /> · <bdi>{waiting.note}</bdi></small></span>
        </li>
        <li><span className="four__step four__step--now">2</span><Second decision={waiting} /></li>
      </ol>
    </>
  );
}

function Second(props: { decision: Decision }) {
  const { say } = useWords();
  const { staff } = useSession();
  const { decision } = props;
  if (decision.proposedBy.id === staff.id) return <span><b>{say('bar.second')}</b><small>{say('bar.second.not-you')}</small></span>;
  if (decision.maySecond) return <span><b>{say('bar.second.you')}</b><small>{say('bar.second.key')}</small></span>;
  return <span><b>{say('bar.second')}</b><small>{decision.whyNot?.[language()] ?? say('bar.second.other')}</small></span>;
}

function Closed(props: { row: AlertRow }) {
  const { say } = useWords();
  const alert = useAnswer('alert', { params: { id: props.row.id } });
  const last = alert.data?.steps.findLast((step) => step.what === 'dismissed' || step.what === 'escalated' || step.what === 'approved');
  return (
    <>
      <span className="bar__title"><Icon name="check" />{say(props.row.state === 'dismissed' ? 'alert.state.dismissed' : 'alert.state.escalated')}</span>
      <span className="bar__items">
        {last !== undefined && <span>{last.by?.name} · <Time at={last.at} form="short" /></span>}
        {last?.entry !== null && last?.entry !== undefined && <ProofLink entry={last.entry} word />}
      </span>
    </>
  );
}
