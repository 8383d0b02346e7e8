/**
 * What stands behind a hash of a dossier: the answers of a form, the text of a letter, a document to save. The browser
 * hashes what it got and shows nothing that does not agree.
 */
import { useMutation, useQuery } from '@tanstack/react-query';
import * as z from 'zod';
import { useAnswer } from '../read.ts';
import { call } from '../api.ts';
import { Icon } from '../parts/icon.tsx';
import { Answer, ErrorPanel } from '../parts/states.tsx';
import { useWorded, useWords } from '../words.tsx';

const answersShape = z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))));

/** The bytes behind a hash, once they agree with it. */
async function readObject(code: string, sha256: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  const { base64 } = await call('dossierObject', { params: { code, sha256 } }, signal);
  const bytes = Uint8Array.from(atob(base64), (one) => one.charCodeAt(0));
  const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== sha256) throw new Error('what the server sent does not agree with its hash');
  return bytes;
}

function useObject(code: string, sha256: string) {
  return useQuery({ queryKey: ['dossierObject', code, sha256], queryFn: ({ signal }) => readObject(code, sha256, signal), staleTime: Infinity });
}

export function LetterText(props: { code: string; sha256: string }) {
  const query = useObject(props.code, props.sha256);
  return <Answer query={query} bones={2}>{(bytes) => <p className="words" dir="auto">{new TextDecoder().decode(bytes)}</p>}</Answer>;
}

/** A form's answers by section, each with its label in the framework's words. What names a person is sealed and not here. */
export function FormAnswers(props: { code: string; form: string; sha256: string; sealed: boolean }) {
  const { say } = useWords();
  const worded = useWorded();
  const forms = useAnswer('forms', {});
  const query = useObject(props.code, props.sha256);
  const term = forms.data?.forms.find((one) => one.form === props.form);
  return (
    <Answer query={query} bones={4}>
      {(bytes) => {
        const parsed = answersShape.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
        if (!parsed.success) return <ErrorPanel error={parsed.error} title={say('filed.unreadable')} />;
        return (
          <>
            {(term?.sections ?? []).map((section) => (
              <section key={section.section}>
                <h4>{section.number} {worded(section.title)}</h4>
                {(parsed.data[section.section] ?? []).map((row, place) => (
                  <dl className="dl" key={place}>
                    {section.fields.flatMap((field) => {
                      const value = row[field.field];
                      if (value === undefined) return field.identity && props.sealed ? [<FieldLine key={field.field} label={worded(field.label)} value={say('filed.sealed')} faint />] : [];
                      return [<FieldLine key={field.field} label={worded(field.label)} value={answerText(value, field.choices?.map((one) => ({ choice: one.choice, label: worded(one.label) })) ?? [], say)} />];
                    })}
                  </dl>
                ))}
                {(parsed.data[section.section] ?? []).length === 0 && <p className="note">{say(section.fields.some((field) => field.identity) && props.sealed ? 'filed.sealed' : 'filed.section.none')}</p>}
              </section>
            ))}
          </>
        );
      }}
    </Answer>
  );
}

function FieldLine(props: { label: string; value: string; faint?: boolean }) {
  return <><dt>{props.label}</dt><dd className={props.faint === true ? 'faint' : 'words'} dir="auto">{props.value}</dd></>;
}

function answerText(value: string | number | boolean | readonly string[], choices: readonly { readonly choice: string; readonly label: string }[], say: ReturnType<typeof useWords>['say']): string {
  if (typeof value === 'boolean') return say(value ? 'yes' : 'no');
  const named = (text: string): string => choices.find((one) => one.choice === text)?.label ?? text;
  return typeof value === 'number' ? String(value) : typeof value === 'string' ? named(value) : value.map(named).join(say('comma'));
}

/** Saves a document, once its bytes agree with its hash. */
export function SaveDocument(props: { code: string; sha256: string; name: string }) {
  const { say } = useWords();
  const saving = useMutation({
    mutationFn: () => readObject(props.code, props.sha256),
    onSuccess: (bytes) => {
      const address = URL.createObjectURL(new Blob([bytes], { type: 'application/pdf' }));
      const link = document.createElement('a');
      link.href = address;
      link.download = `${props.name}.pdf`;
      link.click();
      URL.revokeObjectURL(address);
    },
  });
  return (
    <>
      <button type="button" className="n" disabled={saving.isPending} onClick={() => saving.mutate()}>{say('filed.save')}<span className="hidden-text"> {props.name}</span></button>
      {saving.isSuccess && <span className="note" role="status"> <Icon name="check" />{say('filed.saved')}</span>}
      {saving.error !== null && <ErrorPanel error={saving.error} />}
    </>
  );
}
