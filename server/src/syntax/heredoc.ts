import type { MappedText } from '../text/mapped.js';
import { mapped, toSourceSpan } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import type { Line } from './lines.js';
import { lineFrom } from './lines.js';
import type { Heredoc } from './model.js';
import { shellWords } from './shell-words.js';
import { unquotePlain } from './unquote.js';

/** A heredoc announced on an instruction's line; `word` is its place in the line, `span` in the document. */
export type HeredocStart = Omit<Heredoc, 'content'> & { readonly word: Span; readonly spaced: boolean };

/** Whether some line at or after the offset `from` holds just this text. */
export type LineFinder = (line: string, stripsTabs: boolean, from: number) => boolean;

export type HeredocBodies = {
  readonly heredocs: readonly Heredoc[];
  /** Those without a delimiter line: their content runs to the end of the file. */
  readonly unterminated: readonly Heredoc[];
  /** Before the line break of the last delimiter line. */
  readonly end: number;
  /** Where the line after the last delimiter line starts. */
  readonly next: number;
};

/** The heredocs that a RUN, COPY or ADD announces; a word such as `3<<-'EOF'` or `<< EOF`. */
export function heredocStarts(line: MappedText): HeredocStart[] {
  if (!line.text.includes('<<')) return [];
  const starts: HeredocStart[] = [];
  for (const word of shellWords(line.text) ?? []) {
    const start = heredocStart(line.text.slice(word.start, word.end));
    if (start) starts.push({ ...start, word, span: toSourceSpan(line, word.start, word.end) });
  }
  return starts;
}

/** Reads the contents that follow an instruction's last line, one heredoc after the other. */
export function readHeredocs(text: string, starts: readonly HeredocStart[], from: number): HeredocBodies {
  const heredocs: Heredoc[] = [];
  const unterminated: Heredoc[] = [];
  let next = from;
  let end = from;
  for (const { delimiter, quoted, stripsTabs, span } of starts) {
    const last = delimiterLine(text, { delimiter, stripsTabs }, next);
    const contentEnd = last ? last.start : text.length;
    const content = mapped(text.slice(next, contentEnd), next);
    const heredoc = { delimiter, quoted, stripsTabs, span, content };
    heredocs.push(heredoc);
    if (!last) unterminated.push(heredoc);
    end = last ? last.end : text.length;
    next = last ? last.next : text.length;
  }
  return { heredocs, unterminated, end, next };
}

/** Built at the first question, since few files need it; without it many open heredocs would take quadratic time. */
export function lineFinder(text: string): LineFinder {
  const last = { plain: new Map<string, number>(), stripped: new Map<string, number>() };
  let isBuilt = false;
  return (line, stripsTabs, from) => {
    if (!isBuilt) {
      for (let at = 0; at < text.length;) {
        const { start, end, next } = lineFrom(text, at);
        last.plain.set(text.slice(start, end), start);
        last.stripped.set(text.slice(skipTabs(text, start, end), end), start);
        at = next;
      }
      isBuilt = true;
    }
    return ((stripsTabs ? last.stripped : last.plain).get(line) ?? -1) >= from;
  };
}

function heredocStart(word: string): Omit<HeredocStart, 'word' | 'span'> | null {
  const head = /^\d*<<(-?)\s*/.exec(word);
  const rest = head ? word.slice(head[0].length) : '';
  if (!head || rest.includes('<')) return null;
  const delimiter = unquotePlain(rest, '\\');
  if (delimiter === '') return null;
  const spaced = /\s$/.test(head[0]);
  return { delimiter, quoted: quotes(rest) !== quotes(delimiter), stripsTabs: head[1] === '-', spaced };
}

function quotes(text: string): number {
  return text.split(/["']/).length - 1;
}

function delimiterLine(text: string, heredoc: Pick<Heredoc, 'delimiter' | 'stripsTabs'>, from: number): Line | null {
  for (let at = from; at < text.length;) {
    const line = lineFrom(text, at);
    const start = heredoc.stripsTabs ? skipTabs(text, line.start, line.end) : line.start;
    if (line.end - start === heredoc.delimiter.length && text.startsWith(heredoc.delimiter, start)) return line;
    at = line.next;
  }
  return null;
}

function skipTabs(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text[at] === '\t') at++;
  return at;
}
