import type { Span } from '../text/span.js';

/**
 * A piece of shell text, read. `commands` lists the simple commands in the order they are written, those inside
 * command substitutions excluded. `plain` is false when any part could not be read: then `commands` may lack some, and
 * none of them is `always` or `decisive`.
 *
 * Three things that are no simple commands are listed as one: the redirections of a compound command (`{ …; } > file`)
 * as a command with neither words nor assignments, right after what they enclose; the variable of `for` and `select`
 * as an assignment of an opaque value, right before the body; `[[ … ]]` and `(( … ))` as a command word and an opaque
 * word.
 */
export type Script = { readonly commands: readonly SimpleCommand[]; readonly plain: boolean };

export type SimpleCommand = {
  /** NAME=value before the command word; a command without a word is only assignments. */
  readonly assignments: readonly ShellAssignment[];
  /** Command word and arguments, redirections excluded; empty when there are only assignments or redirections. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** In the document, from the first to the last character; the body of a here-document excluded. */
  readonly span: Span;
  /**
   * True when no run of the script succeeds without running this command. False after && of something tolerated, after
   * ||, inside if, loops, case and functions, and behind an early exit.
   */
  readonly always: boolean;
  /** True when the whole script fails if this command runs and fails: nothing after it hides its status. */
  readonly decisive: boolean;
  /** True inside ( … ), in a pipeline or in the background: cd and variables set here do not outlive it. */
  readonly isolated: boolean;
  /**
   * Commands whose success this one waits for, or whose outcome chose it: `command -v apk && apk add …`. Indexes into
   * `commands`; only the first 32 are kept.
   */
  readonly guards: readonly number[];
};

export type ShellAssignment = {
  readonly name: string;
  /** Its parts count as quoted, since the shell splits no words here; opaque for an array. */
  readonly value: ShellWord | null;
  readonly append: boolean;
  readonly span: Span;
};

export type Redirect = {
  /** >, >>, >|, <, <>, >&, <&, &>, &>>, <<, <<- or <<<. */
  readonly operator: string;
  readonly descriptor: number | null;
  /** The file; the text itself after <<, <<- and <<<; null for another descriptor as in 2>&1. */
  readonly target: ShellWord | null;
};

/** One word. `parts` is empty for ''. */
export type ShellWord = { readonly raw: string; readonly parts: readonly WordPart[]; readonly span: Span };

export type WordPart =
  | { readonly kind: 'literal'; readonly text: string; readonly quoted: boolean }
  /** $NAME, ${NAME}, ${NAME:-word}, ${NAME:+word}; `operand` null without an operator. */
  | {
      readonly kind: 'variable';
      readonly name: string;
      readonly operator: '' | ':-' | '-' | ':+' | '+' | ':=' | '=' | ':?' | '?';
      readonly operand: ShellWord | null;
      readonly quoted: boolean;
    }
  /** *, ?, [ … ], { … }. */
  | { readonly kind: 'glob'; readonly text: string }
  /** $( … ), $(( … )), <( … ), ~ and other expansions whose value only a running shell knows. */
  | { readonly kind: 'opaque'; readonly text: string };
