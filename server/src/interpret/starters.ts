import { known, knownAbsent, knownFalse, type Fact } from '../fact.js';
import { lineage } from './bases.js';
import { isInit } from './inits.js';
import { shellProgram } from './placed.js';
import { baseInterpreter, type ProcessUse } from './processes.js';
import { contentFact, fileFact, programFact } from './query.js';
import { handsOn } from './shell-syntax.js';
import type { StageState } from './state.js';
import { currentEntry, openFolder } from './tree.js';

const others = /(^|\/)(gosu|su-exec|setpriv|s6-(svscan|setuidgid|applyuidgid))$/;

/** An init, or a program that starts another one as another user. */
export function isStarter(program: string): boolean {
  return isInit(program) || others.test(program);
}

/** `index` is that of the word in exec form; null in shell form. */
export type MissingStarter = { readonly name: string; readonly index: number | null; readonly absence: Fact<null> };

/** The first of them in a start command that is known to be missing. */
export function missingStarter(use: ProcessUse): MissingStarter | null {
  const { body, at, argv } = use;
  if (mayComeFromPython(use)) return null;
  if (body.form === 'shell') {
    const called = shellProgram({ argv, form: 'shell', instruction: null });
    if (!called?.isDecisive || !isStarter(called.name) || !knownShell(at, argv[0] ?? '')) return null;
    const absence = absenceOf(at, called.name);
    return absence && { name: called.name, index: null, absence };
  }
  if (baseInterpreter(use) && isInit(argv[0] ?? '') && at.entrypoint.known)
    return { name: argv[0] ?? '', index: 0, absence: known(null, ...at.entrypoint.because) };
  for (const index of starterWords(use)) {
    const name = argv[index] ?? '';
    const absence = absenceOf(at, name);
    if (absence) return { name, index, absence };
  }
  return null;
}

/** dumb-init is a package of Python too, and may be one of those that a list of requirements names. */
function mayComeFromPython({ stage }: ProcessUse): boolean {
  const commands = lineage(stage).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  return commands.some(({ words: [program = '', option, module] }) => {
    const isPip = /^python[\d.]*$/.test(program ?? '') && option === '-m' && module === 'pip';
    return isPip || /^(pip[\d.]*|uv|poetry|pipenv|pdm|conda|mamba|micromamba)$/.test(program ?? '');
  });
}

/** `tini -- gosu app …`: one starts the next. */
function starterWords(use: ProcessUse): number[] {
  const { role, argv, at } = use;
  const entrypoint = at.entrypoint.known ? at.entrypoint.value : undefined;
  const isArgument = role === 'cmd' && entrypoint !== null && !handsOn(use);
  if (isArgument && (entrypoint?.form !== 'exec' || !onlyInit(entrypoint.argv))) return [];
  const found: number[] = [];
  for (let index = 0; isStarter(argv[index] ?? ''); index++) {
    found.push(index);
    if (!isInit(argv[index] ?? '')) break;
    while (argv[index + 1]?.startsWith('-')) index++;
  }
  return found;
}

function onlyInit([program = '', ...rest]: readonly string[]): boolean {
  return isInit(program) && rest.every((word) => word.startsWith('-'));
}

function knownShell(state: StageState, shell: string): boolean {
  const found = programFact(state, shell);
  return found.known && found.value !== null;
}

/** At the root of a file system lies only what was put there, as the package's own program does not. */
function absenceOf(state: StageState, name: string): Fact<null> | null {
  const found = programFact(state, name);
  if (knownAbsent(found)) return found;
  const bare = /^\/([^/]+)$/.exec(name)?.[1];
  if (bare === undefined || currentEntry(state, name) || openFolder(state, name) || fileFact(state, name).known)
    return null;
  const content = contentFact(state, bare);
  return knownFalse(content) ? known(null, ...content.because) : null;
}
