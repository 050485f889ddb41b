import type { BuildContext } from '../../context/context.js';
import type { SimpleCommand } from '../../shell/model.js';
import type { Span } from '../../text/span.js';
import { cause, type Cause } from '../effects.js';
import { resolvePath } from '../query.js';
import type { BuildCommand, FileEntry, StageState } from '../state.js';

/** A simple command of a RUN with everything that decides what it does. */
export type CommandContext = {
  /** From the command word on, wrappers such as `exec` and `env` left out; null where a value is not known. */
  readonly words: readonly (string | null)[];
  /** The same words as written. */
  readonly raw: readonly string[];
  readonly spans: readonly Span[];
  readonly command: SimpleCommand;
  /** Null when it is not known. */
  readonly cwd: string | null;
  /** The RUN instruction. */
  readonly layer: Span;
  readonly stage: number;
  /** True inside `sh -c '…'`, where nothing can be written before the command word. */
  readonly isNested: boolean;
  /** A variable as the command sees it; null when it is known not to be set, undefined when it is not known. */
  readonly lookup: (name: string) => string | null | undefined;
  /** The reason behind a variable's value, when an instruction set it. */
  readonly whyVariable: (name: string) => Span | null;
  /** The entry of a path, bind mounts of other stages included. */
  readonly entry: (path: string) => FileEntry | null;
  /** Where mounts of this RUN lie, those of secrets included. */
  readonly mounts: readonly string[];
  /** The files that the build is given; which of them lie where tells `placements.ts`. */
  readonly buildContext: BuildContext;
};

export type CommandEffect = (state: StageState, context: CommandContext) => StageState;

/** Stands for the variables that a sourced script may have set. */
export const anyVariable = '*';

/**
 * A variable that the file sets, or a build argument that it declares: undefined when its value is not known, null when
 * the file does neither.
 */
export function givenVariable({ lookup, whyVariable }: CommandContext, name: string): string | null | undefined {
  const value = lookup(name);
  return value === undefined && whyVariable(name) === null ? null : value;
}

/** The cause for what this command does, worded for a list of reasons. */
export function because(context: CommandContext, note: string): Cause {
  return cause(context.command.span, note, context.command.always);
}

/** The absolute path of an argument; null when it or the working directory is not known. */
export function pathOf(context: CommandContext, word: string | null | undefined): string | null {
  if (word === null || word === undefined || word === '') return null;
  if (word.startsWith('/')) return resolvePath('/', word);
  if (word.startsWith('~')) return null;
  return context.cwd === null ? null : resolvePath(context.cwd, word);
}

/**
 * Arguments after the command word, options taken away; `valued` names the options that take the next word, also at the
 * end of joined letters (`-ms /bin/sh`).
 */
export function operands(context: CommandContext, valued: readonly string[] = []): (string | null)[] {
  const result: (string | null)[] = [];
  let onlyOperands = false;
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index] ?? null;
    if (!onlyOperands && word === '--') onlyOperands = true;
    else if (!onlyOperands && word !== null && /^-./.test(word)) {
      if (valued.includes(word) || valued.includes(lastLetter(word))) index++;
    } else result.push(word);
  }
  return result;
}

/**
 * The value of `--name value`, `--name=value`, `-n value` or `-nvalue`, also of `n` at the end of joined letters;
 * undefined when the option is not given.
 */
export function optionValue(context: CommandContext, ...names: readonly string[]): string | null | undefined {
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index];
    if (typeof word !== 'string' || !word.startsWith('-')) continue;
    if (names.includes(word) || names.includes(lastLetter(word))) return context.words[index + 1] ?? null;
    const long = names.find((name) => name.startsWith('--') && word.startsWith(`${name}=`));
    if (long) return word.slice(long.length + 1);
    const short = names.find((name) => /^-[A-Za-z]$/.test(name) && word.startsWith(name));
    if (short) return word.slice(2).replace(/^=/, '');
  }
  return undefined;
}

/** The value of `-name value` or `-name=value`, also behind two dashes, for tools whose options are whole words. */
export function flagValue(context: CommandContext, name: string): string | null | undefined {
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index] ?? context.raw[index] ?? '';
    if (word === `-${name}` || word === `--${name}`) return context.words[index + 1] ?? null;
    const start = [`-${name}=`, `--${name}=`].find((one) => word.startsWith(one));
    if (start !== undefined) return context.words[index]?.slice(start.length) ?? null;
  }
  return undefined;
}

/** True for one of the options, also among joined letters (`-dm755` has -d). */
export function hasOption(context: CommandContext, ...names: readonly string[]): boolean {
  return context.words.some((word) => {
    if (typeof word !== 'string' || !word.startsWith('-')) return false;
    if (names.includes(word)) return true;
    const letters = /^-([A-Za-z]+)\d*$/.exec(word)?.[1] ?? '';
    return names.some((name) => name.length === 2 && letters.includes(name[1] ?? ' '));
  });
}

/** The command as the one that built a program. */
export function buildCommand(context: CommandContext): BuildCommand | null {
  if (context.isNested) return null;
  const word = context.spans[0] ?? context.command.span;
  const prefix = context.command.assignments[0]?.span ?? word;
  const text = context.raw.slice(0, 2).join(' ');
  return { span: context.command.span, insertAt: Math.min(prefix.start, word.start), optionsAt: word.end, text };
}

function lastLetter(word: string): string {
  return /^-[A-Za-z]{2,}$/.test(word) ? `-${word.at(-1) ?? ''}` : '';
}
