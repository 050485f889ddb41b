/**
 * The words of a shell-form command that means the same without a shell: one simple command, quoted or not, a leading
 * `exec` left out. Null for everything in which a shell has a say: variables, operators, globs, redirections, comments,
 * assignments, built-in commands.
 */
export function plainWords(text: string): string[] | null {
  const words: string[] = [];
  const end = lastBlanks(text);
  for (let at = behindBlanks(text, 0); at < end; at = behindBlanks(text, at)) {
    const read = readWord(text, at, end);
    if (!read || hasShellMeaning(text.slice(at, read.end), words.length === 0)) return null;
    words.push(read.word);
    at = read.end;
  }
  if (words[0] === 'exec' && words.length > 1 && !words[1]?.startsWith('-')) words.shift();
  const [program = ''] = words;
  return program === '' || builtins.has(program) ? null : words;
}

/** One word or a piece of it, and where the text goes on. */
type Read = { readonly word: string; readonly end: number };

function behindBlanks(text: string, start: number): number {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at++;
  return at;
}

/** Where the blanks and line ends begin that close the text. */
function lastBlanks(text: string): number {
  let at = text.length;
  while (at > 0 && ' \t\r\n'.includes(text[at - 1] ?? '')) at--;
  return at;
}

function readWord(text: string, start: number, end: number): Read | null {
  let word = '';
  let at = start;
  while (at < end && text[at] !== ' ' && text[at] !== '\t') {
    const piece = readPiece(text, at);
    if (!piece) return null;
    word += piece.word;
    at = piece.end;
  }
  return { word, end: at };
}

function readPiece(text: string, at: number): Read | null {
  switch (text[at]) {
    case "'":
      return singleQuoted(text, at);
    case '"':
      return doubleQuoted(text, at);
    case '\\':
      return escaped(text, at);
    default:
      return unquoted(text, at);
  }
}

function unquoted(text: string, at: number): Read | null {
  const word = /[^\s\p{Cc}'"\\|&;<>()$`*?[{}]+/uy;
  word.lastIndex = at;
  const found = word.exec(text);
  return found ? { word: found[0], end: word.lastIndex } : null;
}

function singleQuoted(text: string, at: number): Read | null {
  const end = text.indexOf("'", at + 1);
  const word = text.slice(at + 1, end);
  return end < 0 || /\p{Cc}/u.test(word) ? null : { word, end: end + 1 };
}

function doubleQuoted(text: string, start: number): Read | null {
  let word = '';
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === '"') return { word, end: at + 1 };
    if (/[$`\p{Cc}]/u.test(character)) return null;
    const next = text[at + 1] ?? '';
    const isEscape = character === '\\' && /[$`"\\]/.test(next);
    word += isEscape ? next : character;
    if (isEscape) at++;
  }
  return null;
}

/** Before a letter or digit a backslash is more likely part of a Windows path, which a shell would spoil. */
function escaped(text: string, at: number): Read | null {
  const next = text[at + 1] ?? '';
  return /^[\x20-\x7e]$/.test(next) && !/\w/.test(next) ? { word: next, end: at + 2 } : null;
}

function hasShellMeaning(raw: string, isFirst: boolean): boolean {
  if (raw.startsWith('#') || raw.startsWith('~') || /[=:]~/.test(raw)) return true;
  return isFirst && (/^[A-Za-z_]\w*\+?=/.test(raw) || reserved.has(raw));
}

const reserved = new Set(
  '! case coproc do done elif else esac fi for function if in select then time until while'.split(' '),
);

/** Commands that only a shell has, or that do something to the shell itself. */
const builtins = new Set(
  (
    '. : alias bg bind break builtin caller cd command compgen complete continue declare dirs disown enable eval exec ' +
    'exit export fc fg getopts hash help history jobs let local logout mapfile popd pushd read readarray readonly return ' +
    'set shift shopt source suspend times trap type typeset ulimit umask unalias unset wait'
  ).split(' '),
);
