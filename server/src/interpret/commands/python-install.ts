import type { PackageList } from '../python/lists.js';
import type { Python } from '../python/places.js';
import type { StageState } from '../state.js';
import { baseName } from '../tree.js';
import { hasOption, type CommandContext } from './command.js';
import { isOn, pythonOf } from './python.js';
import { optionValues, packageLists, withoutInterpreter } from './python-lists.js';
import { uvPython } from './uv-python.js';

/** What a command of Python is about to install. */
export type PythonInstall = {
  /** `pip install`, `uv sync`. */
  readonly tool: string;
  /** Null when it is not known for which interpreter. */
  readonly python: Python | null;
  readonly lists: readonly PackageList[];
  /** Nothing is built from source: --only-binary=:all:, --no-build. */
  readonly isWheelsOnly: boolean;
  /** Packages that the command names as left out. */
  readonly leftOut: readonly string[];
};

/** Null for commands that install nothing by a list, or for another system than their own. */
export function pythonInstall(state: StageState, given: CommandContext): PythonInstall | null {
  const lists = packageLists(state, given);
  const context = withoutInterpreter(given);
  const isForeign = hasOption(context, '--platform', '--python-platform', '--dry-run', '--implementation');
  const isElsewhere = context.words.some((word) => /^--(python-)?platform=/.test(word ?? ''));
  if (lists.length === 0 || isForeign || isElsewhere || isResolvedAnew(context)) return null;
  const name = baseName(context.words[0] ?? '').replace(/^pip3?(\.\d+)?$/, 'pip');
  const actions = context.words.filter((word) => word !== null && /^(pip|install|sync|run)$/.test(word)).slice(0, 2);
  const action = name === 'uv' && actions[0] === 'pip' ? `pip ${actions[1] ?? 'install'}` : (actions[0] ?? 'install');
  return {
    tool: `${name} ${name === 'pip' ? 'install' : action}`,
    python: pythonFor(state, given, name),
    lists,
    isWheelsOnly: isWheelsOnly(state, context, name),
    leftOut: optionValues(context, '--no-install-package').filter((word) => word !== null),
  };
}

/**
 * uv takes other versions and files than the lock has where it is told to, or where an index is named that the lock does
 * not know; not with --frozen and --locked. See https://docs.astral.sh/uv/concepts/projects/sync/
 */
function isResolvedAnew(context: CommandContext): boolean {
  const { words, lookup } = context;
  if (baseName(words[0] ?? '') !== 'uv' || hasOption(context, '--frozen', '--locked')) return false;
  if (isOn(lookup('UV_FROZEN')) || isOn(lookup('UV_LOCKED'))) return false;
  return words.some((word) => resolving.test(word ?? '')) || indexes.some((name) => lookup(name) !== null);
}

const resolving =
  /^(-U|-P|-f|-i|--upgrade(-package|-group)?|--(default-|extra-)?index(-url)?|--find-links|--no-index|--no-sources)(=|$)/;
const indexes = words(
  'UV_INDEX UV_DEFAULT_INDEX UV_INDEX_URL UV_EXTRA_INDEX_URL UV_FIND_LINKS UV_NO_INDEX UV_CONFIG_FILE',
);

function words(text: string): string[] {
  return text.split(' ');
}

function pythonFor(state: StageState, context: CommandContext, tool: string): Python | null {
  const own = context.words[0] ?? '';
  if (tool === 'pip') return pythonOf(state, context, own)?.python ?? null;
  if (tool === 'uv') {
    const python = uvPython(state, context);
    // The project may ask for another version than the one on PATH.
    return python?.alternative === null ? python : null;
  }
  return (pythonOf(state, context, 'python') ?? pythonOf(state, context, 'python3'))?.python ?? null;
}

function isWheelsOnly(state: StageState, context: CommandContext, tool: string): boolean {
  const { lookup } = context;
  if (tool === 'poetry') {
    const setting = state.settings.get('poetry installer.only-binary');
    const given = lookup('POETRY_INSTALLER_ONLY_BINARY');
    return given === ':all:' || (setting?.known === true && setting.value === ':all:');
  }
  const asked = optionValues(context, '--only-binary').includes(':all:');
  if (tool === 'pip') return asked || lookup('PIP_ONLY_BINARY') === ':all:';
  return asked || hasOption(context, '--no-build') || isOn(lookup('UV_NO_BUILD'));
}
