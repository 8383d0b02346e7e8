/**
 * Parts that the dialogs of a dossier share: the request on the version that was seen, the notice that it has changed
 * since, texts with their limit, and evidence: documents of the dossier, or the hash of a paper that is kept elsewhere.
 */
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState, type ChangeEvent, type ReactNode } from 'react';
import type { DossierAnswer } from '../../src/contract/console.ts';
import { SERVICES, type Service } from '../../src/terms/index.ts';
import { useDeciding, type Deciding } from '../shell/deciding.tsx';
import { useWords } from '../words.tsx';
import { newestDocuments } from './dossier-rows.ts';

async function readAgain(client: QueryClient): Promise<void> {
  await Promise.all(['dossier', 'dossiers', 'obligations', 'firm', 'ledger'].map((name) => client.invalidateQueries({ queryKey: [name] })));
}

/** Sends an act on a dossier and reads again what it touches. */
export function useAct<T>(send: (stepUp: string | undefined) => Promise<T>, done: (answer: T) => void): Deciding {
  const client = useQueryClient();
  return useDeciding(send, {
    done: async (answer) => {
      done(answer);
      await readAgain(client);
    },
    stale: () => void readAgain(client),
  });
}

/** The version that a person was shown when a dialog opened, and what to say when the dossier has moved on. */
export function useSeen(dossier: DossierAnswer): { readonly seen: number; readonly changedFor: (deciding: Deciding) => ReactNode } {
  const [seen, setSeen] = useState(dossier.version);
  const { say } = useWords();
  const [latest] = dossier.history;
  const changedFor = (deciding: Deciding): ReactNode => (dossier.version === seen ? undefined : (
    <section className="flag" role="status">
      <p><b>{say('dossier.changed')}</b> {latest !== undefined && <ChangedBy latest={latest} />}</p>
      <button type="button" className="button" onClick={() => { deciding.reset(); setSeen(dossier.version); }}>{say('decide.changed.take')}</button>
    </section>
  ));
  return { seen, changedFor };
}

function ChangedBy(props: { latest: DossierAnswer['history'][number] }) {
  const { say, language } = useWords();
  return <>{say('decide.changed.look', { step: props.latest.title[language] })}</>;
}

export function TextField(props: { label: string; hint?: string; value: string; max: number; rows?: number; onChange: (value: string) => void }) {
  return (
    <label className="field">
      <span>{props.label}</span>
      <textarea className="input" value={props.value} maxLength={props.max} rows={props.rows ?? 4} dir="auto" onChange={(event) => props.onChange(event.target.value)} />
      {props.hint !== undefined && <span>{props.hint}</span>}
    </label>
  );
}

export function LineField(props: { label: string; hint?: string; value: string; max: number; type?: 'text' | 'datetime-local' | 'number'; onChange: (value: string) => void }) {
  return (
    <label className="field">
      <span>{props.label}</span>
      <input className="input" type={props.type ?? 'text'} value={props.value} maxLength={props.max} dir="auto" onChange={(event) => props.onChange(event.target.value)} />
      {props.hint !== undefined && <span>{props.hint}</span>}
    </label>
  );
}

/** SHA-256 of a file, in the browser: the paper itself stays where it is. */
async function hashOf(file: File): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

export function EvidenceField(props: { dossier: DossierAnswer; chosen: readonly string[]; onChange: (chosen: readonly string[]) => void }) {
  const { say } = useWords();
  const [papers, setPapers] = useState<ReadonlyMap<string, string>>(new Map());
  const { chosen } = props;
  const flip = (hash: string): void => props.onChange(chosen.includes(hash) ? chosen.filter((one) => one !== hash) : [...chosen, hash]);
  const add = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = event.target.files?.[0];
    if (file === undefined) return;
    const hash = await hashOf(file);
    setPapers((before) => new Map([...before, [hash, file.name]]));
    if (!chosen.includes(hash)) props.onChange([...chosen, hash]);
  };
  const filed = newestDocuments(props.dossier.documents);
  const others = chosen.filter((hash) => !filed.some((one) => one.sha256 === hash));
  return (
    <fieldset className="field">
      <legend>{say('evidence.title')}</legend>
      <div className="choices" tabIndex={0} role="group" aria-label={say('evidence.title')}>
        {filed.map((one) => <label key={one.sha256} className="choice"><input type="checkbox" checked={chosen.includes(one.sha256)} onChange={() => flip(one.sha256)} /><span><bdi>{one.title}</bdi> · {say('dossier.version-n', { n: one.n })}</span></label>)}
        {others.map((hash) => <label key={hash} className="choice"><input type="checkbox" checked onChange={() => flip(hash)} /><span>{papers.get(hash) ?? say('evidence.paper')} <span className="faint code code--wraps">{hash}</span></span></label>)}
        {filed.length + others.length === 0 && <span className="note">{say('evidence.none')}</span>}
      </div>
      <label className="field"><span>{say('evidence.hash')}</span><input className="input" type="file" onChange={(event) => void add(event)} /></label>
    </fieldset>
  );
}

/** An instant from what a `datetime-local` field holds, as Karachi reads it; `undefined` while it holds none. */
export function instantIn(value: string): number | undefined {
  const ms = Date.parse(`${value}:00+05:00`);
  return Number.isNaN(ms) ? undefined : ms * 1000;
}

/** Those of the law's services that were chosen. */
export function servicesIn(chosen: readonly string[]): Exclude<Service, 'none'>[] {
  return SERVICES.flatMap((one) => (one !== 'none' && chosen.includes(one) ? [one] : []));
}
