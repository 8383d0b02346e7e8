/** The top bar: which screen this is, as of when, the way to every command, the synthetic mark, the other language. */
import { useEffect, useRef, useState } from 'react';
import { now } from '../clock.ts';
import { useLine } from '../live.ts';
import { Icon } from '../parts/icon.tsx';
import { Keys, StateMark, Time } from '../parts/marks.tsx';
import { prefer } from '../preferences.ts';
import { useSession } from '../session.tsx';
import { Say, changeLanguage, useWords } from '../words.tsx';

/** Re-renders when the minute turns, so that "now" is never more than a minute old. */
function useMinute(): number {
  const [at, setAt] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setAt(now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return at;
}

export function Topbar(props: { title: string; path: string; openPalette: () => void }) {
  const { say } = useWords();
  const session = useSession();
  const heading = useRef<HTMLHeadingElement>(null);
  const before = useRef(props.path);
  useEffect(() => {
    if (before.current !== props.path) heading.current?.focus({ preventScroll: true });
    before.current = props.path;
  }, [props.path]);
  return (
    <header className="topbar">
      <h1 ref={heading} tabIndex={-1}>{props.title}</h1>
      <AsOf />
      <span className="topbar__end">
        <button type="button" className="command" onClick={props.openPalette}><Icon name="search" /><span>{say('palette.open')}</span><Keys keys="mod+k" /></button>
        {session.synthetic && <span className="synthetic">{say('synthetic')}</span>}
        <LanguageLink />
      </span>
    </header>
  );
}

function AsOf() {
  const line = useLine();
  const minute = useMinute();
  if (line.state === 'lost') {
    return (
      <span className="topbar__asof" role="status">
        <StateMark tone="due"><Say k="line.lost" nodes={{ at: line.heardAt === null ? '–' : <Time at={line.heardAt} form="second" /> }} /></StateMark>
      </span>
    );
  }
  return (
    <span className="topbar__asof">
      <Say k={line.state === 'live' ? 'line.live' : 'line.connecting'} nodes={{ at: <b><Time at={minute} form="full" /></b> }} />
    </span>
  );
}

export function LanguageLink() {
  const { say, language, words } = useWords();
  const other = language === 'ur' ? 'en' : 'ur';
  const change = async (): Promise<void> => {
    await changeLanguage(words, other);
    prefer({ language: other });
  };
  return <button type="button" className="language" lang={other} onClick={() => void change()}>{say('language.other')}</button>;
}
