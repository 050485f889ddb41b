/** A name or a keyword of a script of JavaScript, and where it stands. */
export type JsWord = {
  readonly text: string;
  readonly start: number;
  /** Whether it is the name of a property, behind a dot. */
  readonly isProperty: boolean;
  /** How many brackets are open around it. */
  readonly depth: number;
  readonly isInFunction: boolean;
  /** True where a statement begins that no `if`, `else` or loop without braces decides on; only at depth 0. */
  readonly startsStatement: boolean;
};

/**
 * The words of a script that stand neither in comments nor in texts and patterns. They end early where the script cannot
 * be read for certain: at a bracket that closes another one, a text without an end, a slash that may divide or begin a
 * pattern.
 */
export function* jsWords(text: string): Generator<JsWord> {
  const scan: Scan = { text, at: text.startsWith('#!') ? lineEnd(text, 0) : 0, last: null, isNewLine: true, open: [] };
  for (;;) {
    skipBlank(scan);
    if (scan.at >= text.length) return;
    const [start, depth] = [scan.at, scan.open.length];
    const piece = read(scan);
    if (!piece) return;
    if (piece.kind === 'word') {
      const isInFunction = scan.open[depth - 1]?.isInFunction === true;
      const startsStatement = depth === 0 && isStart(scan);
      yield { text: piece.text, start, isProperty: piece.isBound, depth, isInFunction, startsStatement };
    }
    scan.last = piece;
    scan.isNewLine = false;
  }
}

type Piece = {
  /** `value` is a string, a template, a number or a regular expression. */
  readonly kind: 'word' | 'value' | 'mark';
  /** Empty for a value. */
  readonly text: string;
  /** Of a word: it is the name of a property. Of `)`: it closes the parentheses of `if`, `while` or their like. */
  readonly isBound: boolean;
};

type Scan = {
  readonly text: string;
  at: number;
  last: Piece | null;
  /** Whether a line ended since the last piece. */
  isNewLine: boolean;
  readonly open: Bracket[];
};

/** `mark` is a backquote for what stands inside `${ }` of a template. */
type Bracket = { readonly mark: string; readonly isControl: boolean; readonly isInFunction: boolean };

const closers: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** Their parentheses do not end an expression. */
const controls = new Set('if while for with switch catch'.split(' '));

/** An expression or a statement goes on behind them. */
const operators = new Set(
  (
    'return typeof case in of delete void throw new else do instanceof yield await extends default import export const ' +
    'let var'
  ).split(' '),
);

const blanks = /[^\S\n\r\u2028\u2029]+/y;
const lineBreak = /[\n\r\u2028\u2029]/;
const nameStart = /[\w$\\\u0080-\uffff]/;
const name = /[\w$\\\u0080-\uffff]+/y;
const number = /\d[\w.]*/y;
const mark = /=>|\+\+|--|\?\.(?!\d)|[^]/y;

function lineEnd(text: string, from: number): number {
  const pattern = /[\n\r\u2028\u2029]/g;
  pattern.lastIndex = from;
  return pattern.exec(text)?.index ?? text.length;
}

function skipBlank(scan: Scan): void {
  const { text } = scan;
  while (scan.at < text.length) {
    const start = scan.at;
    blanks.lastIndex = start;
    if (blanks.test(text)) scan.at = blanks.lastIndex;
    else if (lineBreak.test(text.charAt(start))) {
      scan.isNewLine = true;
      scan.at++;
    } else if (text.startsWith('//', start)) scan.at = lineEnd(text, start);
    else if (text.startsWith('/*', start)) {
      const found = text.indexOf('*/', start + 2);
      scan.at = found < 0 ? text.length : found + 2;
      scan.isNewLine ||= lineBreak.test(text.slice(start, scan.at));
    } else return;
  }
}

/** Whether a statement begins here, also without a semicolon before it. */
function isStart({ last, isNewLine }: Scan): boolean {
  if (!last || (last.kind === 'mark' && /^[;}]$/.test(last.text))) return true;
  if (!isNewLine) return false;
  if (last.kind === 'word') return last.isBound || !operators.has(last.text);
  return last.kind === 'value' || /^(\]|\+\+|--)$/.test(last.text) || (last.text === ')' && !last.isBound);
}

