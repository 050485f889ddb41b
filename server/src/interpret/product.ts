import { parseShell } from '../shell/parse.js';
import { literal } from '../shell/words.js';
import { mapped } from '../text/mapped.js';
import { rootFacts } from './bases.js';
import { isInit } from './inits.js';
import { startProcess } from './query.js';
import type { Process, Stage } from './state.js';

/**
 * Whether the image starts a program for its own sake. One that starts a shell, the prompt of an interpreter or an
 * endless wait serves people or other images, and so does one that only keeps what a base image would start.
 */
export function startsProduct(stage: Stage): boolean {
  const process = startProcess(stage.end);
  if (!process.known || !process.value) return false;
  if (process.value.instruction === null) return startsServer(stage, process.value);
  const commands = startedCommands(stage);
  const [words = []] = commands;
  return words.length > 0 && !isPrompt(words) && !onlyWaits(commands);
}

/** Whether the image starts a server for development, such as `npm run dev` or `nodemon`. */
export function startsDevelopment(stage: Stage): boolean {
  return startedCommands(stage).some(([program = '', ...rest]) => {
    const name = baseName(program);
    const actions = rest.filter((word) => !word.startsWith('-'));
    if (/^(npm|pnpm|yarn|bun|npx|bunx|next|nuxt|astro|turbo|nx)$/.test(name))
      return actions
        .slice(0, 3)
        .some((word) => /^(dev|develop|watch|storybook|nodemon)$|^(dev|watch):|:(dev|watch)$/.test(word));
    if (/^python[\d.]*$/.test(name)) return actions.includes('runserver');
    return /^(nodemon|vite|watchexec|reflex)$/.test(name) || (name === 'ng' && actions[0] === 'serve');
  });
}

/** Whether the image starts a compiler or build tool: then it needs its toolchain. */
export function startsToolchain(stage: Stage): boolean {
  return startedCommands(stage).some((words) => {
    const [program = '', action = ''] = words.map(baseName);
    if (program === 'dotnet') return ['run', 'watch', 'test', 'build'].includes(action);
    return toolPrograms.has(program);
  });
}

/** Whether a script is started, which may do and call anything. */
export function startsScript(stage: Stage): boolean {
  return startedCommands(stage).some(([program = '', first = '']) => {
    const isShell = shells.includes(baseName(program));
    return scriptName.test(isShell ? first : program);
  });
}

/**
 * Programs and arguments that the image starts: all commands of the text for a shell, and what an init process, a
 * wrapper such as `timeout` or the entrypoint script of a language image is told to start. Empty when not known.
 */
export function startedCommands(stage: Stage): readonly (readonly string[])[] {
  const process = startProcess(stage.end);
  if (!process.known || !process.value) return [];
  const { entrypoint, cmd } = stage.end;
  const isBaseScript =
    entrypoint.known &&
    entrypoint.value?.instruction === null &&
    /entrypoint(\.sh)?$/.test(entrypoint.value.argv[0] ?? '') &&
    rootFacts(stage)?.purpose !== 'application';
  return commandsOf(isBaseScript && cmd.known && cmd.value ? cmd.value : process.value);
}

function commandsOf({ argv, form }: Process): readonly (readonly string[])[] {
  if (form === 'shell') return shellCommands(argv.at(-1) ?? '');
  const words = withoutWrappers(argv);
  const text = shellText(words);
  return text === null ? [words] : shellCommands(text);
}

/** The text in `sh -c text`, also where the shell is started in exec form. */
function shellText([program = '', ...rest]: readonly string[]): string | null {
  if (!shells.includes(baseName(program))) return null;
  const option = rest.findIndex((word) => !/^[-+]/.test(word) || /^-[a-z]*c$/.test(word));
  return rest[option]?.startsWith('-') ? (rest[option + 1] ?? null) : null;
}

/** Without `tini --`, `exec`, `env NAME=value` and `timeout 60`. */
function withoutWrappers(words: readonly string[]): readonly string[] {
  let at = 0;
  for (let word = words[at] ?? ''; wrappers.test(word) || isInit(word); word = words[at] ?? '') {
    at++;
    while (words[at]?.startsWith('-') || (!isInit(word) && /^\d|=/.test(words[at] ?? ''))) {
      if (words[at++] === '--') break;
    }
  }
  return words.slice(at);
}

const wrappers = /^exec$|(^|\/)(env|timeout)$/;

const scriptName =
  /\.(sh|bash)$|\/[^/]*\.(py|rb|m?js|pl|php|lua)$|entrypoint|(^|\/)(start|run|boot|launch|init|entry)[^/.]*$/i;
const shells = 'sh bash ash dash zsh fish ksh pwsh busybox'.split(' ');
const interpreters =
  'python python2 python3 node nodejs irb php ruby perl lua jshell ghci julia R iex erl scala clojure groovysh'.split(
    ' ',
  );
const toolPrograms = new Set(
  (
    'go gcc g++ cc c++ clang make cmake ninja cargo rustc mvn mvnw gradle gradlew sbt swift stack cabal ghc air ' +
    'golangci-lint dlv protoc buf native-image javac bazel'
  ).split(' '),
);

/** `bash`, `bash -l`, `python3`, and `bash -c` without a text: nothing is given to run. */
function isPrompt([program = '', ...rest]: readonly string[]): boolean {
  const name = baseName(program).replace(/^(python)3\.\d+$/, '$13');
  if (!shells.includes(name) && !interpreters.includes(name)) return false;
  return rest.every((word) => /^(-[lia]*c?|--login|--interactive|sh)$/.test(word));
}

function onlyWaits(commands: readonly (readonly string[])[]): boolean {
  const idle = ['echo', 'printf', 'cd', 'true', ':'];
  return commands.some(isWait) && commands.every((words) => isWait(words) || idle.includes(words[0] ?? ''));
}

function isWait([program = '', ...rest]: readonly string[]): boolean {
  const name = baseName(program);
  if (name === 'sleep infinity' || (name === 'true' && rest.length === 0)) return true;
  return (name === 'tail' && rest.includes('/dev/null')) || (name === 'sleep' && rest.includes('infinity'));
}

/** The base image of an application, or the server of a language image, keeps its start command. */
function startsServer(stage: Stage, { argv }: Process): boolean {
  if (rootFacts(stage)?.purpose === 'application') return true;
  return argv.some((word) => /^(php-fpm|apache2-foreground)$/.test(baseName(word)));
}

function shellCommands(text: string): readonly (readonly string[])[] {
  return parseShell(mapped(text, 0))
    .commands.map(({ words }) => withoutWrappers(words.map((word) => literal(word) ?? word.raw)))
    .filter((words) => words.length > 0);
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
