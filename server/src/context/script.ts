import type { SourceFile } from '../text/source-file.js';
import type { Span } from '../text/span.js';

/** The first line of a script, as the kernel reads it. */
export type Shebang = {
  /** `/bin/sh`; with a carriage return at its end where the line ends in one. */
  readonly interpreter: string;
  /** All after it, which is handed over as one argument; null when there is nothing. */
  readonly argument: string | null;
  readonly endsInCarriageReturn: boolean;
  /** True where that is passed over, and the script starts all the same. */
  readonly forgivesReturn: boolean;
  /** In the text of the file. */
  readonly span: Span;
};

/** Linux looks no further: BINPRM_BUF_SIZE in include/uapi/linux/binfmts.h. */
const longestLine = 256;

/** The `#!` line of a text; null when there is none. */
export function readShebang(text: string): Shebang | null {
  if (!text.startsWith('#!')) return null;
  const end = text.slice(0, longestLine).indexOf('\n');
  const line = end < 0 ? text.slice(0, longestLine) : text.slice(0, end);
  const match = /^#![ \t]*([^ \t]+)[ \t]*(.*?)[ \t]*$/s.exec(line);
  const [, interpreter, argument = ''] = match ?? [];
  if (!interpreter) return null;
  const endsInCarriageReturn = line.endsWith('\r');
  const length = endsInCarriageReturn ? line.length - 1 : line.length;
  const forgivesReturn = argument !== '' && isForgiving(interpreter, argument);
  return {
    interpreter,
    argument: argument || null,
    endsInCarriageReturn,
    forgivesReturn,
    span: { start: 0, end: length },
  };
}

/**
 * Perl and Ruby pass over a carriage return behind their options, and `env -S` takes it for a space: moreswitches in
 * perl.c, proc_options in ruby.c, build_argv in env.c of the GNU coreutils.
 */
function isForgiving(interpreter: string, argument: string): boolean {
  const isSplit = /\/env$/.test(interpreter) && /^(-S|--split-string)/.test(argument);
  return isSplit || /\/(perl|ruby)[\d.]*$/.test(interpreter);
}

/** The program that `/usr/bin/env NAME` looks for; null for another interpreter and where that is not plain. */
export function envProgram({ interpreter, argument }: Shebang): string | null {
  if (!/\/env$/.test(interpreter) || argument === null) return null;
  const words = argument.trim().split(/[ \t]+/);
  const isSplit = words[0] === '-S' || words[0] === '--split-string';
  const rest = (isSplit ? words.slice(1) : words).filter((word) => !/^\w+=/.test(word));
  const [name] = rest;
  // Without -S all that follows is one name.
  return name && !name.startsWith('-') && (isSplit || words.length === 1) ? name : null;
}

/** Where the first line stands, without its end. */
export function firstLineOf({ text }: Pick<SourceFile, 'text'>): Span {
  return { start: 0, end: text.search(/[\r\n]|$/) };
}

/** Text that a person wrote, as far as that can be told. */
export function isScriptText({ text }: Pick<SourceFile, 'text'>): boolean {
  // Git LFS puts the real file in the place of its pointer before the build.
  const isPointer = text.startsWith('version https://git-lfs.github.com/');
  return text.trim() !== '' && !text.slice(0, 4096).includes('\0') && !text.startsWith('\u007fELF') && !isPointer;
}
