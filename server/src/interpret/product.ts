import { parseShell } from '../shell/parse.js';
import { literal } from '../shell/words.js';
import { mapped } from '../text/mapped.js';
import { rootFacts } from './bases.js';
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
  const words = startedWords(stage);
  return words.length > 0 && !isPrompt(words) && !isWait(words);
}

/** Whether the image starts a compiler or build tool: then it needs its toolchain. */
export function startsToolchain(stage: Stage): boolean {
  const [program = '', action = ''] = startedWords(stage).map(baseName);
  if (program === 'dotnet') return ['run', 'watch', 'test', 'build'].includes(action);
  return toolPrograms.has(program);
}

/** Whether a script is started, which may do and call anything. */
export function startsScript(stage: Stage): boolean {
  const [program = '', first = ''] = startedWords(stage);
  const isShell = shells.includes(baseName(program));
  return /\.sh$|entrypoint|(^|\/)(start|run|boot|launch|init)[^/.]*$/i.test(isShell ? first : program);
}

/**
 * Program and arguments that the image starts: the text's own words for a shell, and what an init process or the
 * entrypoint script of a language image is told to start. Empty when that is not known.
 */
export function startedWords(stage: Stage): readonly string[] {
  const process = startProcess(stage.end);
  if (!process.known || !process.value) return [];
  const { entrypoint, cmd } = stage.end;
  const isBaseScript =
    entrypoint.known &&
    entrypoint.value?.instruction === null &&
    /entrypoint(\.sh)?$/.test(entrypoint.value.argv[0] ?? '') &&
    rootFacts(stage)?.purpose !== 'application';
  return commandWords(isBaseScript && cmd.known && cmd.value ? cmd.value : process.value);
}

function commandWords({ argv, form }: Process): readonly string[] {
  const words = form === 'shell' ? shellWords(argv.at(-1) ?? '') : argv;
  if (!inits.test(words[0] ?? '')) return words;
  const own = words.findIndex((word, index) => index > 0 && (word === '--' || !word.startsWith('-')));
  return own < 0 ? [] : words.slice(words[own] === '--' ? own + 1 : own);
}

const inits = /(^|\/)(tini|dumb-init|catatonit|docker-init)(-static)?$/;

const shells = 'sh bash ash dash zsh fish ksh pwsh busybox'.split(' ');
const interpreters =
  'python python2 python3 node nodejs irb php ruby perl lua jshell ghci julia R iex erl scala clojure groovysh'.split(
    ' ',
  );
const toolPrograms = new Set(
  (
    'go gcc g++ cc c++ clang make cmake ninja cargo rustc mvn mvnw gradle gradlew sbt swift stack cabal ghc air ' +
    'golangci-lint dlv protoc buf'
  ).split(' '),
);

/** `bash`, `bash -l`, `python3`: nothing is given to run. */
function isPrompt([program = '', ...rest]: readonly string[]): boolean {
  const name = baseName(program).replace(/^(python)3\.\d+$/, '$13');
  if (!shells.includes(name) && !interpreters.includes(name)) return false;
  return rest.every((word) => /^(-l|-i|-a|--login|--interactive|sh)$/.test(word));
}

function isWait([program = '', ...rest]: readonly string[]): boolean {
  const name = baseName(program);
  return (name === 'tail' && rest.includes('/dev/null')) || (name === 'sleep' && rest.includes('infinity'));
}

/** The base image of an application, or the server of a language image, keeps its start command. */
function startsServer(stage: Stage, { argv }: Process): boolean {
  if (rootFacts(stage)?.purpose === 'application') return true;
  return argv.some((word) => /^(php-fpm|apache2-foreground)$/.test(baseName(word)));
}

function shellWords(text: string): readonly string[] {
  const [first] = parseShell(mapped(text, 0)).commands;
  const words = (first?.words ?? []).map((word) => literal(word) ?? word.raw);
  return words[0] === 'exec' ? words.slice(1) : words;
}

function baseName(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}
