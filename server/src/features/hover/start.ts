import { valueOf } from '../../fact.js';
import { shellProgram } from '../../interpret/placed.js';
import { accountFact, programFact, startProcess } from '../../interpret/query.js';
import type { Process, StageState } from '../../interpret/state.js';
import { code, commandLine } from './markdown.js';
import { userTitle } from './words.js';

/** What a container of this state starts, in one sentence; null when nothing can be said. */
export function startSentence(state: StageState): string | null {
  const process = startProcess(state);
  if (process.known && process.value === null)
    return 'Nothing is started: neither ENTRYPOINT nor CMD is set, so `docker run` has to name a command.';
  if (process.known && process.value)
    return `The container starts ${commandLine(process.value.argv)} ${circumstances(state)}.`;
  const { cmd, entrypoint } = state;
  if (entrypoint.known && entrypoint.value)
    return `The container starts ${commandLine(entrypoint.value.argv)} ${circumstances(state)}; what CMD adds is not known.`;
  if (!cmd.known || !cmd.value) return null;
  const own = commandLine(cmd.value.argv);
  return `If the base image sets an ENTRYPOINT, ${own} becomes its arguments; otherwise the container starts ${own} itself, ${circumstances(state)}.`;
}

/** `as uid 65532 in /app`. */
export function circumstances({ user, workdir }: StageState): string {
  return `as ${userTitle(user)} ${workdir.known ? `in ${code(workdir.value)}` : 'in a directory that is not known'}`;
}

/** What a reader of the command may not expect: a program that is missing, a shell in between, variables left alone. */
export function processNotes(process: Process, state: StageState): string[] {
  const missing = [...missingAccount(state), ...missingProgram(process, state)];
  if (missing.length > 0) return [...missing, ...literalVariables(process)];
  return [
    ...placeOfProgram(process, state),
    ...missingBehindShell(process, state),
    ...shellNotes(process),
    ...literalVariables(process),
  ];
}

/**
 * Shell form puts a shell before the program. Most shells replace themselves by a single command and some do not, so
 * only `exec` makes sure of it.
 */
function shellNotes({ argv, form }: Process): string[] {
  const text = argv.at(-1)?.trim() ?? '';
  if (form !== 'shell' || /^exec\s/.test(text)) return [];
  const shell = code(argv[0] ?? '');
  const isCompound = /[;&|\n]/.test(text);
  if (isCompound)
    return [
      `${shell} runs as process 1 and does not pass SIGTERM on; start the program with \`exec\`, or in exec form.`,
    ];
  return [
    `${shell} comes first; whether SIGTERM reaches the program depends on that shell. \`exec\` or exec form makes sure.`,
  ];
}

/** A user by name has to be an account of the image. */
function missingAccount(state: StageState): string[] {
  const name = state.user.known ? state.user.value.name : null;
  if (name === null || name === 'root') return [];
  const account = accountFact(state, name);
  return account.known && account.value === null
    ? [`**It does not start:** this image has no account ${code(name)}.`]
    : [];
}

function missingProgram({ argv }: Process, state: StageState): string[] {
  const [program = ''] = argv;
  const found = programFact(state, program);
  // Another runtime starts WebAssembly, by rules of its own.
  if (!found.known || found.value !== null || program.endsWith('.wasm')) return [];
  const where = program.includes('/') ? 'in this image' : 'on PATH here';
  return [`**It does not start:** there is no ${code(program)} ${where}.`];
}

function placeOfProgram({ argv }: Process, state: StageState): string[] {
  const [program = ''] = argv;
  const path = valueOf(programFact(state, program));
  const isListed = path && path !== program && state.files.get(path)?.kind === 'file';
  return isListed ? [`${code(program)} is found at ${code(path)}.`] : [];
}

function missingBehindShell(process: Process, state: StageState): string[] {
  const program = shellProgram(process)?.name;
  const found = program ? programFact(state, program) : null;
  return program && found?.known && found.value === null ? [`The shell finds no ${code(program)} here.`] : [];
}

function literalVariables({ argv, form }: Process): string[] {
  if (form === 'shell' || /(^|\/)(ba|da|a|z|k)?sh$/.test(argv[0] ?? '')) return [];
  const variable = argv.map((word) => /\$\{?[A-Za-z_]\w*\}?/.exec(word)?.[0]).find((found) => found !== undefined);
  return variable ? [`Exec form puts in no variables: ${code(variable)} is passed on as written.`] : [];
}
