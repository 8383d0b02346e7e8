/**
 * What every decision of two people shares at the console: a request that may ask for presence is sent again with the
 * proof of it; a double click sends once; what a person wrote is kept until it is sent; a refusal stands in words beside
 * the form and takes nothing away.
 */
import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { stepUpDetail } from '../../src/contract/console.ts';
import { Refusal } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { useSession } from '../session.tsx';
import { useWords } from '../words.tsx';
import { StepUp } from './step-up.tsx';

/** The shortest note that says something to the next reader; the contract refuses less. */
export const noteMin = 10;

type Proof = { readonly hash: string; readonly methods: readonly ('totp' | 'passkey')[] };

/** A request under way: `submit` sends it, `proof` is what presence is asked over, `refused` why it was not done. */
export type Deciding = {
  readonly pending: boolean;
  readonly proof: Proof | null;
  readonly refused: unknown;
  submit(): void;
  reset(): void;
  cancelProof(): void;
  withProof(stepUp: string): void;
};

/** Runs a request that may ask for presence: first without, then again with the proof. `stale`: somebody was quicker. */
export function useDeciding<T>(send: (stepUp: string | undefined) => Promise<T>, on: { readonly done: (answer: T) => void | Promise<void>; readonly stale: () => void }): Deciding {
  const [proof, setProof] = useState<Proof | null>(null);
  // Told at once, and not with the next rendering: the second click of a double click comes sooner than that.
  const underWay = useRef(false);
  const mutation = useMutation({
    mutationFn: send,
    onMutate: () => { underWay.current = true; },
    onSettled: () => { underWay.current = false; },
    onSuccess: on.done,
    onError: (error) => {
      const asked = error instanceof Refusal && error.problem.code === 'STEP_UP_REQUIRED' ? stepUpDetail.safeParse(error.problem.detail) : null;
      if (asked?.success === true) setProof(asked.data);
      // Somebody was quicker: what is shown is read again, so that the person sees what it is now.
      if (error instanceof Refusal && error.problem.code === 'DECISION_STALE') on.stale();
    },
  });
  return {
    pending: mutation.isPending, proof,
    refused: mutation.error instanceof Refusal && mutation.error.problem.code === 'STEP_UP_REQUIRED' ? null : mutation.error,
    submit: () => { if (!underWay.current) { underWay.current = true; mutation.mutate(undefined); } },
    reset: () => mutation.reset(), cancelProof: () => setProof(null),
    withProof: (stepUp) => { setProof(null); mutation.mutate(stepUp); },
  };
}

/** The form of a decision in its dialog. `changed`: what was shown is no longer what stands, in words. */
export function DecisionForm(props: { label: string; deciding: Deciding; onClose: () => void; submit: string; ready: boolean; wide?: boolean; changed?: ReactNode; children: ReactNode }) {
  const { say } = useWords();
  const { deciding } = props;
  if (deciding.proof !== null) return <StepUp hash={deciding.proof.hash} methods={deciding.proof.methods} onProof={deciding.withProof} onClose={deciding.cancelProof} />;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (props.ready) deciding.submit();
  };
  return (
    <Dialog label={props.label} firm onClose={props.onClose} {...(props.wide === true ? { className: 'dialog dialog--wide' } : {})}>
      <form onSubmit={onSubmit}>
        <h2>{props.label}</h2>
        {props.children}
        {props.changed}
        {deciding.refused !== null && <ErrorPanel error={deciding.refused} title={say('decide.refused')} />}
        <div className="dialog__actions">
          <button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button>
          <button type="submit" className="button button--primary" disabled={!props.ready || deciding.pending}>{props.submit}</button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a person has written and not sent, by person and thing: an Escape, a lost line or an ended session takes no reason away. Gone with the page. */
const drafts = new Map<string, unknown>();

/** What is being written about one thing; gives it, the way to write it, and the way to forget it once it was sent. */
export function useDraft<D>(of: string, nothingYet: D, isDraft: (kept: unknown) => kept is D): [D, (draft: D) => void, () => void] {
  const key = `${useSession().staff.id} ${of}`;
  const [draft, setDraft] = useState(() => { const kept = drafts.get(key); return isDraft(kept) ? kept : nothingYet; });
  const write = (next: D): void => {
    drafts.set(key, next);
    setDraft(next);
  };
  return [draft, write, () => void drafts.delete(key)];
}
