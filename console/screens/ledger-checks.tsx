/** Each step of a proof with what it compared. One that failed is red and says what that means. */
import { StateMark } from '../parts/marks.tsx';
import type { Check } from '../verify.ts';
import { useWords } from '../words.tsx';

export function Checks(props: { checks: readonly Check[] }) {
  const { say } = useWords();
  const allOk = props.checks.every((check) => check.ok);
  return (
    <>
      <p className={allOk ? 'verdict verdict--met' : 'verdict verdict--breach'} role="status"><StateMark tone={allOk ? 'met' : 'breach'}>{say(allOk ? 'proof.verified' : 'proof.failed')}</StateMark></p>
      <ol className="checks">
        {props.checks.map((check) => (
          <li key={check.step}>
            <StateMark tone={check.ok ? 'met' : 'breach'} icon={check.ok ? 'check' : 'cross'}>{say(`check.${check.step}`)}</StateMark>
            {check.detail !== '' && <span className="code code--wraps faint">{check.detail}</span>}
          </li>
        ))}
      </ol>
    </>
  );
}
