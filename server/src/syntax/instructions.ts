import type { Span } from '../text/span.js';
import { skipSpace } from './characters.js';
import { readFlags } from './flags.js';
import { readJsonArray } from './json-array.js';
import type { CommandBody, Flag, Heredoc, Instruction, Problem, Word } from './model.js';
import { slice } from './slice.js';
import type { Source } from './words.js';
import { plainWords, quotedWords, readAssignment, readAssignments, separatorFrom, spanAt, wordAt } from './words.js';

/** Keyword, flags and arguments of one instruction, as offsets into its line. */
export type Head = {
  /** In lower case. */
  readonly name: string;
  readonly keyword: Span;
  readonly flags: readonly Flag[];
  readonly args: Span;
};

/** What an instruction is made of besides its line. */
export type Parts = {
  readonly head: Head;
  readonly heredocs: readonly Heredoc[];
  /** The span of the whole instruction in the document. */
  readonly span: Span;
  readonly isOnbuild: boolean;
  readonly problems: Problem[];
};

type Base = Pick<Instruction, 'span' | 'keyword' | 'flags' | 'argumentsSpan' | 'isOnbuild'>;

type Reader = (source: Source, parts: Parts, base: Base) => Instruction;

export function readHead(source: Source, { start, end }: Span): Head {
  const { text } = source.line;
  const keyword = { start, end: separatorFrom(text, start, end) };
  const { flags, rest } = readFlags(source, { start: keyword.end, end });
  return { name: text.slice(keyword.start, keyword.end).toLowerCase(), keyword, flags, args: rest };
}

export function readInstruction(source: Source, parts: Parts): Instruction {
  const { head, span, isOnbuild } = parts;
  const { line } = source;
  const keywordSpan = spanAt(line, head.keyword);
  const end = keywordSpan.end;
  const base: Base = {
    span,
    keyword: { text: line.text.slice(head.keyword.start, head.keyword.end), span: keywordSpan },
    flags: head.flags,
    argumentsSpan: head.args.start < head.args.end ? spanAt(line, head.args) : { start: end, end },
    isOnbuild,
  };
  const read = Object.hasOwn(readers, head.name) ? readers[head.name] : undefined;
  return (read ?? readOther)(source, parts, base);
}

/** True for the first letters of a keyword, as they stand there while it is typed. */
export function startsKeyword(text: string): boolean {
  const start = text.toLowerCase();
  return keywords.some((name) => name.startsWith(start));
}

/** True when an instruction may announce heredocs: RUN, COPY and ADD, but not in their JSON form. */
export function canHoldHeredocs({ line }: Source, head: Head): boolean {
  if (head.name !== 'run' && head.name !== 'copy' && head.name !== 'add') return false;
  return readJsonArray(line, head.args.start, head.args.end).kind === 'none';
}

const readers: Readonly<Record<string, Reader>> = {
  from: readFrom,
  arg: (source, { head }, base) => {
    const declarations = quotedWords(source, head.args).map((word) => readAssignment(source, word));
    return { ...base, kind: 'arg', declarations };
  },
  env: (source, { head }, base) => ({ ...base, kind: 'env', assignments: readAssignments(source, head.args) }),
  label: (source, { head }, base) => ({ ...base, kind: 'label', assignments: readAssignments(source, head.args) }),
  run: (source, parts, base) => {
    return { ...base, kind: 'run', body: readBody(source, parts, parts.head.args), heredocs: parts.heredocs };
  },
  cmd: (source, parts, base) => ({ ...base, kind: 'cmd', body: readBody(source, parts, parts.head.args) }),
  entrypoint: (source, parts, base) => {
    return { ...base, kind: 'entrypoint', body: readBody(source, parts, parts.head.args) };
  },
  shell: (source, parts, base) => ({ ...base, kind: 'shell', body: readBody(source, parts, parts.head.args) }),
  healthcheck: readHealthcheck,
  copy: (source, parts, base) => readCopy(source, parts, { ...base, kind: 'copy' }),
  add: (source, parts, base) => readCopy(source, parts, { ...base, kind: 'add' }),
  user: (source, { head }, base) => ({ ...base, kind: 'user', user: wholeWord(source, head.args) }),
  workdir: (source, { head }, base) => ({ ...base, kind: 'workdir', path: wholeWord(source, head.args) }),
  expose: (source, { head }, base) => ({ ...base, kind: 'expose', words: words(source, head.args) }),
  volume: (source, parts, base) => ({ ...base, kind: 'volume', words: wordsOrJson(source, parts) }),
  stopsignal: (source, { head }, base) => ({ ...base, kind: 'stopsignal', words: oneWord(source, head.args) }),
  maintainer: (source, { head }, base) => ({ ...base, kind: 'maintainer', words: oneWord(source, head.args) }),
  onbuild: readOnbuild,
};

