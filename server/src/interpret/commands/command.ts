import type { SimpleCommand } from '../../shell/model.js';
import type { Span } from '../../text/span.js';
import { cause, type Cause } from '../effects.js';
import { resolvePath } from '../query.js';
import type { FileEntry, StageState } from '../state.js';

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
  /** A variable as the command sees it; null when it is known not to be set, undefined when it is not known. */
  readonly lookup: (name: string) => string | null | undefined;
  /** The reason behind a variable's value, when an instruction set it. */
  readonly whyVariable: (name: string) => Span | null;
  /** The entry of a path, bind mounts of other stages included. */
  readonly entry: (path: string) => FileEntry | null;
};

export type CommandEffect = (state: StageState, context: CommandContext) => StageState;

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

/** Arguments after the command word, options taken away; `valued` names the options that take the next word. */
export function operands(context: CommandContext, valued: readonly string[] = []): (string | null)[] {
  const result: (string | null)[] = [];
  let onlyOperands = false;
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index] ?? null;
    if (!onlyOperands && word === '--') onlyOperands = true;
    else if (!onlyOperands && word !== null && /^-./.test(word)) {
      if (valued.includes(word)) index++;
    } else result.push(word);
  }
  return result;
}

/** The value of `--name value`, `--name=value` or `-n value`; undefined when the option is not given. */
export function optionValue(context: CommandContext, ...names: readonly string[]): string | null | undefined {
  for (let index = 1; index < context.words.length; index++) {
    const word = context.words[index];
    if (typeof word !== 'string') continue;
    if (names.includes(word)) return context.words[index + 1] ?? null;
    const long = names.find((name) => name.startsWith('--') && word.startsWith(`${name}=`));
    if (long) return word.slice(long.length + 1);
    const short = names.find((name) => /^-[A-Za-z]$/.test(name) && word.startsWith(name) && word.length > 2);
    if (short) return word.slice(2).replace(/^=/, '');
  }
  return undefined;
}

export function hasOption(context: CommandContext, ...names: readonly string[]): boolean {
  return context.words.some((word) => {
    if (typeof word !== 'string' || !word.startsWith('-')) return false;
    if (names.includes(word)) return true;
    const letters = /^-[A-Za-z]+$/.test(word) ? word.slice(1) : '';
    return names.some((name) => name.length === 2 && letters.includes(name[1] ?? ' '));
  });
}
