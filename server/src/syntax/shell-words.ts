import { isSpace } from './characters.js';
import type { Span } from '../text/span.js';

/** What is open: a double quote, `${…}` up to its brace, or `${x/pattern/…}` up to its second slash. */
type Frame = '"' | '}' | '/';

type Lexer = { readonly text: string; readonly open: Frame[] };

const FAILED = -1;
const DIGIT = /[0-9]/;
const NAME_CHARACTER = /[\p{L}\p{Nd}_]/u;

/**
 * The words of a line (offsets into it) as Docker splits it when looking for heredocs: frontend/dockerfile/shell/lex.go
 * in BuildKit, where the escape character is always the backslash. Null when Docker's lexer gives up on an open quote
 * or an expansion it does not know; Docker then sees no heredoc in the line.
 */
export function shellWords(text: string): Span[] | null {
  const words: Span[] = [];
  const lexer: Lexer = { text, open: [] };
  let start = -1;
  for (let at = 0; at < text.length;) {
    if (lexer.open.length === 0 && isSpace(text.charCodeAt(at))) {
      if (start >= 0) words.push({ start, end: at });
      start = -1;
      at++;
      continue;
    }
    if (start < 0) start = at;
    at = lexer.open.at(-1) === '"' ? insideQuotes(lexer, at) : outsideQuotes(lexer, at);
    if (at === FAILED) return null;
  }
  if (lexer.open.length > 0) return null;
  if (start >= 0) words.push({ start, end: text.length });
  return words;
}

function insideQuotes({ text, open }: Lexer, at: number): number {
  const character = text[at];
  if (character === '$') return afterDollar({ text, open }, at);
  if (character === '"') open.pop();
  if (character === '\\') return '"$\\'.includes(text[at + 1] ?? ' ') ? at + 2 : at + 1;
  return at + 1;
}

function outsideQuotes({ text, open }: Lexer, at: number): number {
  const character = text[at];
  const stop = open.at(-1);
  if (character === stop) {
    open.pop();
    if (stop === '/') open.push('}');
    return at + 1;
  }
  if (character === '\\') return Math.min(at + 2, text.length);
  if (character === '$') return afterDollar({ text, open }, at);
  if (character === '"') open.push('"');
  if (character === "'") {
    const close = text.indexOf("'", at + 1);
    return close < 0 ? FAILED : close + 1;
  }
  return character === '<' && text[at + 1] === '<' ? afterBlanks(text, at + 2) : at + 1;
}

/** White space between << and the delimiter belongs to the word. */
function afterBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\r') at++;
  return at;
}

function afterDollar({ text, open }: Lexer, at: number): number {
  if (text[at + 1] !== '{') return isSpecial(text[at + 1]) ? at + 2 : at + 1;
  if (at + 2 >= text.length || '{}:'.includes(text[at + 2] ?? '')) return FAILED;
  const after = afterName(text, at + 2);
  const operator = text[after];
  if (operator === '}') return after + 1;
  if (operator === '/') {
    open.push('/');
    return text[after + 1] === '/' ? after + 2 : after + 1;
  }
  if (operator === undefined || !':+-?#%'.includes(operator)) return FAILED;
  if (operator === ':' && '#%'.includes(text[after + 1] ?? '#')) return FAILED;
  open.push('}');
  return operator === ':' ? after + 2 : after + 1;
}

function afterName(text: string, from: number): number {
  if (isSpecial(text[from])) return from + 1;
  const characters = DIGIT.test(text[from] ?? '') ? DIGIT : NAME_CHARACTER;
  let at = from;
  while (at < text.length && characters.test(text[at] ?? '')) at++;
  return at;
}

function isSpecial(character: string | undefined): boolean {
  return character !== undefined && '@*#?-$!0'.includes(character);
}
