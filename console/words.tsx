/**
 * Words in two languages. Every text of the console has a key in `words/en.ts`, and the compiler demands
 * the same keys of `words/ur.ts`. `say` gives a string; `<Say>` puts nodes (a number that opens its events,
 * an instant) into the places of a sentence, so that each language keeps its own order of words. Texts that
 * the server sends come worded in both languages and are chosen by `useWorded`.
 */
import i18next, { type i18n } from 'i18next';
import { Fragment, type ReactNode } from 'react';
import { I18nextProvider, initReactI18next, useTranslation } from 'react-i18next';
import type { Worded } from '../src/contract/console.ts';
import { en } from './words/en.ts';
import type { Language } from './preferences.ts';

type Key = keyof typeof en;
/** A key without its plural ending: `alerts.shown` for `alerts.shown_one` and `alerts.shown_other`. */
export type WordKey = Key extends infer K ? (K extends `${infer Base}_one` ? Base : K extends `${string}_other` ? never : K) : never;
export type Values = Readonly<Record<string, string | number>>;
export type Sayer = (key: WordKey, values?: Values) => string;

/** Starts the words in a language. Urdu is a file of its own, fetched only by who reads it. */
export async function startWords(language: Language): Promise<i18n> {
  const words = i18next.createInstance();
  await words.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    resources: { en: { translation: en }, ...(language === 'ur' ? { ur: { translation: await loadUrdu() } } : {}) },
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false, prefix: '{', suffix: '}' },
  });
  return words;
}

async function loadUrdu(): Promise<Record<Key, string>> {
  return (await import('./words/ur.ts')).ur;
}

export async function changeLanguage(words: i18n, language: Language): Promise<void> {
  if (language === 'ur' && !words.hasResourceBundle('ur', 'translation')) words.addResourceBundle('ur', 'translation', await loadUrdu());
  await words.changeLanguage(language);
}

export function WordsProvider(props: { words: i18n; children: ReactNode }) {
  return <I18nextProvider i18n={props.words}>{props.children}</I18nextProvider>;
}

export function useWords(): { say: Sayer; language: Language; words: i18n } {
  const { t, i18n: words } = useTranslation();
  const language: Language = words.language === 'ur' ? 'ur' : 'en';
  return { say: (key, values) => t(key, { ...values }), language, words };
}

/** Chooses the reader's language of a text that came worded. */
export function useWorded(): (text: Worded) => string {
  const { language } = useWords();
  return (text) => text[language];
}

const mark = '\u0001';

/** Puts nodes into the places `{name}` of a text. */
export function fill(text: string, nodes: Readonly<Record<string, ReactNode>>): ReactNode {
  const pieces = text.split(/\{([a-zA-Z0-9_-]+)\}/);
  return pieces.map((piece, place) => (
    <Fragment key={place}>{place % 2 === 0 ? piece : nodes[piece] ?? piece}</Fragment>
  ));
}

/** A sentence with nodes in its places. `values` are plain; `nodes` are elements. */
export function Say(props: { k: WordKey; values?: Values; nodes?: Readonly<Record<string, ReactNode>> }) {
  const { say } = useWords();
  const nodes = props.nodes ?? {};
  const marked = Object.fromEntries(Object.keys(nodes).map((name) => [name, `${mark}${name}${mark}`]));
  const pieces = say(props.k, { ...props.values, ...marked }).split(mark);
  return <>{pieces.map((piece, place) => <Fragment key={place}>{place % 2 === 0 ? piece : nodes[piece]}</Fragment>)}</>;
}
