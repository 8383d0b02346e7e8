/** Taking a newer state of a list in: the publisher's files, a reason, presence; then what became of each list. */
import { useState } from 'react';
import type { Answer as AnswerOf } from '../../src/contract/console.ts';
import { call } from '../api.ts';
import { whole } from '../figures.ts';
import { ProofLink, StateMark } from '../parts/marks.tsx';
import { Prose } from '../parts/prose.tsx';
import { useRejectionWords } from '../rejections.ts';
import { DecisionForm, noteMin } from '../shell/deciding.tsx';
import { useWords } from '../words.tsx';
import { TextField } from './dossier-form.tsx';
import { useScreeningAct } from './screening-act.ts';

type Taken = AnswerOf<'takeList'>['taken'];
const filesMax = 10;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768) text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}

export function TakeDialog(props: { onClose: () => void }) {
  const { say } = useWords();
  const [files, setFiles] = useState<readonly File[]>([]);
  const [reason, setReason] = useState('');
  const [taken, setTaken] = useState<Taken | null>(null);
  const deciding = useScreeningAct(
    async (stepUp) => call('takeList', { body: { files: await Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64Of(file) }))), reason: reason.trim(), ...(stepUp === undefined ? {} : { stepUp }) } }),
    (answer) => { setTaken(answer.taken); setFiles([]); });
  return (
    <DecisionForm label={say('lists.take')} wide deciding={deciding} onClose={props.onClose} submit={say('lists.take')} ready={files.length > 0 && reason.trim().length >= noteMin}>
      <label className="field"><span>{say('lists.take.files')}</span>
        <input className="input" type="file" multiple onChange={(event) => setFiles([...(event.target.files ?? [])].slice(0, filesMax))} /><span>{say('lists.take.note')}</span>
      </label>
      <TextField label={say('lists.take.reason')} max={2_000} rows={2} value={reason} onChange={setReason} />
      {taken !== null && <Outcome taken={taken} />}
    </DecisionForm>
  );
}

function Outcome(props: { taken: Taken }) {
  const { say } = useWords();
  const rejection = useRejectionWords();
  return (
    <section role="status">
      <h3>{say('lists.taken')}</h3>
      <dl className="dl">
        {props.taken.map((one, at) => (
          <div className="dl__row" key={at}><dt><bdi>{one.list ?? one.files.join(', ')}</bdi></dt><dd>{one.code === undefined
            ? <><StateMark tone="met">{say('lists.taken.done', { version: one.version ?? '' })}</StateMark> {whole(one.entries)} {one.entry !== undefined && <ProofLink entry={one.entry} />}</>
            : <><StateMark tone="breach"><span className="code">{one.code}</span></StateMark><span className="note block"><Prose>{`${rejection(one.code)?.meaning ?? ''} ${rejection(one.code)?.remedy ?? ''}`}</Prose> <bdi>{one.detail}</bdi></span></>}</dd></div>
        ))}
      </dl>
    </section>
  );
}
