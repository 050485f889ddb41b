// The package's main entry point loads its parts in a way that bundlers cannot follow:
// https://github.com/microsoft/node-jsonc-parser/issues/57
import {
  createScanner,
  parseTree,
  printParseErrorCode,
  type Node,
  type ParseError,
} from 'jsonc-parser/lib/esm/main.js';
import { span, type Span } from '../text/span.js';
import type { Report } from './problem.js';

/** A JSON value with its place in the text. Keys may be repeated, and a key may be any text. */
export type JsonNode = { readonly span: Span } & (
  | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] }
  | { readonly kind: 'list'; readonly items: readonly JsonNode[] }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'null' }
);

export type JsonEntry = { readonly key: string; readonly keySpan: Span; readonly value: JsonNode };

/** UTF-16 code units that a config file may have. */
export const longestText = 1024 * 1024;

/** A config file needs six levels; the parser recurses, and would run out of stack. */
const deepest = 32;

/**
 * The value that `text` holds, or null when it is not JSON, which is reported. Comments, commas before a closing bracket
 * and a byte order mark are taken as they come.
 */
export function parseJson(text: string, report: Report): JsonNode | null {
  if (text.length > longestText) {
    report(span(0, 0), () => `The file is larger than ${longestText / 1024} KiB.`);
    return null;
  }
  const plain = text.replace(/^\ufeff/, ' ');
  const tooDeep = firstBeyondDepth(plain);
  if (tooDeep !== null) {
    report(span(tooDeep, tooDeep + 1), () => `Values are nested more than ${deepest} levels deep.`);
    return null;
  }
  const errors: ParseError[] = [];
  const tree = parseTree(plain, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error) {
    report(span(error.offset, error.offset + error.length), () => messageOf(error, plain));
    return null;
  }
  return tree ? toNode(tree) : null;
}

function firstBeyondDepth(text: string): number | null {
  const scanner = createScanner(text, true);
  let depth = 0;
  for (;;) {
    scanner.scan();
    const start = scanner.getTokenOffset();
    if (scanner.getTokenLength() === 0) return null;
    const character = text[start];
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    if (depth > deepest) return start;
  }
}

function toNode({ type, offset, length, value, children = [] }: Node): JsonNode {
  const at = span(offset, offset + length);
  const content: unknown = value;
  switch (type) {
    case 'object':
      return { kind: 'object', span: at, entries: children.flatMap(toEntry) };
    case 'array':
      return { kind: 'list', span: at, items: children.map(toNode) };
    default:
      if (typeof content === 'string') return { kind: 'text', span: at, value: content };
      if (typeof content === 'number') return { kind: 'number', span: at, value: content };
      return typeof content === 'boolean' ? { kind: 'boolean', span: at, value: content } : { kind: 'null', span: at };
  }
}

function toEntry({ children = [] }: Node): JsonEntry[] {
  const [name, value] = children;
  if (!name || !value) return [];
  return [{ key: String(name.value), keySpan: span(name.offset, name.offset + name.length), value: toNode(value) }];
}

const messages: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'Write a name in double quotes here.',
  ValueExpected: 'Write a value here.',
  ColonExpected: 'Write a colon and a value after the name.',
  CommaExpected: 'Write a comma before this.',
  CloseBraceExpected: "Write the closing '}' here.",
  CloseBracketExpected: "Write the closing ']' here.",
  EndOfFileExpected: "Nothing may follow the last '}'.",
  UnexpectedEndOfComment: "End the comment with '*/'.",
  UnexpectedEndOfString: 'End the text with a double quote.',
  InvalidUnicode: "Write four digits after '\\u'.",
  InvalidEscapeCharacter: 'Write a backslash in a text as two.',
  InvalidCharacter: "Write a line break in a text as '\\n' and a tab as '\\t'.",
};

function messageOf({ error, offset, length }: ParseError, text: string): string {
  if (text.trim() === '') return "The file is empty: write '{}'.";
  const code = printParseErrorCode(error);
  if (code === 'InvalidSymbol')
    return `Write names and texts in double quotes, unlike '${shorten(text.slice(offset, offset + length).replace(/^'|'$/g, ''))}'.`;
  return messages[code] ?? 'Write JSON here.';
}

/** Text of the file on one line, short enough for a message. */
export function shorten(text: string): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ');
  return flat.length > 60 ? `${flat.slice(0, 59)}…` : flat;
}
