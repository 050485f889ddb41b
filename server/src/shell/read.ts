import type {
  ArithmeticCommand,
  Assignment,
  Command,
  For,
  HereDoc,
  Redirection,
  Select,
  TestCommand,
  Word,
} from 'unbash';
import type { MappedText } from '../text/mapped.js';
import { assignedWord, hereDocument, opaqueWord, readWord, spanOf } from './read-word.js';
import type { Redirect, ShellAssignment, ShellWord, SimpleCommand } from './model.js';

/** What the place of a command says about it. */
export type Circumstances = Pick<SimpleCommand, 'always' | 'decisive' | 'isolated' | 'guards'>;

export function readCommand(node: Command, text: MappedText, place: Circumstances): SimpleCommand {
  const words = node.args.map((one) => argument(one, text));
  return {
    assignments: node.prefix.flatMap((one) => (one.type === 'Assignment' ? [assignment(one, text)] : [])),
    words: node.name ? [readWord(node.name, text), ...words] : words,
    redirects: node.redirects.map((one) => redirect(one, text)),
    span: spanOf(text, node.pos, endOf(node)),
    ...place,
  };
}

/** The redirections of a compound command. */
export function readRedirects(nodes: readonly Redirection[], text: MappedText, place: Circumstances): SimpleCommand {
  const redirects = nodes.map((one) => redirect(one, text));
  const start = nodes[0]?.pos ?? 0;
  const end = nodes.reduce((last, one) => Math.max(last, redirectEnd(one)), start);
  return { assignments: [], words: [], redirects, span: spanOf(text, start, end), ...place };
}

/** `for NAME in …` gives NAME values that are not followed here. */
export function readLoopVariable(node: For | Select, text: MappedText, place: Circumstances): SimpleCommand {
  const end = node.wordlist?.at(-1)?.end ?? node.name.end;
  const span = spanOf(text, node.name.pos, end);
  const value = opaqueWord(text, node.name.end, end);
  return {
    assignments: [{ name: node.name.text, value, append: false, span }],
    words: [],
    redirects: [],
    span,
    ...place,
  };
}

/** `[[ … ]]` and `(( … ))`. */
export function readTest(node: TestCommand | ArithmeticCommand, text: MappedText, place: Circumstances): SimpleCommand {
  const name = node.type === 'TestCommand' ? '[[' : '((';
  const span = spanOf(text, node.pos, node.pos + 2);
  const word: ShellWord = { raw: name, parts: [{ kind: 'literal', text: name, quoted: false }], span };
  const words = [word, opaqueWord(text, node.pos + 2, node.end)];
  return { assignments: [], words, redirects: [], span: spanOf(text, node.pos, node.end), ...place };
}

/** A here-document belongs to its command, but its text stands behind the line. */
function endOf({ pos, end, name, args, prefix, redirects }: Command): number {
  if (!redirects.some(({ type }) => type === 'HereDoc')) return end;
  const ends = [name, ...args, ...prefix.filter(({ type }) => type === 'Assignment')].map((one) => one?.end ?? pos);
  return redirects.map(redirectEnd).reduce((last, one) => Math.max(last, one), Math.max(...ends));
}

function redirectEnd(one: Redirection): number {
  return one.type === 'HereDoc' ? (one.delimiter?.end ?? one.pos + one.operator.length) : one.end;
}

function argument(one: Word | Assignment, text: MappedText): ShellWord {
  if (one.type === 'Word') return readWord(one, text);
  const span = spanOf(text, one.pos, one.end);
  const { value } = one;
  if (value.type !== 'Word' || one.index) return { raw: one.text, parts: [{ kind: 'opaque', text: one.text }], span };
  const before = `${one.name}${one.append ? '+' : ''}=`;
  return {
    raw: one.text,
    parts: [{ kind: 'literal', text: before, quoted: false }, ...readWord(value, text).parts],
    span,
  };
}

function assignment(one: Assignment, text: MappedText): ShellAssignment {
  const span = spanOf(text, one.pos, one.end);
  const { value: given, index } = one;
  const isScalar = given.type === 'Word' && !index;
  const value = isScalar ? assignedWord(given, text) : opaqueWord(text, given.pos, given.end);
  return { name: one.name, value, append: one.append === true, span };
}

function redirect(one: Redirection, text: MappedText): Redirect {
  const descriptor = one.descriptor?.type === 'FileDescriptor' ? one.descriptor.value : null;
  return { operator: one.operator, descriptor, target: targetOf(one, text) };
}

function targetOf(one: Redirection, text: MappedText): ShellWord | null {
  if (one.type === 'HereDoc') return hereText(one, text);
  if (!one.target) return null;
  if (one.type === 'HereString') return assignedWord(one.target, text);
  const isDescriptor = one.operator.endsWith('&') && /^(\d+-?|-)$/.test(one.target.text);
  return isDescriptor ? null : readWord(one.target, text);
}

function hereText({ operator, body }: HereDoc, text: MappedText): ShellWord {
  return hereDocument(body, text, operator === '<<-');
}
