/**
 * What the host must know of a statement before the engine gets it: one statement or several, which kind,
 * in which format it answers. Strings, quoted names and comments are blanked out first, so that nothing in
 * them is taken for syntax. It parses no more than that; the engine judges the rest.
 */

/** A statement, as far as the host reads it. */
export interface Statement {
  readonly kind: 'select' | 'insert' | 'other';
  /** The format that the text itself asks for. */
  readonly format: string | undefined;
  /** For an insert: `into t (a, b)` up to its format or values, when rows follow apart. */
  readonly target: string | undefined;
  /** More than one statement: ClickHouse's HTTP interface refuses that, and so do we. */
  readonly isSeveral: boolean;
}

const READS = new Set(['select', 'with', 'show', 'describe', 'desc', 'exists', 'explain']);

/** Reads the shape of a statement. An insert's rows, when they are in the text, are not looked at. */
export function readStatement(text: string): Statement {
  const bare = blanked(text);
  const word = /^[\s(]*([a-z]+)/i.exec(bare)?.[1]?.toLowerCase() ?? '';
  if (word === 'insert') {
    const head = /^\s*insert\s+into\s+(?:table\s+)?(?:(?!\bselect\b|\bwith\b)[\s\S])+?\s+(?:format\s+(\w+)|values)\b/i.exec(bare);
    if (head !== null) {
      const from = bare.search(/into/i) + 'into'.length;
      return { kind: 'insert', format: head[1] ?? 'Values', target: text.slice(from, head[0].length).replace(/\s(format\s+\w+|values)$/i, '').trim(), isSeveral: false };
    }
  }
  const end = bare.indexOf(';');
  const format = /\bformat\s+(\w+)\s*(?:settings\b[^;]*)?;?\s*$/i.exec(bare)?.[1];
  return { kind: READS.has(word) ? 'select' : 'other', format, target: undefined, isSeveral: end >= 0 && bare.slice(end).replaceAll(/[;\s]/g, '') !== '' };
}

/** The text with the insides of strings, quoted names and comments as spaces, of the same length. */
function blanked(text: string): string {
  return text.replaceAll(/'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S])*"|`(?:[^`\\]|\\[\s\S])*`|--[^\n]*|\/\*[\s\S]*?\*\//g, (quoted) => {
    const isComment = quoted.startsWith('--') || quoted.startsWith('/*');
    return isComment ? ' '.repeat(quoted.length) : `${quoted[0]}${'_'.repeat(quoted.length - 2)}${quoted[0]}`;
  });
}
