import { knownAbsent, knownPresent, type Evidence } from '../fact.js';
import { lookedUpIn } from '../shell/builtins.js';
import { isAccountCommand } from './account-problem.js';
import { isPackageManager } from './commands/packages.js';
import { isProbed } from './probes.js';
import { programFact, shellPath } from './query.js';
import type { CommandStep, Step } from './state.js';

/** A program that a RUN calls by its name, and that is known not to be there at that point. */
export type MissingProgram = {
  readonly program: string;
  readonly command: CommandStep;
  /** Whether the RUN fails for it; otherwise it stands before a pipe, which hides the failure. */
  readonly isFatal: boolean;
  readonly because: readonly Evidence[];
};

/**
 * What every run of a RUN calls, each program once, in order; none where something else may bring it along. Package
 * managers and the commands for accounts are left out: more is known of them. `file` is the text of the Dockerfile.
 */
export function missingPrograms({ instruction, before, commands }: Step, file: string): MissingProgram[] {
  // Without a shell the shell form is what fails.
  if (instruction.kind !== 'run' || instruction.isOnbuild || !knownPresent(shellPath(before))) return [];
  if (commands.some(changesLookup)) return [];
  const isLookedUp = lookedUpIn(file.slice(instruction.span.start, instruction.span.end));
  const found = new Map<string, MissingProgram>();
  for (const [index, command] of commands.entries()) {
    const [program] = command.words;
    const { always, decisive } = command.command;
    if (!program || !always || found.has(program) || !isLookedUp(program) || isProbed(command, commands)) continue;
    if (isPackageManager(program) || isAccountCommand(program)) continue;
    if (!decisive && !isHidden(command, commands[index + 1], file)) continue;
    const fact = programFact(command.before, program);
    if (knownAbsent(fact)) found.set(program, { program, command, isFatal: decisive, because: fact.because });
  }
  return [...found.values()];
}

/** Programs may come from elsewhere: `. ~/.profile`, `PATH=… make`, `eval "$(…)"`. */
function changesLookup({ command, words }: CommandStep): boolean {
  if (['.', 'source', 'eval', 'alias'].includes(words[0] ?? '')) return true;
  return command.assignments.some(({ name }) => name === 'PATH') || words.some((word) => word?.startsWith('PATH='));
}

/** The command is followed by a pipe, behind which the RUN fails or goes on. */
function isHidden({ command }: CommandStep, next: CommandStep | undefined, file: string): boolean {
  return (
    next?.command.decisive === true &&
    /^\s*(\d?>\S+\s*)*\|(?![|])/.test(file.slice(command.span.end, next.command.span.start))
  );
}
