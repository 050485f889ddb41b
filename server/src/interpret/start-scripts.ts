import { envProgram, type Shebang } from '../context/script.js';
import { knownAbsent, type Evidence } from '../fact.js';
import { literal, unwrap } from '../shell/words.js';
import { parseShell } from '../shell/parse.js';
import type { Span } from '../text/span.js';
import { isInit } from './inits.js';
import { finalStage, startUses, type ProcessUse } from './processes.js';
import { placedAt, type Placed } from './placements.js';
import { programFact } from './query.js';
import type { Analysis, Process, Stage, StageState, Step } from './state.js';
import { resolvePath } from './tree.js';

/** A file that a RUN, the start of the image or its health check executes. */
export type StartedFile = {
  readonly role: 'run' | 'start' | 'healthcheck';
  readonly path: string;
  /** Where the Dockerfile names it. */
  readonly span: Span;
  /** What is known of its contents; null when nothing is. */
  readonly placed: Placed | null;
  /** True when the container runtime executes it: a shell and most starters run a text without `#!` all the same. */
  readonly isDirect: boolean;
  readonly at: StageState;
  readonly stage: Stage;
};

/** The files that are executed in builds and in the final image, as far as they lie at known places. */
export function startedFiles(analysis: Analysis): readonly StartedFile[] {
  const found = known.get(analysis) ?? findStarted(analysis);
  known.set(analysis, found);
  return found;
}

/** Several rules and hovers ask. */
const known = new WeakMap<Analysis, readonly StartedFile[]>();

/** A program that the first line of a script leads to and that is known not to be there. */
export type MissingInterpreter = { readonly program: string; readonly because: readonly Evidence[] };

/** What the kernel starts for a script, or `env` then looks for, and does not find; null where nothing is missing. */
export function missingInterpreter({ at }: StartedFile, shebang: Shebang): MissingInterpreter | null {
  for (const program of interpretersOf(shebang)) {
    const found = programFact(at, program);
    if (knownAbsent(found)) return { program, because: found.because };
  }
  return null;
}

/** `/usr/bin/env` and `bash` of `#!/usr/bin/env bash`: what runs the script comes last. */
export function interpretersOf(shebang: Shebang): readonly string[] {
  const looked = envProgram(shebang);
  return looked === null ? [shebang.interpreter] : [shebang.interpreter, looked];
}

/** Where the program begins behind `tini --` or `gosu user`; starters with other options are not looked through. */
export function unwrapped(words: readonly string[]): number {
  const [first = '', second, third] = words;
  if (isInit(first)) {
    const at = second === '-g' && third === '--' ? 3 : second === '--' || second === '-g' ? 2 : 1;
    return words[at]?.startsWith('-') ? words.length : at;
  }
  return /(^|\/)(gosu|su-exec)$/.test(first) ? 2 : 0;
}

function findStarted(analysis: Analysis): StartedFile[] {
  const final = finalStage(analysis);
  const inBuilds = analysis.stages.flatMap((stage) => stage.steps.flatMap((step) => filesOfRun(step, stage, analysis)));
  return final ? [...inBuilds, ...filesOfStart(final, analysis), ...filesOfCheck(final, analysis)] : inBuilds;
}

type Found = Omit<StartedFile, 'path' | 'placed'> & { readonly name: string; readonly cwd: string | null };

function located({ name, cwd, ...found }: Found, { context }: Analysis): StartedFile[] {
  const path = locate(found.at, name, cwd);
  return path === null ? [] : [{ ...found, path, placed: placedAt(found.at, path, context) }];
}

/** The absolute path of a program that is named with a slash, or that PATH is known to lead to. */
function locate(state: StageState, name: string, cwd: string | null): string | null {
  if (name.startsWith('/')) return resolvePath('/', name);
  if (name.includes('/')) return cwd === null ? null : resolvePath(cwd, name);
  const found = programFact(state, name);
  return found.known && found.value?.startsWith('/') ? found.value : null;
}

function filesOfRun({ instruction, commands }: Step, stage: Stage, analysis: Analysis): StartedFile[] {
  if (instruction.kind !== 'run' || instruction.isOnbuild) return [];
  const isDirect = instruction.body?.form === 'exec';
  return commands.flatMap(({ command, words, wordSpans, before, cwd }) => {
    const [name] = words;
    const [span] = wordSpans;
    if (!name?.includes('/') || !span || !command.always || !command.decisive) return [];
    return located({ role: 'run', name, cwd, span, isDirect, at: before, stage }, analysis);
  });
}

