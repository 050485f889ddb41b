import type { MappedText } from '../text/mapped.js';
import type { Span } from '../text/span.js';

/** What a Dockerfile says: plain data with offsets. Reading never fails; what could not be read is in `problems`. */
export type Dockerfile = {
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** ARG instructions before the first FROM. */
  readonly globalArgs: readonly Arg[];
  readonly stages: readonly StageSyntax[];
  readonly comments: readonly Comment[];
  /** True when the file is a template for another tool ({{ … }}, <% … %>, @…@ lines): its text is not what Docker reads. */
  readonly isTemplate: boolean;
  readonly problems: readonly Problem[];
};

/** `# syntax=…`, `# escape=…`, `# check=…` at the very top of the file; `name` in lower case. */
export type Directive = { readonly name: string; readonly value: string; readonly span: Span };

/** A comment line, from its # to the end of the line; `text` is what follows the #, trimmed. */
export type Comment = { readonly text: string; readonly span: Span };

export type Problem = { readonly message: string; readonly span: Span };

/** One FROM and the instructions that follow it. `span` runs from the FROM to the end of its last instruction. */
export type StageSyntax = { readonly from: From; readonly instructions: readonly Instruction[]; readonly span: Span };

/**
 * A word as written. `text` is the source with line continuations removed, quotes and variables still in it; `value`
 * has its quotes and escapes removed but variables still in it; a dollar that starts no variable because it is quoted or
 * escaped keeps one escape character before it.
 */
export type Word = { readonly text: string; readonly value: string; readonly span: Span };

/** `--name=value`; `name` in lower case without the dashes, `value` null when there is no `=`. */
export type Flag = {
  readonly name: string;
  readonly value: string | null;
  readonly span: Span;
  readonly valueSpan: Span;
};

export type Heredoc = {
  /** The delimiter word without quotes. */
  readonly delimiter: string;
  /** True when the delimiter is quoted: Docker and the shell expand nothing in the content. */
  readonly quoted: boolean;
  /** True for `<<-`: leading tabs are stripped. */
  readonly stripsTabs: boolean;
  /** The `<<EOF` itself. */
  readonly span: Span;
  /** The lines between, without the delimiter line; tabs not yet stripped. */
  readonly content: MappedText;
};

/** The command of RUN, CMD, ENTRYPOINT, SHELL or HEALTHCHECK. */
export type CommandBody =
  | {
      readonly form: 'exec';
      /** The strings of the JSON array, decoded; spans include the quotes. */
      readonly words: readonly Word[];
      readonly span: Span;
    }
  | {
      readonly form: 'shell';
      /** What the shell is given, continuations and comment lines between them taken out; heredoc contents excluded. */
      readonly text: MappedText;
      readonly span: Span;
    };

type Base = {
  /** From the first character of the keyword to the last character that belongs to the instruction. */
  readonly span: Span;
  /** The keyword as written. */
  readonly keyword: { readonly text: string; readonly span: Span };
  readonly flags: readonly Flag[];
  /** All after keyword and flags, trimmed; empty at the end of the keyword when there is nothing. */
  readonly argumentsSpan: Span;
  /** True for the instruction inside an ONBUILD: it does nothing in this build. */
  readonly isOnbuild: boolean;
};

export type From = Base & { readonly kind: 'from'; readonly image: Word | null; readonly name: Word | null };
export type Arg = Base & { readonly kind: 'arg'; readonly declarations: readonly Assignment[] };
export type Env = Base & { readonly kind: 'env'; readonly assignments: readonly Assignment[] };
export type Label = Base & { readonly kind: 'label'; readonly assignments: readonly Assignment[] };
export type Run = Base & {
  readonly kind: 'run';
  readonly body: CommandBody | null;
  readonly heredocs: readonly Heredoc[];
};
export type Cmd = Base & { readonly kind: 'cmd'; readonly body: CommandBody | null };
export type Entrypoint = Base & { readonly kind: 'entrypoint'; readonly body: CommandBody | null };
/** `none` for HEALTHCHECK NONE. */
export type Healthcheck = Base & {
  readonly kind: 'healthcheck';
  readonly none: boolean;
  readonly body: CommandBody | null;
};
export type Shell = Base & { readonly kind: 'shell'; readonly body: CommandBody | null };
export type Copy = Base & {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly Word[];
  readonly destination: Word | null;
  readonly heredocs: readonly Heredoc[];
};
export type User = Base & { readonly kind: 'user'; readonly user: Word | null };
export type Workdir = Base & { readonly kind: 'workdir'; readonly path: Word | null };
/** Instructions of which only the words matter. */
export type Plain = Base & {
  readonly kind: 'expose' | 'volume' | 'stopsignal' | 'maintainer';
  readonly words: readonly Word[];
};
export type Onbuild = Base & { readonly kind: 'onbuild'; readonly instruction: Instruction | null };
/** A keyword that Docker does not know, or one not finished typing. */
export type Other = Base & { readonly kind: 'other'; readonly words: readonly Word[] };

export type Instruction =
  | From
  | Arg
  | Env
  | Label
  | Run
  | Cmd
  | Entrypoint
  | Healthcheck
  | Shell
  | Copy
  | User
  | Workdir
  | Plain
  | Onbuild
  | Other;

/** `NAME=value` or `NAME` (value null); `ENV NAME value` counts as an assignment too. */
export type Assignment = {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: Word | null;
  readonly span: Span;
};
