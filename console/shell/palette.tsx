/**
 * The command palette lists every action that the reader's role has here, found by any part of its label,
 * and opens an alert, a firm or an entry by its number. An action that may not be done now stands in the
 * list with its reason.
 */
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { doAction, useBoard, useMay, type Action } from '../actions.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Keys } from '../parts/marks.tsx';
import { prefer, usePreferences } from '../preferences.ts';
import { useAnswer } from '../read.ts';
import { useWorded, useWords } from '../words.tsx';

const groups = ['here', 'go', 'settings'] as const;

/** Actions made from what was typed: `AL-20418`, a firm's code or name, an entry's number. */
function useFound(text: string): { found: Action[]; isLooking: boolean } {
  const { say } = useWords();
  const worded = useWorded();
  const may = useMay();
  const navigate = useNavigate();
  const firms = useAnswer('firms', { query: {} }, may('firm.read'));
  const found: Action[] = [];
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return { found, isLooking: false };
  if (/^al-\d+$/.test(wanted) && may('alert.read')) {
    found.push({ name: 'alert', label: say('palette.alert', { id: wanted.toUpperCase() }), group: 'go', permission: 'alert.read', perform: () => void navigate({ to: '/alerts', search: { id: wanted.toUpperCase() } }) });
  }
  if (/^\d[\d,]*$/.test(wanted) && may('ledger.read')) {
    const entry = Number(wanted.replaceAll(',', ''));
    found.push({ name: 'entry', label: say('proof.entry', { entry: entry.toLocaleString('en') }), group: 'go', permission: 'ledger.read', perform: () => void navigate({ to: '/ledger', search: { entry } }) });
  }
  for (const { firm } of may('firm.read') ? firms.data?.items ?? [] : []) {
    const name = worded(firm.name);
    if (!name.toLowerCase().includes(wanted) && !firm.code.toLowerCase().includes(wanted)) continue;
    found.push({ name: `firm-${firm.code}`, label: `${name} · ${firm.code}`, group: 'go', permission: 'firm.read', perform: () => void navigate({ to: '/firms/$code', params: { code: firm.code } }) });
  }
  return { found: found.slice(0, 8), isLooking: firms.isPending && may('firm.read') };
}

export function CommandPalette(props: { onClose: () => void }) {
  const { say } = useWords();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const board = useBoard();
  const { found, isLooking } = useFound(text);
  const list = useId();
  const wanted = text.trim().toLowerCase();
  const shown = [...found, ...board.filter((action) => action.name !== 'palette' && action.label.toLowerCase().includes(wanted))];
  const ordered = groups.flatMap((group) => shown.filter((action) => action.group === group));
  const current = ordered[Math.min(at, ordered.length - 1)];
  const run = (action: Action | undefined): void => {
    if (action === undefined || (action.blocked ?? null) !== null) return;
    props.onClose();
    queueMicrotask(() => doAction(action));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, ordered.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') run(current);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog label={say('palette.open')} className="palette" onClose={props.onClose}>
      <input
        className="palette__input" role="combobox" aria-expanded="true" aria-controls={list} aria-autocomplete="list" autoFocus
        aria-activedescendant={current === undefined ? undefined : `${list}-${current.name}`}
        aria-label={say('palette.open')} value={text} onChange={(event) => { setText(event.target.value); setAt(0); }} onKeyDown={onKeyDown}
      />
      <div className="palette__list" id={list} role="listbox" aria-label={say('palette.list')}>
        {ordered.length === 0 && <p className="palette__group" role="status">{say(isLooking ? 'state.loading' : 'palette.none')}</p>}
        {groups.map((group) => <PaletteGroup key={group} group={group} list={list} actions={ordered.filter((action) => action.group === group)} current={current} run={run} />)}
      </div>
    </Dialog>
  );
}

function PaletteGroup(props: { group: (typeof groups)[number]; list: string; actions: readonly Action[]; current: Action | undefined; run: (action: Action) => void }) {
  const { say } = useWords();
  if (props.actions.length === 0) return null;
  return (
    <div role="group" aria-label={say(`palette.${props.group}`)}>
      <p className="palette__group" aria-hidden="true">{say(`palette.${props.group}`)}</p>
      {props.actions.map((action) => (
        <div
          key={action.name} id={`${props.list}-${action.name}`} role="option" className="palette__item"
          aria-selected={action === props.current} aria-disabled={(action.blocked ?? null) !== null}
          onClick={() => props.run(action)}
        >
          {action.label}
          {(action.blocked ?? null) === null ? action.keys !== undefined && <Keys keys={action.keys} /> : <span className="note">{action.blocked}</span>}
        </div>
      ))}
    </div>
  );
}

export function ShortcutHelp(props: { onClose: () => void }) {
  const { say } = useWords();
  const board = useBoard().filter((action) => action.keys !== undefined);
  const { keys } = usePreferences();
  const heading = useRef<HTMLHeadingElement>(null);
  // The first control stands at the foot: the dialog would open there.
  useEffect(() => heading.current?.focus(), []);
  return (
    <Dialog label={say('help.open')} onClose={props.onClose}>
      <div className="dialog__body">
        <h2 ref={heading} tabIndex={-1}>{say('help.title')}</h2>
        {groups.map((group) => (
          <table className="table table--dense" key={group}>
            <caption className="note">{say(`palette.${group}`)}</caption>
            <tbody>
              {board.filter((action) => action.group === group).map((action) => (
                <tr key={action.name}><td className="fills">{action.label}</td><td className="num"><span className="hidden-text">{action.keys}</span><Keys keys={action.keys ?? ''} /></td></tr>
              ))}
            </tbody>
          </table>
        ))}
        <label className="choice"><input type="checkbox" checked={keys} onChange={(event) => prefer({ keys: event.target.checked })} />{say('help.keys')}</label>
        <div className="dialog__actions"><button type="button" className="button" onClick={props.onClose}>{say('action.close')}</button></div>
      </div>
    </Dialog>
  );
}
