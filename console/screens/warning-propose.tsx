/** The form by which an officer proposes to issue, correct or lift a warning. What is listed stands one a line. */
import { useState, type ChangeEvent } from 'react';
import { call } from '../api.ts';
import { now } from '../clock.ts';
import { useAnswer } from '../read.ts';
import { DecisionForm, noteMin } from '../shell/deciding.tsx';
import { useWorded, useWords } from '../words.tsx';
import { LineField, TextField, instantIn } from './dossier-form.tsx';
import { useWarningAct, type OneWarning, type Warnings } from './warning-act.ts';

type Wallet = OneWarning['content']['wallets'][number];
type Evidence = OneWarning['content']['evidence'];

/** Days after which a warning ends unless it is renewed: what the form offers. The officer decides, and may leave it open. */
const DAYS_OFFERED = 365;
const FILE_BYTES_MAX = 256 * 1024 * 1024;
const families = ['bitcoin', 'evm', 'tron', 'solana', 'ripple', 'other'] as const;

const linesOf = (text: string): string[] => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
const dayText = (at: number): string => new Date(at / 1000 + 5 * 3_600_000).toISOString().slice(0, 10);
/** `evm 0x…`; a line without a family is of another. */
function walletOf(line: string): Wallet {
  const [first = '', second] = line.split(/\s+/, 2);
  const family = families.find((one) => one === first.toLowerCase());
  return family === undefined || second === undefined ? { family: 'other', address: line } : { family, address: second };
}
/** `store | id | name`. */
function appOf(line: string): { store: string; id: string; name?: string } {
  const [store = '', id = '', name] = line.split('|').map((part) => part.trim());
  return { store, id: id === '' ? store : id, ...(name === undefined || name === '' ? {} : { name }) };
}

async function hashed(files: readonly File[]): Promise<Evidence> {
  return Promise.all(files.filter((file) => file.size <= FILE_BYTES_MAX).map(async (file) => {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    return { sha256: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''), what: file.name.slice(0, 200) };
  }));
}

function blankOf(known: OneWarning['content'] | undefined, firstClass: string) {
  return {
    class: known?.class ?? firstClass, subject: known?.subject ?? 'entity' as const, name: known?.name ?? '', aliases: (known?.aliases ?? []).join('\n'), domains: (known?.domains ?? []).join('\n'), wallets: (known?.wallets ?? []).map((one) => `${one.family} ${one.address}`).join('\n'),
    apps: (known?.apps ?? []).map((one) => [one.store, one.id, one.name ?? ''].join(' | ')).join('\n'), imitates: known?.imitates ?? '', en: known?.text.en ?? '', ur: known?.text.ur ?? '', expires: known?.expires === undefined ? dayText(now() + DAYS_OFFERED * 86_400_000_000) : dayText(known.expires), evidence: known?.evidence ?? [],
  };
}
type Draft = ReturnType<typeof blankOf>;

function contentOf(draft: Draft) {
  const expires = draft.expires === '' ? undefined : instantIn(`${draft.expires}T00:00`);
  return {
    class: draft.class, subject: draft.subject, aliases: linesOf(draft.aliases), domains: linesOf(draft.domains), apps: linesOf(draft.apps).map(appOf), wallets: linesOf(draft.wallets).map(walletOf), text: { en: draft.en.trim(), ur: draft.ur.trim() }, evidence: draft.evidence,
    ...(draft.name.trim() === '' ? {} : { name: draft.name.trim() }), ...(draft.imitates === '' ? {} : { imitates: draft.imitates }), ...(expires === undefined ? {} : { expires }),
  };
}

