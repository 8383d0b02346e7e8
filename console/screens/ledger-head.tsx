/** The signed tree head: its signature checked here, and that it extends the head this browser verified before. */
import { useQuery } from '@tanstack/react-query';
import { call } from '../api.ts';
import { whole } from '../figures.ts';
import { Answer } from '../parts/states.tsx';
import { verifyHead } from '../verify.ts';
import { Say, useWords } from '../words.tsx';
import { Checks } from './ledger-checks.tsx';

export function TreeHead() {
  const { say } = useWords();
  const head = useQuery({
    queryKey: ['checkpoint', 'verified'],
    queryFn: async ({ signal }) => verifyHead(await call('checkpoint', {}, signal), (from, to) => call('consistency', { query: { from, to } }, signal)),
  });
  return (
    <section className="aside">
      <h2>{say('ledger.head')}</h2>
      <Answer query={head} bones={2}>
        {(found) => (
          <>
            <p className="soft"><Say k="ledger.head.text" values={{ size: whole(found.size), origin: found.origin }} nodes={{ root: <span className="code code--wraps">{found.root}</span> }} /></p>
            <Checks checks={found.checks} />
            <p className="note">{found.before === null ? say('ledger.head.first') : say('ledger.head.before', { size: whole(found.before) })}</p>
          </>
        )}
      </Answer>
    </section>
  );
}
