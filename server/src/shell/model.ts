import type { Span } from '../text/span.js';

/**
 * A piece of shell text, read. `commands` lists the simple commands in the order they are written, those inside
 * command substitutions excluded. `plain` is false when any part could not be read: then `commands` may lack some.
 */
export type Script = { readonly commands: readonly SimpleCommand[]; readonly plain: boolean };

export type SimpleCommand = {
  /** NAME=value before the command word; a command without a word is only assignments. */
  readonly assignments: readonly ShellAssignment[];
  /** Command word and arguments, redirections excluded; empty when there are only assignments. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** In the document, from the first to the last character. */
  readonly span: Span;
  /** False when it may not run at all: after && of something tolerated, after ||, inside if, loops, case, functions. */
  readonly always: boolean;
  /** True when the whole script fails if this command fails (given `always`): nothing after it hides its status. */
  readonly decisive: boolean;
  /** True inside ( … ), in a pipeline or in the background: cd and variables set here do not outlive it. */
  readonly isolated: boolean;
  /** Commands whose success this one waits for, or whose outcome chose it: `command -v apk && apk add …`. Indexes into `commands`. */
  readonly guards: readonly number[];
};

export type ShellAssignment = {
  readonly name: string;
  readonly value: ShellWord | null;
  readonly append: boolean;
  readonly span: Span;
};

export type Redirect = {
  readonly operator: string;
  readonly descriptor: number | null;
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
  /** $( … ), $(( … )), <( … ) and other expansions whose value only a running shell knows. */
  | { readonly kind: 'opaque'; readonly text: string };