const keywords = Object.keys(readers);

function readFrom(source: Source, { head }: Parts, base: Base): Instruction {
  const [image, as, name] = words(source, head.args);
  const isNamed = as?.text.toLowerCase() === 'as';
  return { ...base, kind: 'from', image: image ?? null, name: isNamed ? (name ?? null) : null };
}

function readHealthcheck(source: Source, parts: Parts, base: Base): Instruction {
  const { text } = source.line;
  const { start, end } = parts.head.args;
  const typeEnd = separatorFrom(text, start, end);
  const type = text.slice(start, typeEnd).toLowerCase();
  const command = { start: skipSpace(text, typeEnd, end), end };
  const body = type === 'cmd' ? readBody(source, parts, command) : null;
  if (!['', 'cmd', 'none'].includes(type)) {
    const message = `HEALTHCHECK takes CMD or NONE, not '${text.slice(start, typeEnd)}'.`;
    parts.problems.push({ message, span: spanAt(source.line, { start, end: typeEnd }) });
  }
  return { ...base, kind: 'healthcheck', none: type === 'none', body };
}

function readCopy(source: Source, parts: Parts, base: Base & { readonly kind: 'copy' | 'add' }): Instruction {
  const paths = outside(wordsOrJson(source, parts), parts.heredocs);
  const needed = parts.heredocs.length > 0 ? 1 : 2;
  const destination = paths.length >= needed ? (paths.at(-1) ?? null) : null;
  return { ...base, sources: destination ? paths.slice(0, -1) : paths, destination, heredocs: parts.heredocs };
}

/** The words that announce no heredoc; both lists are in the order of the text. */
function outside(all: readonly Word[], heredocs: readonly Heredoc[]): Word[] {
  let index = 0;
  return all.filter(({ span }) => {
    while ((heredocs[index]?.span.end ?? Infinity) < span.end) index++;
    return (heredocs[index]?.span.start ?? Infinity) > span.start;
  });
}

function readOnbuild(source: Source, parts: Parts, base: Base): Instruction {
  const { args } = parts.head;
  if (args.start === args.end) return { ...base, kind: 'onbuild', instruction: null };
  const head = readHead(source, args);
  if (head.name === 'onbuild' || head.name === 'from' || head.name === 'maintainer') {
    const message = `ONBUILD cannot hold ${head.name.toUpperCase()}.`;
    parts.problems.push({ message, span: spanAt(source.line, head.keyword) });
    return { ...base, kind: 'onbuild', instruction: null };
  }
  const span = { start: spanAt(source.line, head.keyword).start, end: base.span.end };
  return { ...base, kind: 'onbuild', instruction: readInstruction(source, { ...parts, head, span, isOnbuild: true }) };
}

function readOther(source: Source, { head, problems }: Parts, base: Base): Instruction {
  problems.push({ message: `'${base.keyword.text}' is not a Dockerfile instruction.`, span: base.keyword.span });
  return { ...base, kind: 'other', words: words(source, head.args) };
}

function readBody({ line }: Source, { problems }: Parts, args: Span): CommandBody | null {
  if (args.start === args.end) return null;
  const span = spanAt(line, args);
  const array = readJsonArray(line, args.start, args.end);
  if (array.kind === 'strings') return { form: 'exec', words: array.words, span };
  if (array.kind === 'other') problems.push({ message: 'A JSON array here may hold strings only.', span });
  return { form: 'shell', text: slice(line, args.start, args.end), span };
}

function wordsOrJson(source: Source, { head }: Parts): readonly Word[] {
  const array = readJsonArray(source.line, head.args.start, head.args.end);
  return array.kind === 'strings' ? array.words : words(source, head.args);
}

function words(source: Source, args: Span): Word[] {
  return plainWords(source.line.text, args).map((word) => wordAt(source, word));
}

/** USER, WORKDIR, STOPSIGNAL and MAINTAINER take all that follows as one word. */
function wholeWord(source: Source, args: Span): Word | null {
  return args.start < args.end ? wordAt(source, args) : null;
}

function oneWord(source: Source, args: Span): Word[] {
  const word = wholeWord(source, args);
  return word ? [word] : [];
}
