/** The bar of a firm's person: what waits for the firm itself, on every screen, each opening where it is done. */
import { Link } from '@tanstack/react-router';
import { Icon } from '../parts/icon.tsx';
import { useAnswer } from '../read.ts';
import { Say, useWords } from '../words.tsx';

export function DeskBar(props: { code: string }) {
  const { say } = useWords();
  const dossier = useAnswer('dossier', { params: { code: props.code } });
  if (dossier.data === undefined) return <span className="bar__title"><Icon name="form" />{dossier.error === null ? say('bar.desk.loading') : say('bar.desk.unknown')}</span>;
  const { letters, due, steps } = dossier.data;
  const questions = letters.filter((one) => one.open).length;
  const late = due.filter((one) => one.state === 'breach' || one.state === 'overdue' || one.state === 'reminds').length;
  const lacks = steps.filter((one) => one.way === 'forward').flatMap((one) => one.gates).filter((gate) => gate.shown === 'filed').flatMap((gate) => gate.lacks).length;
  const waits = [
    questions > 0 && <Say key="questions" k="bar.desk.questions" values={{ count: questions }} nodes={{ n: <Link className="n" to="/desk/letters">{questions}</Link> }} />,
    late > 0 && <Say key="late" k="bar.desk.late" values={{ count: late }} nodes={{ n: <Link className="n" to="/desk/obligations">{late}</Link> }} />,
    lacks > 0 && <Say key="lacks" k="bar.desk.lacks" values={{ count: lacks }} nodes={{ n: <Link className="n" to="/desk">{lacks}</Link> }} />,
  ].filter((one) => one !== false);
  return (
    <>
      <span className="bar__title"><Icon name="form" />{say(waits.length === 0 ? 'bar.desk.none' : 'bar.desk.waits')}</span>
      <span className="bar__items bar__items--kept">{waits.map((one) => <span key={one.key}>{one}</span>)}</span>
    </>
  );
}
