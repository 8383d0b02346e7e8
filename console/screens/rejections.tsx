/** All records that were turned away, filtered by firm, code, submission and day. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { REJECTIONS } from '../../src/terms/index.ts';
import { rejectionCode } from '../../src/contract/console.ts';
import { Choice, DayField, FirmChoice } from '../parts/filters.tsx';
import { Icon } from '../parts/icon.tsx';
import { useWords } from '../words.tsx';
import { RejectionList } from './rejection-list.tsx';
import { SubmissionTabs } from './submissions.tsx';

/** Codes that turn a filing away; those of decisions and packs never stand in this list. */
const codes = Object.entries(REJECTIONS).filter(([, term]) => term.scope === 'record' || term.scope === 'request').map(([code]) => ({ value: code, label: code }));

export function Rejections() {
  const { say } = useWords();
  const search = useSearch({ from: '/rejections' });
  const navigate = useNavigate({ from: '/rejections' });
  const set = (part: Partial<typeof search>): void => void navigate({ search: (before) => ({ ...before, ...part }), replace: true });
  return (
    <>
      <SubmissionTabs on="rejections" firm={search.firm} />
      <form className="filters filters--top" onSubmit={(event) => event.preventDefault()}>
        <FirmChoice value={search.firm} onChange={(firm) => set({ firm })} />
        <Choice label={say('column.code')} all={say('rejections.all-codes')} value={search.code} options={codes} onChange={(value) => { const parsed = rejectionCode.safeParse(value); set({ code: parsed.success ? parsed.data : undefined }); }} />
        <DayField label={say('filter.from')} value={search.from} onChange={(from) => set({ from })} />
        <DayField label={say('filter.to')} value={search.to} onChange={(to) => set({ to })} />
        {search.submission !== undefined && <button type="button" className="chip chip--open" onClick={() => set({ submission: undefined })}><span className="code">{search.submission}</span><Icon name="cross" /><span className="hidden-text">{say('filter.clear')}</span></button>}
      </form>
      <RejectionList search={search} />
    </>
  );
}
