import { normalName } from '../../context/python/lock.js';
import type { Selection } from '../../context/python/selection.js';
import type { PackageList } from '../python/lists.js';
import type { StageState } from '../state.js';
import { baseName, resolvePath } from '../tree.js';
import { hasOption, pathOf, type CommandContext } from './command.js';

/** The files that an install command of Python reads for the packages it installs. */
export function packageLists(state: StageState, given: CommandContext): PackageList[] {
  const context = withoutInterpreter(given);
  const [first, ...rest] = context.words;
  const tool = baseName(first ?? '').replace(/^pip3?(\.\d+)?$/, 'pip');
  const actions = rest.filter((word) => word !== null && /^[a-z]+$/.test(word));
  if (tool === 'pip') return actions[0] === 'install' ? requirementLists(state, context) : [];
  if (tool === 'poetry' && (actions[0] === 'install' || actions[0] === 'sync')) return poetryLists(state, context);
  if (tool === 'pipenv' && (actions[0] === 'install' || actions[0] === 'sync')) return pipenvLists(state, context);
  if (tool !== 'uv') return [];
  const isPip = actions[0] === 'pip' && (actions[1] === 'install' || actions[1] === 'sync');
  if (isPip) return requirementLists(state, context);
  const isRun = actions[0] === 'run' && !hasOption(context, '--no-sync', '--isolated');
  return actions[0] === 'sync' || isRun ? uvLists(state, context) : [];
}

/** `python -m pip` is pip. */
export function withoutInterpreter(context: CommandContext): CommandContext {
  const [word, option] = context.words;
  if (!/^python3?(\.\d+)?$/.test(baseName(word ?? '')) || option !== '-m') return context;
  return { ...context, words: context.words.slice(2), raw: context.raw.slice(2), spans: context.spans.slice(2) };
}

/** Every value of an option that may be given more than once; null for one that is not known. */
export function optionValues({ words }: CommandContext, ...names: readonly string[]): (string | null)[] {
  return words.flatMap((word, index): (string | null)[] => {
    if (word === null) return [];
    if (names.includes(word)) return [words[index + 1] ?? null];
    const long = names.find((name) => name.startsWith('--') && word.startsWith(`${name}=`));
    if (long) return [word.slice(long.length + 1)];
    const short = names.find((name) => /^-[A-Za-z]$/.test(name) && word.startsWith(name) && word.length > 2);
    return short ? [word.slice(2)] : [];
  });
}

const whole: Selection = {
  extras: [],
  groups: [],
  without: [],
  only: null,
  withDefaults: true,
  member: null,
  withoutExtras: [],
  isKnown: true,
};

function requirementLists(state: StageState, context: CommandContext): PackageList[] {
  const named = optionValues(context, '-r', '--requirement', '--requirements');
  // `uv pip sync` takes them without an option.
  const at = context.words.indexOf('sync');
  const bare = at > 0 ? context.words.slice(at + 1).filter((word) => word !== null && /\.(txt|toml)$/.test(word)) : [];
  return [...named, ...bare].flatMap((word): PackageList[] => {
    const path = pathOf(context, word);
    if (path === null) return [];
    const name = baseName(path);
    if (/^pylock(\..+)?\.toml$/.test(name)) return [{ format: 'pylock', path, state, selection: whole }];
    return name.endsWith('.toml') ? [] : [{ format: 'requirements', path, state, selection: whole }];
  });
}

function uvLists(state: StageState, context: CommandContext): PackageList[] {
  const { lookup } = context;
  const isElsewhere =
    typeof lookup('UV_WORKING_DIR') === 'string' || typeof lookup('UV_WORKING_DIRECTORY') === 'string';
  if (isElsewhere || hasOption(context, '--script', '--no-project')) return [];
  const project = optionValues(context, '--project', '--directory')[0] ?? lookup('UV_PROJECT') ?? '.';
  const folder = pathOf(context, project);
  if (folder === null) return [];
  const only = [...optionValues(context, '--only-group'), ...(hasOption(context, '--only-dev') ? ['dev'] : [])];
  const isWithoutDev = hasOption(context, '--no-dev') || isOn(lookup('UV_NO_DEV'));
  const leftOut = lookup('UV_NO_GROUP')?.split(/\s+/) ?? [];
  const without = [...optionValues(context, '--no-group'), ...leftOut, ...(isWithoutDev ? ['dev'] : [])];
  const extras = optionValues(context, '--extra');
  const groups = [...optionValues(context, '--group'), ...(hasOption(context, '--dev') ? ['dev'] : [])];
  const selection: Selection = {
    extras: hasOption(context, '--all-extras') ? 'all' : names(extras),
    groups: hasOption(context, '--all-groups') ? 'all' : names(groups),
    without: names(without),
    only: only.length > 0 ? names(only) : null,
    withDefaults: !hasOption(context, '--no-default-groups') && !isOn(lookup('UV_NO_DEFAULT_GROUPS')),
    member: hasOption(context, '--all-packages') ? 'all' : (optionValues(context, '--package')[0] ?? null),
    withoutExtras: names(optionValues(context, '--no-extra')),
    isKnown: !context.words.includes(null),
  };
  return [{ format: 'uv', path: resolvePath(folder, 'uv.lock'), state, selection }];
}

function poetryLists(state: StageState, context: CommandContext): PackageList[] {
  if (hasOption(context, '--only-root')) return [];
  const folder = pathOf(context, optionValues(context, '-C', '--directory', '-P', '--project')[0] ?? '.');
  if (folder === null) return [];
  const only = optionValues(context, '--only');
  const isWithoutDev = hasOption(context, '--no-dev');
  const selection: Selection = {
    extras: hasOption(context, '--all-extras') ? 'all' : split(optionValues(context, '-E', '--extras')),
    groups: hasOption(context, '--all-groups') ? 'all' : split(optionValues(context, '--with')),
    without: [...split(optionValues(context, '--without')), ...(isWithoutDev ? ['dev'] : [])],
    only: only.length > 0 ? split(only) : null,
    withDefaults: true,
    member: null,
    withoutExtras: [],
    isKnown: !context.words.includes(null),
  };
  return [{ format: 'poetry', path: resolvePath(folder, 'poetry.lock'), state, selection }];
}

function pipenvLists(state: StageState, context: CommandContext): PackageList[] {
  const path = pathOf(context, 'Pipfile.lock');
  const groups = hasOption(context, '--dev', '-d') ? ['dev'] : [];
  return path === null ? [] : [{ format: 'pipenv', path, state, selection: { ...whole, groups } }];
}

function names(values: readonly (string | null)[]): string[] {
  return values.filter((value) => value !== null).map(normalName);
}

/** `--without dev,test` */
function split(values: readonly (string | null)[]): string[] {
  return names(values.flatMap((value) => value?.split(/[\s,]+/) ?? []));
}

function isOn(value: string | null | undefined): boolean {
  return typeof value === 'string' && /^(1|true|yes|on|y|t)$/i.test(value);
}
