/** An address that leads nowhere: says so, and where to go. */
import { Link } from '@tanstack/react-router';
import { Empty } from '../parts/states.tsx';
import { useWords } from '../words.tsx';

export function NotFound() {
  const { say } = useWords();
  return (
    <Empty title={say('nowhere.title')} actions={<Link className="button" to="/">{say('nowhere.action')}</Link>}>
      <p>{say('nowhere.text')}</p>
    </Empty>
  );
}
