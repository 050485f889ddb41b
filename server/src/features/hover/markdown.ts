import { placeText, type Evidence } from '../../fact.js';
import { lineAt, type LineIndex } from '../../text/lines.js';
import type { Span } from '../../text/span.js';
import { list } from '../../text/list.js';

const longestCode = 140;

/** Any text as a code span: on one line, shortened, and fenced with more backticks than it holds. */
export function code(text: string): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const short = flat.length > longestCode ? `${flat.slice(0, longestCode - 1)}…` : flat;
  if (short === '') return '(nothing)';
  const longest = Math.max(0, ...[...short.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = short.startsWith('`') || short.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${short}${pad}${fence}`;
}

/** Text for people in which names stand in single quotes or backticks: the names become code, the rest is escaped. */
export function prose(text: string): string {
  return text
    .split(/(?<![\p{L}\p{N}])'([^']+)'(?![\p{L}\p{N}])|(?<!`)`([^`]+)`(?!`)/u)
    .map((part, index) => (part === undefined ? '' : index % 3 === 0 ? escape(part) : code(part)))
    .join('');
}

/** Words of a command as one code span, quoted where a shell would need it. */
export function commandLine(argv: readonly string[]): string {
  return code(argv.map(quoted).join(' '));
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./\\…-]+$/.test(word)) return word;
  return word.includes('"') && !word.includes("'") ? `'${word}'` : JSON.stringify(word);
}

/** A table of two columns without a head. */
export function table(rows: readonly (readonly [string, string] | null)[]): string {
  const lines = rows.flatMap((row) => (row ? [`| ${row[0]} | ${row[1].replace(/\|/g, '\\|')} |`] : []));
  return ['| | |', '| :-- | :-- |', ...lines].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Paragraphs with an empty line between; empty and missing ones are left out. */
export function page(...parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join('\n\n');
}

/** Where a span begins, as people count. */
export function lineOf(lines: LineIndex, span: Span): string {
  return `line ${lineAt(lines, span.start) + 1}`;
}

/** `line 4`, `lines 4 and 7`, `lines 4, 7, 9 and 3 more`. */
export function linesOf(lines: LineIndex, spans: readonly Span[]): string {
  const numbers = [...new Set(spans.map((span) => lineAt(lines, span.start) + 1))].map(String);
  if (numbers.length === 1) return `line ${numbers[0]}`;
  return `lines ${list(numbers.length > 4 ? [...numbers.slice(0, 3), `${numbers.length - 3} more`] : numbers)}`;
}

const mostReasons = 3;

/** What this file and those beside it say behind a fact: at most three lines of it. */
export function reasons(because: readonly Evidence[], lines: LineIndex): string[] {
  const notes = because.flatMap((evidence) => {
    if (evidence.kind === 'file') return [`${code(placeText(evidence))}: ${prose(evidence.note)}`];
    return evidence.kind === 'instruction' ? [`${lineOf(lines, evidence.span)}: ${prose(evidence.note)}`] : [];
  });
  return [...new Set(notes)].slice(0, mostReasons);
}

const command = /^command:distroless\.(?:openPage|compare)\?[\w%.~-]+$/;

/** A link only to a web page or one of the two commands that show something; anything else is left out. */
export function link(text: string, address: string | null): string | null {
  if (address === null) return null;
  return /^https:\/\/[^\s()<>]+$/.test(address) || command.test(address) ? `[${text}](${address})` : null;
}

/** The page of a source, which is an address already or names a file as owner/repository@commit:path. */
export function sourceAddress(source: string): string | null {
  if (source.startsWith('https://')) return source;
  const file = /^([\w.-]+\/[\w.-]+)@([0-9a-f]{7,40}):([\w./@+-]+)(#[\w-]+)?$/.exec(source);
  return file ? `https://github.com/${file[1]}/blob/${file[2]}/${file[3]}${file[4] ?? ''}` : null;
}

function escape(text: string): string {
  return text.replace(/[\\`*[\]<>|~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&');
}
