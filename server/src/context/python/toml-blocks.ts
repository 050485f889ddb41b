import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';

/** A table of a lock file: what stands below one header. */
export type Block = {
  /** `package`, `package.dependencies`; '' for what stands before the first header. */
  readonly name: string;
  /** `[[package]]`. */
  readonly isItem: boolean;
  readonly entries: ReadonlyMap<string, Entry>;
};

/** A value as it is written, an array over several lines in one piece. */
export type Entry = { readonly raw: string; readonly span: Span };

/**
 * The tables of a lock file that a tool wrote: every key begins a line, and an array over several lines ends with a
 * bracket that begins one. Reads a megabyte in a few milliseconds, where a full reader of TOML takes a hundred.
 */
export function readBlocks({ text }: SourceFile): Block[] {
  const reading: Reading = { text, blocks: [], entries: new Map(), open: null };
  reading.blocks.push({ name: '', isItem: false, entries: reading.entries });
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    readLine(reading, text.slice(start, end).trimEnd(), start);
    start = end + 1;
  }
  return reading.blocks;
}

/** A `[[name]]` and the tables below it, `[name.…]`. */
export type Item = readonly [own: Block, ...below: Block[]];

export function itemsOf(name: string, blocks: readonly Block[]): Item[] {
  const items: [Block, ...Block[]][] = [];
  for (const block of blocks) {
    if (block.name === name && block.isItem) items.push([block]);
    else if (block.name.startsWith(`${name}.`)) items.at(-1)?.push(block);
  }
  return items;
}

/** The entries of the tables of one name. */
export function entriesOf(name: string, blocks: readonly Block[]): (readonly [key: string, entry: Entry])[] {
  return blocks.filter((block) => block.name === name).flatMap(({ entries }) => [...entries]);
}

type Reading = {
  readonly text: string;
  readonly blocks: Block[];
  entries: Map<string, Entry>;
  /** The array that goes on over the next lines. */
  open: { readonly key: string; readonly start: number } | null;
};

function readLine(reading: Reading, line: string, start: number): void {
  const { text, open } = reading;
  if (open) {
    if (!line.startsWith(']')) return;
    reading.entries.set(open.key, entryAt(text, open.start, start + 1));
    reading.open = null;
  } else if (line.startsWith('[')) {
    reading.entries = new Map();
    const name = line.replace(/^\[+|\]+$/g, '');
    reading.blocks.push({ name, isItem: line.startsWith('[['), entries: reading.entries });
  } else readEntry(reading, line, start);
}

function readEntry(reading: Reading, line: string, start: number): void {
  const equals = line.indexOf('=');
  const key = line.slice(0, Math.max(0, equals)).trim().replace(/^"|"$/g, '');
  if (key === '' || key.startsWith('#')) return;
  const from = start + equals + 1;
  if (/=\s*\[$/.test(line)) reading.open = { key, start: from };
  else reading.entries.set(key, entryAt(reading.text, from, start + line.length));
}

function entryAt(text: string, start: number, end: number): Entry {
  return { raw: text.slice(start, end).trim(), span: { start, end } };
}

/** The text of `"text"`; null for anything else. */
export function plainString(entry: Entry | undefined): string | null {
  return /^"([^"\\]*)"$/.exec(entry?.raw ?? '')?.[1] ?? null;
}

/** The text of a string in quotation marks of either kind, without escapes. */
export function anyString({ raw }: Entry): string {
  return raw.replace(/^["']|["']$/g, '').replace(/\\(.)/g, '$1');
}

/** The span of the text inside the quotation marks. */
export function stringSpan({ raw, span }: Entry): Span {
  const start = span.start + 1;
  return { start: start + 1, end: start + raw.length - 1 };
}

/** The tables of an array, `{ name = "a", marker = "b" }`, each as written. */
export function inlineTables(raw: string): string[] {
  return raw.match(inlineTable) ?? [];
}

/** With one more table inside. */
const inlineTable = /\{(?:[^{}"']|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|\{(?:[^{}"']|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')*\})*\}/g;

/** The string under a key of an inline table; null where there is none. */
export function inlineString(table: string, key: string): string | null {
  const match = stringUnder(key).exec(table);
  return match ? (match[1]?.replace(/\\(.)/g, '$1') ?? match[2] ?? '') : null;
}

const patterns = new Map<string, RegExp>();

/** `key` is one of the few that the readers ask for. */
function stringUnder(key: string): RegExp {
  const found = patterns.get(key) ?? new RegExp(`[{,]\\s*${key}\\s*=\\s*(?:"((?:[^"\\\\\\n]|\\\\.)*)"|'([^'\\n]*)')`);
  patterns.set(key, found);
  return found;
}

/** The strings of an array, or of the array under a key of an inline table. */
export function strings(raw: string): string[] {
  return [...raw.matchAll(/"([^"\\\n]*)"|'([^'\n]*)'/g)].map((match) => match[1] ?? match[2] ?? '');
}
