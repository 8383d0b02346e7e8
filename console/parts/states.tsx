/**
 * The five states that every screen has: empty (what would fill it, and how), loading (the shape at once),
 * error (what happened, what is safe, what to do, its code), forbidden (who can grant it), stale (as of when,
 * and still readable). `Answer` puts a query through them.
 */
import type { ReactNode } from 'react';
import { forbiddenDetail } from '../../src/contract/console.ts';
import { Refusal } from '../api.ts';
import { useRejectionWords } from '../rejections.ts';
import { useWorded, useWords } from '../words.tsx';
import { Icon } from './icon.tsx';
import { Prose } from './prose.tsx';

export function Empty(props: { title: string; children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="panel">
      <h2>{props.title}</h2>
      {props.children}
      {props.actions !== undefined && <div className="panel__actions">{props.actions}</div>}
    </div>
  );
}

export function Loading(props: { rows?: number; label?: string }) {
  const { say } = useWords();
  return (
    <div className="bones" role="status" aria-busy="true">
      <span className="hidden-text">{props.label ?? say('state.loading')}</span>
      {Array.from({ length: props.rows ?? 6 }, (_, row) => (
        <span key={row} className="bones__row" aria-hidden="true"><i className="bone" /><i className="bone" /><i className="bone" /><i className="bone" /></span>
      ))}
    </div>
  );
}

/** What a refusal says, in the reader's language. */
export function useRefusalWords(): (error: unknown) => { code: string; what: string; todo: string } {
  const { say } = useWords();
  const rejection = useRejectionWords();
  return (error) => {
    if (!(error instanceof Refusal)) return { code: 'CONSOLE_FAILED', what: say('refusal.console.what'), todo: say('refusal.console.todo') };
    const { code, message, remedy } = error.problem;
    if (code === 'UNREACHABLE') return { code, what: say('refusal.unreachable.what'), todo: say('refusal.unreachable.todo') };
    if (code === 'ANSWER_UNREADABLE') return { code, what: say('refusal.unreadable.what', { detail: message }), todo: say('refusal.unreadable.todo') };
    const known = rejection(code);
    return { code, what: known?.meaning ?? message, todo: known?.remedy ?? remedy };
  };
}

export function ErrorPanel(props: { error: unknown; title?: string; again?: () => void }) {
  const { say } = useWords();
  const words = useRefusalWords()(props.error);
  return (
    <div className="panel panel--error" role="alert">
      <h2><Icon name="warn" />{props.title ?? say('state.error.title')}</h2>
      <dl className="dl">
        <dt>{say('state.error.what')}</dt><dd><Prose>{words.what}</Prose></dd>
        <dt>{say('state.error.safe')}</dt><dd>{say('state.error.safe.text')}</dd>
        <dt>{say('state.error.todo')}</dt><dd><Prose>{words.todo}</Prose></dd>
        <dt>{say('state.error.code')}</dt><dd className="code">{words.code}</dd>
      </dl>
      {props.again !== undefined && <div className="panel__actions"><button type="button" className="button" onClick={props.again}>{say('action.again')}</button></div>}
    </div>
  );
}

export function Forbidden(props: { refusal: Refusal | null }) {
  const { say } = useWords();
  const worded = useWorded();
  const detail = forbiddenDetail.safeParse(props.refusal?.problem.detail);
  return (
    <div className="panel">
      <h2><Icon name="lock" />{say('state.forbidden.title')}</h2>
      <p>{say('state.forbidden.text')}</p>
      {detail.success && detail.data.offices.length > 0 && <p>{say('state.forbidden.offices', { offices: detail.data.offices.map((office) => worded(office)).join(say('comma')) })}</p>}
    </div>
  );
}

type Query<T> = { readonly data: T | undefined; readonly error: unknown; readonly isPending: boolean; refetch(): unknown };

/** Shows a query by its state; with data in hand a failure to refresh is a line above it, never a blank. */
export function Answer<T>(props: { query: Query<T>; bones?: number; children: (data: T) => ReactNode }) {
  const { query } = props;
  if (query.data !== undefined) return <>{query.error !== null && <StaleLine error={query.error} again={() => void query.refetch()} />}{props.children(query.data)}</>;
  if (query.isPending) return <Loading rows={props.bones ?? 6} />;
  if (query.error instanceof Refusal && query.error.problem.code === 'FORBIDDEN') return <Forbidden refusal={query.error} />;
  return <ErrorPanel error={query.error} again={() => void query.refetch()} />;
}

function StaleLine(props: { error: unknown; again: () => void }) {
  const { say } = useWords();
  const words = useRefusalWords()(props.error);
  return (
    <p className="stale-note" role="status">
      <Icon name="clock" /><span>{say('state.stale.refresh', { what: words.what })}</span>
      <button type="button" className="button button--quiet" onClick={props.again}>{say('action.again')}</button>
    </p>
  );
}