export function ProposeWarning(props: { answer: Warnings; act: 'issue' | 'amend' | 'lift'; warning?: OneWarning; onClose: () => void }) {
  const { say } = useWords();
  const { act, warning } = props;
  const [draft, setDraft] = useState<Draft>(() => blankOf(warning?.content, props.answer.classes[0]?.class ?? ''));
  const [reasons, setReasons] = useState('');
  const deciding = useWarningAct((stepUp) => call('proposeWarning', {
    body: { act, reasons: reasons.trim(), ...(warning === undefined ? {} : { warning: warning.warning }), ...(act === 'lift' ? {} : { content: contentOf(draft) }), ...(stepUp === undefined ? {} : { stepUp }) },
  }), props.onClose);
  const isNamed = draft.name.trim() !== '' || [draft.domains, draft.apps, draft.wallets].some((text) => linesOf(text).length > 0);
  const isWhole = act === 'lift' || (draft.class !== '' && isNamed && draft.en.trim() !== '' && draft.ur.trim() !== '' && draft.evidence.length > 0);
  return (
    <DecisionForm label={warning === undefined ? say('warning.issue') : say(`warning.${act}.title`, { warning: warning.warning })} deciding={deciding} ready={isWhole && reasons.trim().length >= noteMin} submit={say('warning.propose')} onClose={props.onClose} wide>
      {act !== 'lift' && <ContentFields answer={props.answer} draft={draft} set={(part) => setDraft((before) => ({ ...before, ...part }))} />}
      <TextField label={say('dossier.reasons')} hint={say('warning.reasons.hint')} max={8_000} rows={3} value={reasons} onChange={setReasons} />
    </DecisionForm>
  );
}

function ContentFields(props: { answer: Warnings; draft: Draft; set: (part: Partial<Draft>) => void }) {
  const { say } = useWords();
  const worded = useWorded();
  const { draft, set } = props;
  const firms = useAnswer('firms', { query: { limit: 200 } });
  const chosen = props.answer.classes.find((one) => one.class === draft.class);
  const take = (event: ChangeEvent<HTMLInputElement>): void => void hashed([...event.target.files ?? []]).then((evidence) => set({ evidence: [...draft.evidence, ...evidence] }));
  return (
    <>
      <label className="field"><span>{say('warning.class')}</span><select className="input" value={draft.class} onChange={(event) => set({ class: event.target.value })}>{props.answer.classes.map((one) => <option key={one.class} value={one.class}>{worded(one.title)}</option>)}</select>{chosen !== undefined && <span>{worded(chosen.means)}</span>}</label>
      <fieldset className="field">
        <legend>{say('warning.subject')}</legend>
        {(['entity', 'person'] as const).map((one) => <label key={one} className="choice"><input type="radio" name="subject" checked={draft.subject === one} onChange={() => set({ subject: one })} />{say(`warning.subject.${one}`)}</label>)}
      </fieldset>
      <LineField label={say('warning.name')} hint={say(draft.subject === 'person' ? 'warning.name.person' : 'warning.name.hint')} max={200} value={draft.name} onChange={(name) => set({ name })} />
      <TextField label={say('warning.aliases')} hint={say('warning.lines')} max={10_000} rows={2} value={draft.aliases} onChange={(aliases) => set({ aliases })} />
      <TextField label={say('warning.domains')} hint={say('warning.lines')} max={20_000} rows={2} value={draft.domains} onChange={(domains) => set({ domains })} />
      <TextField label={say('warning.apps')} hint={say('warning.apps.hint')} max={10_000} rows={2} value={draft.apps} onChange={(apps) => set({ apps })} />
      <TextField label={say('warning.wallets')} hint={say('warning.wallets.hint')} max={20_000} rows={2} value={draft.wallets} onChange={(wallets) => set({ wallets })} />
      <label className="field"><span>{say('warning.imitates')}</span><select className="input" value={draft.imitates} onChange={(event) => set({ imitates: event.target.value })}><option value="">–</option>{(firms.data?.items ?? []).map(({ firm }) => <option key={firm.code} value={firm.code}>{worded(firm.name)}</option>)}</select></label>
      <TextField label={say('warning.text.en')} max={4_000} rows={3} value={draft.en} onChange={(en) => set({ en })} />
      <TextField label={say('warning.text.ur')} max={4_000} rows={3} value={draft.ur} onChange={(ur) => set({ ur })} />
      <label className="field"><span>{say('warning.expires')}</span><input className="input" type="date" value={draft.expires} onChange={(event) => set({ expires: event.target.value })} /><span>{say('warning.expires.hint')}</span></label>
      <label className="field"><span>{say('warning.evidence')}</span><input className="input" type="file" multiple onChange={take} /><span>{draft.evidence.length === 0 ? say('warning.evidence.hint') : draft.evidence.map((one) => one.what).join(say('comma'))}</span></label>
    </>
  );
}
