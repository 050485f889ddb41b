import type { Cmd, CommandBody, Entrypoint, Healthcheck, Run } from '../syntax/model.js';
import type { Fact } from '../fact.js';
import { interpreterOf, type Interpreter } from './interpreters.js';
import { programFact, resolvePath } from './query.js';
import type { Analysis, Process, Stage, StageState, Step } from './state.js';

export type StartRole = 'cmd' | 'entrypoint' | 'healthcheck';

/** A command the file asks to be run, and what holds when it runs. */
export type ProcessUse = {
  readonly role: 'run' | StartRole;
  readonly instruction: Run | Cmd | Entrypoint | Healthcheck;
  readonly body: CommandBody;
  /** What is executed: for shell form the words of SHELL come first. */
  readonly argv: readonly string[];
  /** RUN runs in the middle of its stage; the others in the finished image. */
  readonly at: StageState;
  readonly stage: Stage;
  /** The step of a RUN; null for the others. */
  readonly step: Step | null;
};

/** The stage that an ordinary build turns into the image: the last one, or the one that a build file names. */
export function finalStage({ stages }: Analysis): Stage | null {
  return stages.find(({ isFinal }) => isFinal) ?? null;
}

/** ENTRYPOINT, CMD and HEALTHCHECK of the final image, as far as this file sets them. */
export function startUses(stage: Stage): ProcessUse[] {
  const { entrypoint, cmd, healthcheck } = stage.end;
  const shellEntrypoint = entrypoint.known && entrypoint.value?.form === 'shell';
  return [
    ...useOf('entrypoint', entrypoint, stage),
    // A shell-form ENTRYPOINT ignores CMD.
    ...(shellEntrypoint ? [] : useOf('cmd', cmd, stage)),
    ...useOf('healthcheck', healthcheck, stage),
  ];
}

/** ENTRYPOINT, CMD or HEALTHCHECK of the final image; null where this file does not set it. */
export function finalUse(analysis: Analysis, role: StartRole): ProcessUse | null {
  const stage = finalStage(analysis);
  return (stage && startUses(stage).find((use) => use.role === role)) ?? null;
}

/** The RUN instructions of a stage that are executed in its own build (ONBUILD ones are not). */
export function runUses(stage: Stage): ProcessUse[] {
  return stage.steps.flatMap((step) => {
    const { instruction, inside } = step;
    if (instruction.kind !== 'run' || instruction.isOnbuild || !instruction.body) return [];
    const { body } = instruction;
    const argv = argvOf(body, inside);
    return argv ? [{ role: 'run' as const, instruction, body, argv, at: inside, stage, step }] : [];
  });
}

/** Where the program of a use is found; null when it is known to be missing. */
export function programOf({ argv, at }: ProcessUse): Fact<string | null> {
  return programFact(at, argv[0] ?? '');
}

/** The start of the SHELL of the same stage that chose the shell, and is to blame when it is missing; null for none. */
export function chosenShell({ at, stage }: ProcessUse): number | null {
  const { start } = stage.syntax.span;
  const chosen = at.shellPrefix.because.find((reason) => reason.kind === 'instruction' && reason.span.start >= start);
  return chosen?.kind === 'instruction' ? chosen.span.start : null;
}

/** CMD after an ENTRYPOINT is an argument of that program, and so it is taken when ENTRYPOINT is not known. */
export function isArgument({ role, at }: ProcessUse): boolean {
  return role === 'cmd' && (!at.entrypoint.known || at.entrypoint.value !== null);
}

/**
 * The interpreter of the base image that takes the words of this CMD for a script and its arguments. Null when there is
 * none, or when the first word names a file that the image was given.
 */
export function baseInterpreter(use: ProcessUse): Interpreter | null {
  const { entrypoint, files, workdir } = use.at;
  if (!isArgument(use) || !entrypoint.known || entrypoint.value?.instruction) return null;
  const interpreter = interpreterOf(entrypoint.value);
  // bun also runs programs by their name, and php-fpm runs no scripts at all.
  if (!interpreter || interpreter.name === 'bun' || interpreter.path.endsWith('php-fpm')) return null;
  const [first = ''] = use.argv;
  if (first.startsWith('/')) return interpreter;
  const isOwnFile = !workdir.known || files.get(resolvePath(workdir.value, first)) !== undefined;
  return isOwnFile ? null : interpreter;
}

function useOf(role: StartRole, process: Fact<Process | null>, stage: Stage): ProcessUse[] {
  if (!process.known || !process.value?.instruction) return [];
  const { instruction, form, argv } = process.value;
  const { body } = instruction;
  if (!body) return [];
  if (role !== 'healthcheck' || form === 'exec')
    return [{ role, instruction, body, argv, at: stage.end, stage, step: null }];
  // Docker runs a check with the SHELL of the finished image: getShell in moby's daemon/health.go.
  const checked = argvOf(body, stage.end);
  return checked ? [{ role, instruction, body, argv: checked, at: stage.end, stage, step: null }] : [];
}

function argvOf(body: CommandBody, state: StageState): readonly string[] | null {
  if (body.form === 'exec') return body.words.map((word) => word.value);
  return state.shellPrefix.known ? [...state.shellPrefix.value, body.text.text] : null;
}
