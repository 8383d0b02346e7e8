/** What a refused step of signing in says, and what to do. */
import { Prose } from './prose.tsx';
import { useRefusalWords } from './states.tsx';

export function Refused(props: { error: unknown }) {
  const words = useRefusalWords();
  if (props.error === null) return null;
  const { what, todo } = words(props.error);
  return <p className="field__error" role="alert"><Prose>{`${what} ${todo}`}</Prose></p>;
}