/** The piece that begins here; null where it cannot be read. */
function read(scan: Scan): Piece | null {
  const { text, at, last } = scan;
  const char = text[at] ?? '';
  if (/\d/.test(char)) return value(scan, endOf(number, scan));
  if (nameStart.test(char)) {
    const word = text.slice(at, (scan.at = endOf(name, scan)));
    const isBound = last?.kind === 'mark' && /^\??\.$/.test(last.text);
    // The parentheses of `for await` are those of `for`.
    return { kind: 'word', text: word === 'await' && last?.text === 'for' ? 'for' : word, isBound };
  }
  if (char === "'" || char === '"') return value(scan, stringEnd(scan));
  if (char === '`') return template(scan);
  if (char === '/') {
    const divides = isDivision(last);
    if (divides === null) return null;
    if (!divides) return value(scan, patternEnd(scan));
  }
  const found = text.slice(at, endOf(mark, scan));
  if (/^[([{]$/.test(found)) return open(scan, found);
  if (/^[)\]}]$/.test(found)) return close(scan, found);
  scan.at = at + found.length;
  return { kind: 'mark', text: found, isBound: false };
}

const someValue: Piece = { kind: 'value', text: '', isBound: false };

function value(scan: Scan, end: number | null): Piece | null {
  if (end === null) return null;
  scan.at = end;
  return someValue;
}

function endOf(pattern: RegExp, { text, at }: Scan): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at + 1;
}

function open(scan: Scan, found: string): Piece {
  const { last, open: brackets } = scan;
  const isControl = found === '(' && last?.kind === 'word' && !last.isBound && controls.has(last.text);
  const isBody = found === '{' && (last?.text === '=>' || (last?.text === ')' && !last.isBound));
  brackets.push({ mark: found, isControl, isInFunction: isBody || (brackets.at(-1)?.isInFunction ?? false) });
  scan.at++;
  return { kind: 'mark', text: found, isBound: false };
}

function close(scan: Scan, found: string): Piece | null {
  const opened = scan.open.pop();
  if (found === '}' && opened?.mark === '`') return template(scan);
  if (opened?.mark !== closers[found]) return null;
  scan.at++;
  return { kind: 'mark', text: found, isBound: opened?.isControl === true };
}

/** From a backquote, or from the end of what is put in, to the end or to the next of these. */
function template(scan: Scan): Piece | null {
  const { text } = scan;
  for (let at = scan.at + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return value(scan, at + 1);
    else if (text.startsWith('${', at)) {
      scan.open.push({ mark: '`', isControl: false, isInFunction: scan.open.at(-1)?.isInFunction ?? false });
      scan.at = at + 2;
      return { kind: 'mark', text: '${', isBound: false };
    }
  }
  return null;
}

function stringEnd({ text, at }: Scan): number | null {
  for (let next = at + 1; next < text.length; next++) {
    const char = text[next];
    if (char === text[at]) return next + 1;
    if (char === '\\') next += text.startsWith('\r\n', next + 1) ? 2 : 1;
    else if (char === '\n' || char === '\r') return null;
  }
  return null;
}

/** Null where both would do. */
function isDivision(last: Piece | null): boolean | null {
  if (!last) return false;
  if (last.kind === 'value') return true;
  if (last.kind === 'word') return last.isBound || !operators.has(last.text);
  if (last.text === ')') return !last.isBound;
  return /^(}|\+\+|--)$/.test(last.text) ? null : last.text === ']';
}

function patternEnd({ text, at }: Scan): number | null {
  let isInClass = false;
  for (let next = at + 1; next < text.length; next++) {
    const char = text[next] ?? '';
    if (lineBreak.test(char)) return null;
    if (char === '\\') next++;
    else if (char === '[') isInClass = true;
    else if (char === ']') isInClass = false;
    else if (char === '/' && !isInClass) return next + 1;
  }
  return null;
}
