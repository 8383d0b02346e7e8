/**
 * What the screens of a firm's own desk have in common: the dossier of the reader's firm, its head, and acts that
 * make everything about it be read again. The desk shows what the firm may see of itself; nothing of alerts or cases.
 */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { filedAnswers, type FirmRef } from '../../src/contract/console.ts';
import type { Answered } from '../api.ts';
import { call } from '../api.ts';
import { StageText } from '../parts/marks.tsx';
import { Answer, Empty } from '../parts/states.tsx';
import { useAnswer } from '../read.ts';
import { useSession } from '../session.tsx';
import { useWorded, useWords } from '../words.tsx';
import '../style/desk.css';

export type Dossier = Answered<'dossier'>;
export type Filing = Dossier['forms'][number];
export type DocumentRow = Dossier['documents'][number];
export type Letter = Dossier['letters'][number];
export type Gate = Dossier['steps'][number]['gates'][number];
export type Lack = Gate['lacks'][number];
export type Due = Dossier['due'][number];

/** Draws a screen for a person of a firm; whoever is of none is told so. */
export function OwnFirm(props: { children: (firm: FirmRef) => ReactNode }) {
  const { say } = useWords();
  const { firm } = useSession();
  if (firm === null) return <Empty title={say('desk.none.title')}><p>{say('desk.none.text')}</p></Empty>;
  return <>{props.children(firm)}</>;
}

/** The same with the firm's dossier. */
export function OwnDossier(props: { children: (dossier: Dossier) => ReactNode }) {
  return <OwnFirm>{(firm) => <Opened code={firm.code}>{props.children}</Opened>}</OwnFirm>;
}

function Opened(props: { code: string; children: (dossier: Dossier) => ReactNode }) {
  return <Answer query={useAnswer('dossier', { params: { code: props.code } })} bones={12}>{props.children}</Answer>;
}

export function DeskHead(props: { dossier: Dossier }) {
  const { say } = useWords();
  const worded = useWorded();
  const { firm, stage } = props.dossier;
  return (
    <div className="firm__head">
      <h2>{worded(firm.name)}</h2> {firm.invented && <span className="invented">{say('invented')}</span>}
      <span className="chip chip--open">{firm.code}</span>
      <span className="chip"><StageText stage={stage} />{!stage.isLicence && !stage.isStopped && <>: {say('desk.no-licence')}</>}</span>
    </div>
  );
}

/** After an act everything about the firm is read again. */
async function readFirmAgain(client: QueryClient): Promise<void> {
  await Promise.all(['dossier', 'dossiers', 'headroom', 'clients', 'officers'].map((name) => client.invalidateQueries({ queryKey: [name] })));
}

/** An act on the firm's dossier: sent once, however often the button is pressed. */
export function useAct<V, T>(send: (wanted: V) => Promise<T>, onDone: (answer: T, wanted: V) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async (answer, wanted) => {
      await readFirmAgain(client);
      onDone(answer, wanted);
    },
  });
}

/** The text of an object of the dossier, by its hash. */
export async function textOf(code: string, sha256: string): Promise<string> {
  return new TextDecoder().decode(await bytesOf(code, sha256));
}

export async function bytesOf(code: string, sha256: string): Promise<Uint8Array<ArrayBuffer>> {
  const { base64 } = await call('dossierObject', { params: { code, sha256 } });
  return Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
}

/** The open answers of a filed form, and the places that were sealed. */
export async function answersOf(code: string, filing: Filing) {
  return filedAnswers.parse(JSON.parse(await textOf(code, filing.answers)));
}

/** The newest version of each form and subject. */
export function newestOf(dossier: Dossier): Filing[] {
  const newest = new Map<string, Filing>();
  for (const one of dossier.forms) {
    const key = `${one.form}/${one.about}`;
    if ((newest.get(key)?.n ?? 0) < one.n) newest.set(key, one);
  }
  return [...newest.values()];
}

/** Something that a gate lacks, opening the place where it is put right. */
export function LackLink(props: { lack: Lack }) {
  const { say } = useWords();
  const worded = useWorded();
  const { lack } = props;
  const [name = '', about] = lack.name.split('/');
  const text = worded(lack.title);
  const why = say(`desk.lack.${lack.why}`);
  if (lack.what === 'form') return <><Link className="n" to="/desk/forms/$form" params={{ form: name }} search={about === undefined ? {} : { about }}>{text}</Link> <span className="faint">{why}</span></>;
  if (lack.what === 'document') return <><Link className="n" to="/desk/documents" search={{ document: lack.name }}>{text}</Link> <span className="faint">{why}</span></>;
  return <>{text} <span className="faint">{why}</span></>;
}
