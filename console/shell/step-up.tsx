/**
 * Presence for one decision: a passkey signs the decision's hash, or a six-digit code confirms it. The hash
 * is shown, so that who decides can compare it with what the ledger keeps.
 */
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { ErrorPanel } from '../parts/states.tsx';
import { passkeysWork, signDecision } from '../passkey.ts';
import { useWords } from '../words.tsx';

export function StepUp(props: { hash: string; methods: readonly ('totp' | 'passkey')[]; onProof: (stepUp: string) => void; onClose: () => void }) {
  const { say } = useWords();
  const [code, setCode] = useState('');
  const { hash } = props;
  const proving = useMutation({
    mutationFn: async (method: 'totp' | 'passkey') => (method === 'totp'
      ? call('stepUp', { body: { method, hash, code } })
      : call('stepUp', { body: { method, hash, response: await signDecision(hash) } })),
    onSuccess: (answer) => props.onProof(answer.stepUp),
  });
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    if (/^\d{6}$/.test(code)) proving.mutate('totp');
  };
  return (
    <Dialog label={say('step-up.title')} onClose={props.onClose}>
      <form onSubmit={onSubmit}>
        <h2>{say('step-up.title')}</h2>
        <p className="soft">{say('step-up.text')}</p>
        <p className="note">{say('step-up.hash')} <span className="code code--wraps">{hash}</span></p>
        {props.methods.includes('totp') && (
          <label className="field"><span>{say('sign-in.code')}</span><input className="input" inputMode="numeric" autoComplete="one-time-code" pattern="\d{6}" maxLength={6} autoFocus dir="ltr" value={code} onChange={(event) => setCode(event.target.value)} /></label>
        )}
        {proving.error !== null && <ErrorPanel error={proving.error} title={say('step-up.failed')} />}
        <div className="dialog__actions">
          <button type="button" className="button button--quiet" onClick={props.onClose}>{say('action.cancel')}</button>
          {props.methods.includes('passkey') && passkeysWork() && <button type="button" className="button" onClick={() => proving.mutate('passkey')}><Icon name="key" />{say('step-up.passkey')}</button>}
          {props.methods.includes('totp') && <button type="submit" className="button button--primary" disabled={!/^\d{6}$/.test(code) || proving.isPending}>{say('step-up.submit')}</button>}
        </div>
      </form>
    </Dialog>
  );
}
