/**
 * The bar of one dossier: which decision waits for a second person, proposed by whom, and the keys that propose, agree,
 * send back or take back. It is fetched when a dossier is opened.
 */
import { useState } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { doAction, useActions, useMay, type Action } from '../actions.tsx';
import { Icon } from '../parts/icon.tsx';
import { Keys, Time } from '../parts/marks.tsx';
import { useAnswer } from '../read.ts';
import { AgreeDialog, CloseDialog } from '../screens/dossier-second.tsx';
import { ProposeDialog } from '../screens/dossier-propose.tsx';
import { useWorded, useWords } from '../words.tsx';

type Proposal = DossierAnswer['proposals'][number];

export function DossierBar(props: { code: string }) {
  const { say } = useWords();
  const dossier = useAnswer('dossier', { params: { code: props.code } });
  if (dossier.data === undefined || dossier.isPlaceholderData) return <span className="bar__title"><Icon name="two" />{dossier.error === null ? say('bar.loading') : say('bar.unknown')}</span>;
  return <Deciding dossier={dossier.data} />;
}

function Deciding(props: { dossier: DossierAnswer }) {
  const { dossier } = props;
  const [open, setOpen] = useState<'propose' | 'agree' | 'close' | null>(null);
  // The proposal as it was when the dialog was opened: it stays on the screen when a colleague is quicker, and says so.
  const [shown, show] = useState<Proposal | null>(null);
  const waiting = dossier.proposals.find((one) => one.state === 'waits') ?? null;
  const actions = useBarActions(dossier, waiting, (what) => { show(waiting); setOpen(what); });
  useActions(actions);
  const close = (): void => setOpen(null);
  return (
    <>
      <Waiting dossier={dossier} waiting={waiting} />
      <span className="bar__end">{actions.map((action) => <BarButton key={action.name} action={action} />)}</span>
      {open === 'propose' && <ProposeDialog dossier={dossier} step={null} onClose={close} />}
      {open === 'agree' && shown !== null && <AgreeDialog dossier={dossier} proposal={shown} onClose={close} />}
      {open === 'close' && shown !== null && <CloseDialog dossier={dossier} proposal={shown} onClose={close} />}
    </>
  );
}

function useBarActions(dossier: DossierAnswer, waiting: Proposal | null, open: (what: 'propose' | 'agree' | 'close') => void): Action[] {
  const { say } = useWords();
  const may = useMay();
  const conflict = dossier.weighed?.conflict === true ? say('dossier.conflict.short') : null;
  const needs = (permission: 'stage.decide' | 'stage.second', why: string | null): string | null => (may(permission) ? conflict ?? why : say('bar.no-permission'));
  const act = (name: string, label: string, keys: string, blocked: string | null, what: 'propose' | 'agree' | 'close'): Action => ({ name, label, group: 'here', permission: 'dossier.read', keys, blocked, perform: () => open(what) });
  if (!dossier.firm.invented) return [];
  if (waiting === null) return [act('propose', say('dossier.propose.title'), 'p', needs('stage.decide', dossier.steps.length === 0 ? say('dossier.steps.none.text') : null), 'propose')];
  if (waiting.mine) return [act('withdraw', say('action.withdraw'), 'w', needs('stage.decide', null), 'close')];
  return [
    act('send-back', say('action.send-back'), 'b', needs('stage.decide', null), 'close'),
    act('agree', say('second.look'), 'y', needs('stage.second', waiting.maySecond ? null : say('bar.second.other')), 'agree'),
  ];
}

/** A button of an action; one that is blocked keeps the focus and says why. */
function BarButton(props: { action: Action }) {
  const { action } = props;
  const blocked = action.blocked ?? null;
  const primary = blocked === null && (action.name === 'agree' || action.name === 'propose');
  return (
    <button type="button" className={primary ? 'button button--primary' : 'button'} aria-disabled={blocked !== null} title={blocked ?? undefined} onClick={() => doAction(action)}>
      {action.label}{blocked === null && action.keys !== undefined && <Keys keys={action.keys} />}{blocked !== null && <span className="hidden-text"> {blocked}</span>}
    </button>
  );
}

function Waiting(props: { dossier: DossierAnswer; waiting: Proposal | null }) {
  const { say } = useWords();
  const worded = useWorded();
  const { dossier, waiting } = props;
  if (waiting === null) {
    const last = dossier.history.find((one) => one.second !== null);
    return (
      <>
        <span className="bar__title"><Icon name="two" />{say('bar.dossier.none')}</span>
        {last !== undefined && <span className="bar__items"><span>{worded(last.title)}: <bdi>{last.actor}</bdi>{say('and')}<bdi>{last.second}</bdi>, <Time at={last.at} form="short" /></span></span>}
      </>
    );
  }
  const what = waiting.rung?.title ?? waiting.step?.title;
  return (
    <>
      <span className="bar__title"><Icon name="two" />{what === undefined ? say('caps.title') : worded(what)}</span>
      <ol className="four">
        <li><span className="four__step four__step--done"><Icon name="check" /></span><span><b>{say('bar.proposed-by', { name: waiting.by })}</b><small title={waiting.reasons}><Time at={waiting.at} form="short" /> · <bdi>{waiting.reasons}</bdi></small></span></li>
        <li><span className="four__step four__step--now">2</span><span><b>{say(waiting.maySecond ? 'bar.second.you' : 'bar.second')}</b><small>{say(waiting.mine ? 'bar.second.not-you' : 'bar.second.key')}</small></span></li>
      </ol>
    </>
  );
}
