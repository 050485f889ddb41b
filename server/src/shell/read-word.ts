import type { DoubleQuotedChild, HereDocBody, ParameterExpansionPart, Word, WordPart as Part } from 'unbash';
import { toSourceSpan, type MappedText } from '../text/mapped.js';
import type { Span } from '../text/span.js';
import type { ShellWord, WordPart } from './model.js';

export function readWord(one: Word, text: MappedText): ShellWord {
  if (endsInBackslash(one.text)) return opaqueWord(text, one.pos, one.end);
  const parts = one.parts ? one.parts.flatMap((part) => read(part, false, text)) : whole(one);
  const isEmpty = parts.every((part) => part.kind === 'literal' && part.text === '');
  return {
    raw: one.text,
    parts: isEmpty ? [] : behindTilde(one.text, parts),
    span: spanOf(text, one.pos, one.end),
  };
}

/** A word that is neither split nor matched against files: the value of an assignment. */
export function assignedWord(one: Word, text: MappedText): ShellWord {
  if (/(^|:)~/.test(one.text)) return opaqueWord(text, one.pos, one.end);
  const { raw, parts, span } = readWord(one, text);
  return { raw, span, parts: parts.map(unsplit) };
}

/** The text after <<, tabs at the start of lines taken away after <<-. */
export function hereDocument(
  { text: raw, pos, end, parts }: HereDocBody,
  text: MappedText,
  strips: boolean,
): ShellWord {
  const found: readonly WordPart[] = parts
    ? parts.flatMap((part) => read(part, true, text))
    : [{ kind: 'literal', text: raw, quoted: true }];
  const kept = strips ? found.map(withoutTabs) : found;
  return { raw, parts: kept.map(unsplit), span: spanOf(text, pos, end) };
}

/** A range of the text of which only a running shell knows what it becomes. */
export function opaqueWord(text: MappedText, start: number, end: number): ShellWord {
  const raw = text.text.slice(start, end);
  return { raw, parts: [{ kind: 'opaque', text: raw }], span: spanOf(text, start, end) };
}

/** At the end of a script a backslash has nothing to escape. */
function endsInBackslash(raw: string): boolean {
  let at = raw.length;
  while (at > 0 && raw[at - 1] === '\\') at--;
  return (raw.length - at) % 2 === 1;
}

/** Of unfinished text the parser may report more than there is. */
export function spanOf(text: MappedText, start: number, end: number): Span {
  const { length } = text.text;
  return toSourceSpan(text, Math.min(start, length), Math.min(end, length));
}

/** A word that the parser did not divide. */
function whole({ text, value }: Word): readonly WordPart[] {
  return value === '' ? [] : [{ kind: 'literal', text: value, quoted: value !== text }];
}

function read(part: Part | DoubleQuotedChild, quoted: boolean, text: MappedText): readonly WordPart[] {
  switch (part.type) {
    case 'Literal':
      return [{ kind: 'literal', text: part.value, quoted: quoted || part.value !== part.text }];
    case 'SingleQuoted':
      return [{ kind: 'literal', text: part.value, quoted: true }];
    case 'DoubleQuoted':
      return part.parts.length === 0
        ? [{ kind: 'literal', text: '', quoted: true }]
        : part.parts.flatMap((child) => read(child, true, text));
    case 'SimpleExpansion': {
      const name = /^\$([A-Za-z_]\w*)$/.exec(part.text)?.[1];
      return [name ? { kind: 'variable', name, operator: '', operand: null, quoted } : opaque(part)];
    }
    case 'ParameterExpansion':
      return [parameter(part, quoted, text)];
    case 'Glob':
    case 'ExtendedGlob':
    case 'BraceExpansion':
      return [{ kind: 'glob', text: part.text }];
    // $'…' and $"…" mean something else in dash than in bash.
    default:
      return [opaque(part)];
  }
}

function parameter(part: ParameterExpansionPart, quoted: boolean, text: MappedText): WordPart {
  const { parameter: name, operation } = part;
  if (part.prefix || part.index || !/^[A-Za-z_]\w*$/.test(name)) return opaque(part);
  if (!operation) return { kind: 'variable', name, operator: '', operand: null, quoted };
  // Inside double quotes a single quote is an ordinary character.
  if (operation.type !== 'Default' || (quoted && operation.operand.text.includes("'"))) return opaque(part);
  const operand = quoted ? assignedWord(operation.operand, text) : readWord(operation.operand, text);
  return { kind: 'variable', name, operator: operation.operator, operand, quoted };
}

function opaque({ text }: { readonly text: string }): WordPart {
  return { kind: 'opaque', text };
}

/** `~/bin`, and `NAME=~/bin` as an argument, where shells differ. */
function behindTilde(raw: string, parts: readonly WordPart[]): readonly WordPart[] {
  if (/^[A-Za-z_]\w*=(~|.*:~)/s.test(raw)) return [{ kind: 'opaque', text: raw }];
  const [first, ...rest] = parts;
  if (!raw.startsWith('~') || first?.kind !== 'literal') return parts;
  const slash = first.text.indexOf('/');
  const home: WordPart = { kind: 'opaque', text: slash < 0 ? first.text : first.text.slice(0, slash) };
  return slash < 0 ? [home, ...rest] : [home, { ...first, text: first.text.slice(slash) }, ...rest];
}

function unsplit(part: WordPart): WordPart {
  if (part.kind === 'opaque') return part;
  if (part.kind !== 'glob') return { ...part, quoted: true };
  return /[$`'"\\]/.test(part.text) ? part : { kind: 'literal', text: part.text, quoted: true };
}

function withoutTabs(part: WordPart, index: number): WordPart {
  if (part.kind !== 'literal') return part;
  const text = part.text.replace(/\n\t+/g, '\n');
  return { ...part, text: index === 0 ? text.replace(/^\t+/, '') : text };
}
