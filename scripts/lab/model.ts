/** In the order in which they are tried: a later one is only reached when the earlier ones pass. */
export type Phase = 'build' | 'start' | 'health';

/** A file of the build context: text (mode 0644 unless said), or a program that the lab compiles. */
export type ContextFile =
  | { readonly kind: 'text'; readonly text: string; readonly mode?: number }
  | { readonly kind: 'program' }
  | { readonly kind: 'java-class' }
  | { readonly kind: 'java-jar' };

/** By path, with slashes. */
export type ContextFiles = Readonly<Record<string, ContextFile>>;

/** One experiment: a Dockerfile that a rule calls broken, what must be seen, and how it is mended. */
export type LabCase = {
  readonly rule: string;
  /** Tells the cases of one rule apart; lower-case words. */
  readonly variant?: string;
  /** What is built in place of the bad example of the rule, and why, in a sentence. */
  readonly instead?: { readonly dockerfile: string; readonly because: string };
  /** The build context; the files that the example of the rule rests on are there already. */
  readonly context: ContextFiles;
  readonly fails: Phase;
  /** The error text as the page of the rule quotes it. */
  readonly quote: string;
  /** What the output must contain, where the names differ from those in the quotation. */
  readonly seen?: string;
  /** The first fix of the finding, or the good example where the rule offers none here. */
  readonly remedy: 'fix' | 'good' | { readonly notStaged: string };
  /** The contents of a base image, by reference, where this case needs others than usual. */
  readonly roots?: Readonly<Record<string, string>>;
};

/** A rule of severity error whose failure cannot be staged, with the reason in a sentence. */
export type NotStaged = { readonly rule: string; readonly because: string };

/** What happened to one Dockerfile. `failed` null: it was built, it started, and its health check passed. */
export type Trial = { readonly failed: Phase | null; readonly output: string };

/** `differences` is empty when all went as the rule says. `fix` is the title of the fix that was applied. */
export type CaseResult = {
  readonly labCase: LabCase;
  readonly fix: string | null;
  readonly differences: readonly string[];
};

export function caseName({ rule, variant }: LabCase): string {
  return variant ? `${rule} (${variant})` : rule;
}
