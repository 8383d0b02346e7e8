/**
 * Everything a person can do is an object: name, label, permission, shortcut, perform. Screens put their
 * actions on the board while they are shown; the palette lists the board, the keyboard plays it, buttons
 * show it. An action that may not be done now says why in words; it is never hidden for that. What a role
 * may not do at all is not shown, and the server refuses it anyway.
 */
import { createContext, useContext, useEffect, useId, useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react';
import type { Permission } from '../src/contract/console.ts';
import { preferences } from './preferences.ts';

export type Action = {
  readonly name: string;
  readonly label: string;
  readonly group: 'here' | 'go' | 'settings';
  readonly permission: Permission | null;
  /** `j`, `g d` (after each other) or `mod+k`. */
  readonly keys?: string;
  /** Why it can not be done now; null when it can. */
  readonly blocked?: string | null;
  readonly perform: () => void;
};

class Board {
  readonly #owners = new Map<string, readonly Action[]>();
  readonly #listeners = new Set<() => void>();
  #all: readonly Action[] = [];
  readonly all = (): readonly Action[] => this.#all;
  readonly subscribe = (tell: () => void): (() => void) => {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  };
  put(owner: string, actions: readonly Action[] | null): void {
    if (actions === null) this.#owners.delete(owner);
    else this.#owners.set(owner, actions);
    this.#all = [...this.#owners.values()].flat();
    for (const tell of this.#listeners) tell();
  }
}

const BoardContext = createContext<{ board: Board; may: (permission: Permission | null) => boolean }>({ board: new Board(), may: () => false });

export function ActionBoard(props: { permissions: readonly Permission[]; children: ReactNode }) {
  const held = useMemo(() => new Set(props.permissions), [props.permissions]);
  const value = useMemo(() => ({ board: new Board(), may: (permission: Permission | null) => permission === null || held.has(permission) }), [held]);
  return <BoardContext value={value}>{props.children}</BoardContext>;
}

export const useMay = (): ((permission: Permission | null) => boolean) => useContext(BoardContext).may;

/** Puts actions on the board while the caller is shown. */
export function useActions(actions: readonly Action[]): void {
  const { board } = useContext(BoardContext);
  const owner = useId();
  useEffect(() => board.put(owner, actions));
  useEffect(() => () => board.put(owner, null), [board, owner]);
}

/** All actions on the board that the reader's role has. */
export function useBoard(): readonly Action[] {
  const { board, may } = useContext(BoardContext);
  const all = useSyncExternalStore(board.subscribe, board.all);
  return useMemo(() => all.filter((action) => may(action.permission)), [all, may]);
}

export function doAction(action: Action): void {
  if (action.blocked === undefined || action.blocked === null) action.perform();
}

/** Milliseconds within which the second key of a pair must follow. */
const pairMs = 1200;

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));
}

/** Plays shortcuts. Single keys are off while a person types, while a dialog is open, and when turned off. */
export function useKeyboard(): void {
  const { board, may } = useContext(BoardContext);
  const first = useRef<{ key: string; at: number } | null>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const mod = event.ctrlKey || event.metaKey;
      const busy = document.querySelector('dialog[open]') !== null;
      if (event.altKey || event.defaultPrevented || busy) return;
      if (!mod && (isTyping(event.target) || !preferences().keys)) return;
      const key = mod ? `mod+${event.key.toLowerCase()}` : event.key;
      const before = first.current !== null && event.timeStamp - first.current.at < pairMs ? `${first.current.key} ${key}` : null;
      const actions = board.all().filter((action) => may(action.permission));
      const action = actions.find((one) => one.keys === before) ?? actions.find((one) => one.keys === key);
      first.current = action === undefined && !mod ? { key, at: event.timeStamp } : null;
      if (action === undefined) return;
      event.preventDefault();
      doAction(action);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [board, may]);
}
