/**
 * Screening of people against lists: hits to look at, the lists with their versions, one question asked of them, what
 * another threshold would have asked of officers, and what is frozen. Which view is shown stands in the address.
 */
import { Link, useSearch } from '@tanstack/react-router';
import { useMay } from '../actions.tsx';
import { tabActive } from '../search.ts';
import '../style/licensing.css';
import '../style/screening.css';
import { useWords } from '../words.tsx';
import { Ask } from './screening-ask.tsx';
import { Freezes } from './screening-freezes.tsx';
import { Hits } from './screening-hits.tsx';
import { Lists } from './screening-lists.tsx';
import { Tuning } from './screening-tuning.tsx';

const views = ['hits', 'lists', 'ask', 'tuning', 'freezes'] as const;
const needs = { hits: 'screening.read', lists: 'list.read', ask: 'list.read', tuning: 'screening.read', freezes: 'freeze.read' } as const;

export function Screening() {
  const { say } = useWords();
  const may = useMay();
  const { view } = useSearch({ from: '/screening' });
  const open = views.filter((one) => may(needs[one]));
  const shown = view ?? open[0] ?? 'hits';
  return (
    <>
      <nav className="tabs tabs--ruled" aria-label={say('nav.screening')}>
        {open.map((one) => <Link key={one} to="/screening" search={one === 'hits' ? {} : { view: one }} activeOptions={tabActive} aria-current={one === shown ? 'page' : undefined}>{say(`screening.view.${one}`)}</Link>)}
      </nav>
      {shown === 'hits' && <Hits />}
      {shown === 'lists' && <Lists />}
      {shown === 'ask' && <Ask />}
      {shown === 'tuning' && <Tuning />}
      {shown === 'freezes' && <Freezes />}
    </>
  );
}
