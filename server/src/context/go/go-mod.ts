import type { SourceFile } from '../../text/source-file.js';
import type { Span } from '../../text/span.js';
import { memo } from '../memo.js';

/** A go.mod file. Source: https://go.dev/ref/mod#go-mod-file */
export type GoMod = {
  /** The path that the packages of the module begin with; null where the file does not say. */
  readonly module: string | null;
  /** `1.24.1` of the line `go 1.24.1`. */
  readonly go: string | null;
  readonly requires: ReadonlyMap<string, GoRequire>;
  /** The modules that are taken from somewhere else. */
  readonly replaced: ReadonlySet<string>;
  /** True where any other module may be as well. */
  readonly isReplaced?: boolean;
};

export type GoRequire = {
  readonly path: string;
  readonly version: string;
  /** False with `// indirect`: no package of this module imports it. */
  readonly isDirect: boolean;
  /** The path and the version. */
  readonly span: Span;
};

/** Null when the file is none of a module. */
export const readGoMod = memo((file: SourceFile): GoMod | null => {
  const found: Found = { module: null, go: null, requires: new Map(), replaced: new Set() };
  let block: string | null = null;
  let start = 0;
  for (const line of file.text.split('\n')) {
    const text = line.replace(/\/\/.*$/s, '').trim();
    if (block !== null && text === ')') block = null;
    else if (block !== null) readLine(found, { verb: block, text, line, start });
    else {
      const [verb = '', ...rest] = text.split(/\s+/);
      if (rest.length === 1 && rest[0] === '(') block = verb;
      else readLine(found, { verb, text: rest.join(' '), line, start });
    }
    start += line.length + 1;
  }
  return found.module === null && found.requires.size === 0 ? null : found;
});

type Found = {
  module: string | null;
  go: string | null;
  readonly requires: Map<string, GoRequire>;
  readonly replaced: Set<string>;
};

type Line = { readonly verb: string; readonly text: string; readonly line: string; readonly start: number };

function readLine(found: Found, { verb, text, line, start }: Line): void {
  const [path = '', version = ''] = text.split(/\s+/).map(unquote);
  if (path === '') return;
  if (verb === 'module') found.module = path;
  if (verb === 'go') found.go = path;
  if (verb === 'replace') found.replaced.add(path);
  if (verb !== 'require' || version === '') return;
  const at = start + line.indexOf(path);
  const end = start + line.indexOf(version, line.indexOf(path) + path.length) + version.length;
  const isDirect = !/\/\/\s*indirect\b/.test(line);
  found.requires.set(path, { path, version, isDirect, span: { start: at, end } });
}

function unquote(word: string): string {
  return word.replace(/^["`](.*)["`]$/s, '$1');
}
