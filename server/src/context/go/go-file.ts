import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** The head of a Go file, up to the first declaration that is no import. */
export type GoFile = {
  readonly package: string;
  readonly imports: readonly GoFileImport[];
  /** The expression of its go:build line. */
  readonly constraint: string | null;
  /** True where only a line of the old form (`// +build`) decides, which newer releases of Go pass over. */
  readonly isOldForm: boolean;
};

/** `name` is `_` for an import that is there for its effect alone, null where the package gives the name. */
export type GoFileImport = { readonly path: string; readonly name: string | null; readonly span: Span };

/** Null for what is no Go file. Source: https://go.dev/ref/spec#Source_file_organization */
export const readGoFile = memo(({ text }: SourceFile): GoFile | null => {
  const reader: Reader = { text, at: 0, constraint: null, isOldForm: false };
  if (next(reader)?.text !== 'package') return null;
  const name = next(reader)?.text;
  if (name === undefined || !/^\w+$/.test(name)) return null;
  const { constraint } = reader;
  const isOldForm = reader.isOldForm && constraint === null;
  const imports: GoFileImport[] = [];
  for (let token = next(reader); token; token = next(reader)) {
    if (token.text === ';') continue;
    if (token.text !== 'import') break;
    readImports(reader, imports);
  }
  return { package: name, imports, constraint, isOldForm };
});

type Reader = { readonly text: string; at: number; constraint: string | null; isOldForm: boolean };
type Token = { readonly text: string; readonly span: Span };

const mostImports = 1000;

function readImports(reader: Reader, imports: GoFileImport[]): void {
  const first = next(reader);
  const isList = first?.text === '(';
  for (let token = isList ? next(reader) : first; token; token = next(reader)) {
    if (token.text === ')' || imports.length >= mostImports) return;
    if (token.text === ';') continue;
    const path = isText(token) ? token : next(reader);
    if (!path || !isText(path)) return;
    const name = path === token ? null : token.text;
    imports.push({ path: path.text.slice(1, -1), name, span: path.span });
    if (!isList) return;
  }
}

function isText({ text }: Token): boolean {
  return text.length > 2 && /^["`]/.test(text);
}

const pattern = /\s+|\/\/[^\n]*|\/\*[^]*?\*\/|"[^"\n]*"|`[^`]*`|[\w.]+|[^]/y;

function next(reader: Reader): Token | null {
  while (reader.at < reader.text.length) {
    pattern.lastIndex = reader.at;
    const start = reader.at;
    const [text = ''] = pattern.exec(reader.text) ?? [];
    reader.at += Math.max(1, text.length);
    const built = /^\/\/go:build\s+(.*)$/.exec(text.trimEnd())?.[1];
    if (/^\/\/\s*\+build\s/.test(text)) reader.isOldForm = true;
    if (built !== undefined) reader.constraint ??= built;
    else if (!/^(\s|\/[/*])/.test(text)) return { text, span: { start, end: start + text.length } };
  }
  return null;
}
