import { placedPrograms, type PlacedProgram } from '../../interpret/placed.js';
import { resolvePath, searchPath, startProcess } from '../../interpret/query.js';
import type { Process, Stage, StageState } from '../../interpret/state.js';
import { plainWords } from '../../shell/words.js';

/** The program the finished stage starts, when its making was followed; in shell form, behind the shell. */
export function startedProgram(stage: Stage): PlacedProgram | null {
  const placed = placedPrograms(stage);
  const started = placed.find(({ isStarted }) => isStarted);
  if (started) return started;
  const process = startProcess(stage.end);
  const program = process.known && process.value ? shellProgram(process.value) : null;
  const paths = program ? placesOf(stage.end, program) : [];
  return placed.find(({ path }) => paths.includes(path)) ?? null;
}

const shellWords = new Set(
  'if then for while until case do set cd exit export unset true false test echo printf eval exec trap umask ulimit wait read source return shift command type alias local'.split(
    ' ',
  ),
);

/** The first program that a shell-form command runs; null for exec form, a builtin or a keyword. */
export function shellProgram({ argv, form }: Process): string | null {
  if (form !== 'shell') return null;
  const text = (argv.at(-1) ?? '').replace(/^\s*exec\s+(?!-)/, '');
  const first = plainWords(text)?.[0] ?? /^\s*([\w./+-]+)(?=\s|$)/.exec(text)?.[1] ?? null;
  return first === null || shellWords.has(first) || first.startsWith('.') || first.startsWith('-') ? null : first;
}

function placesOf(state: StageState, program: string): string[] {
  if (program.startsWith('/')) return [resolvePath('/', program)];
  if (!program.includes('/')) return (searchPath(state) ?? []).map((folder) => `${folder}/${program}`);
  return state.workdir.known ? [resolvePath(state.workdir.value, program)] : [];
}