type Started = { readonly name: string; readonly span: Span; readonly isDirect: boolean };

/** ENTRYPOINT and CMD make one list of words, of which starters such as tini hand over the rest. */
function filesOfStart(stage: Stage, analysis: Analysis): StartedFile[] {
  const { entrypoint, cmd } = stage.end;
  if (!entrypoint.known || (entrypoint.value?.form !== 'shell' && !cmd.known)) return [];
  const follows = entrypoint.value?.form !== 'shell' && cmd.known && cmd.value ? [cmd.value] : [];
  const processes = entrypoint.value ? [entrypoint.value, ...follows] : follows;
  return startedBy(processes).flatMap((started) => {
    const cwd = stage.end.workdir.known ? stage.end.workdir.value : null;
    return located({ ...started, role: 'start', cwd, at: stage.end, stage }, analysis);
  });
}

function filesOfCheck(stage: Stage, analysis: Analysis): StartedFile[] {
  const use = startUses(stage).find(({ role }) => role === 'healthcheck');
  const cwd = stage.end.workdir.known ? stage.end.workdir.value : null;
  return (use ? startedBy([processOf(use)]) : []).flatMap((started) =>
    located({ ...started, role: 'healthcheck', cwd, at: stage.end, stage }, analysis),
  );
}

function processOf({ body, argv, instruction }: ProcessUse): Process {
  return { form: body.form, argv, instruction: instruction.kind === 'run' ? null : instruction };
}

type PlacedWord = { readonly text: string; readonly span: Span | null };

function startedBy(processes: readonly Process[]): Started[] {
  const [first] = processes;
  const body = first?.instruction?.body;
  if (first?.form === 'shell') return body?.form === 'shell' ? startedInShell(body.text) : [];
  const words = processes.flatMap(wordsOf);
  const at = unwrapped(words.map(({ text }) => text));
  const [program, option, script] = words.slice(at);
  if (!program) return [];
  if (isShell.test(program.text) && /^-[a-z]*c$/.test(option?.text ?? ''))
    return script?.span ? firstOf(script.text, script.span) : [];
  if (!program.span) return [];
  const isDirect = at === 0 || /(^|\/)gosu$/.test(words[0]?.text ?? '');
  return [{ name: program.text, span: program.span, isDirect }];
}

function wordsOf({ argv, instruction, form }: Process): PlacedWord[] {
  const body = instruction?.body;
  if (form === 'exec' && body?.form === 'exec') return body.words.map(({ value, span }) => ({ text: value, span }));
  return argv.map((text) => ({ text, span: null }));
}

const isShell = /^(\/(usr\/)?bin\/)?(ba|da|a)?sh$/;

function startedInShell(text: Parameters<typeof parseShell>[0]): Started[] {
  return programsOf(parseShell(text)).map(({ name, span }) => ({ name, span, isDirect: false }));
}

/** What a shell is told to run in exec form: all of it counts as standing where the word stands. */
function firstOf(text: string, span: Span): Started[] {
  const script = parseShell({ text, pieces: [{ at: 0, source: span.start }], span });
  return programsOf(script).map(({ name }) => ({ name, span, isDirect: false }));
}

function programsOf({ commands }: ReturnType<typeof parseShell>): { name: string; span: Span }[] {
  const found: { name: string; span: Span }[] = [];
  let isAtHome = true;
  for (const { words, always, decisive } of commands) {
    const word = words[unwrap(words)];
    const name = word && literal(word);
    if (!word || !name) return found;
    if (name.includes('/')) {
      if (always && decisive && (isAtHome || name.startsWith('/'))) found.push({ name, span: word.span });
    } else if (/^(cd|pushd|popd)$/.test(name)) isAtHome = false;
    // What comes before may make the file what it has to be: `chmod +x start.sh && ./start.sh`.
    else if (!leavesFiles.has(name)) return found;
  }
  return found;
}

const leavesFiles = new Set(
  'echo printf export set unset sleep umask ulimit exec wait trap test [ true : date'.split(' '),
);
