import { known } from '../../fact.js';
import { packageFolder, scriptFolder, type Found } from '../python/find.js';
import { pythonAt, type Python } from '../python/places.js';
import type { StageState } from '../state.js';
import { baseName, parentOf, resolvePath } from '../tree.js';
import {
  because,
  hasOption,
  operands,
  optionValue,
  pathOf,
  type CommandContext,
  type CommandEffect,
} from './command.js';
import { isOn, makeEnvironment, pipInstall, putEnvironment, putInterpreter, putPackages, pythonOf } from './python.js';
import { pipx, uvTool } from './python-applications.js';
import { installFolder, managedPython, uvPython } from './uv-python.js';

/** The Python tools by the name of their program, wherever it lies; null for anything else. */
export function pythonTool(word: string): CommandEffect | null {
  const name = baseName(word).replace(/^(python|pip)3?(\.\d+)?$/, '$1');
  return Object.hasOwn(tools, name) ? (tools[name] ?? null) : null;
}

const pip: CommandEffect = (state, context) =>
  pipInstall(state, context, pythonOf(state, context, context.words[0] ?? ''));

/** `python -m pip`, `python -m venv`; a script is no business of this module. */
const python: CommandEffect = (state, context) => {
  const [word, option, module] = context.words;
  if (option !== '-m') return state;
  const found = pythonOf(state, context, word ?? '');
  if (module === 'venv' || module === 'virtualenv') return makeEnvironment(state, context, found);
  if (module === 'pip') return pipInstall(state, context, found);
  if (module === 'pipx') return pipx(state, withoutInterpreter(context), found?.python ?? null);
  const inner = module === 'uv' || module === 'poetry' || module === 'pipenv' ? tools[module] : undefined;
  return inner ? inner(state, withoutInterpreter(context)) : state;
};

function withoutInterpreter(context: CommandContext): CommandContext {
  const { words, raw, spans } = context;
  return { ...context, words: words.slice(2), raw: raw.slice(2), spans: spans.slice(2) };
}

const virtualenv: CommandEffect = (state, context) =>
  makeEnvironment(state, context, pythonOf(state, context, 'python'));

/** Which environment poetry fills: the active one, the interpreter itself, or .venv of the project. */
const poetry: CommandEffect = (state, context) => {
  const [action, name, value] = operands(context, [
    '-C',
    '--directory',
    '-P',
    '--project',
    '--with',
    '--without',
    '-E',
  ]);
  if (action === 'config' && name && typeof value === 'string') {
    const { evidence, certain } = because(context, `Sets '${name}' of poetry.`);
    const fact = certain ? known(value, evidence) : { known: false as const, because: [evidence] };
    return { ...state, settings: state.settings.with(`poetry ${name}`, fact) };
  }
  const isAdded = action === 'add' && !hasOption(context, '--lock', '--dry-run');
  return action === 'install' || action === 'sync' || isAdded ? poetryInstall(state, context) : state;
};

function poetryInstall(state: StageState, context: CommandContext): StageState {
  const tool = 'poetry install';
  const active = context.lookup('VIRTUAL_ENV') ?? '';
  if (pythonAt(state, active)?.kind === 'environment')
    return fillOwn(state, context, { root: active, python: null, tool });
  const found = pythonOf(state, context, 'python') ?? pythonOf(state, context, 'python3');
  if (found?.environment) return fill(state, context, { found, tool });
  const project = pathOf(context, optionValue(context, '-C', '--directory', '-P', '--project') ?? '.');
  const root = project && resolvePath(project, '.venv');
  const isThere = root !== null && pythonAt(state, root) !== null;
  if (setting(state, context, 'virtualenvs.create') === false && !isThere)
    return found && !isIsolated(state, context) ? fill(state, context, { found, tool }) : state;
  const isOwn = isThere || setting(state, context, 'virtualenvs.in-project') === true;
  return isOwn && root ? fillOwn(state, context, { root, python: found?.python ?? null, tool }) : state;
}

/** Poetry in an environment of its own takes that one for the system's, except where its installer made it. */
function isIsolated(state: StageState, context: CommandContext): boolean {
  const path = pathOf(context, context.words[0]) ?? '';
  const isOwn = path.startsWith('/') && pythonAt(state, parentOf(parentOf(path)))?.kind === 'environment';
  return (
    isOwn || [...state.python.entries()].some(([, one]) => one.kind === 'application' && /\/poetry$/.test(one.script))
  );
}

/** A setting of poetry: undefined when it is not set, null when it is not known. */
function setting(state: StageState, { lookup }: CommandContext, name: string): boolean | null | undefined {
  const given = lookup(`POETRY_${name.replace(/[.-]/g, '_').toUpperCase()}`);
  if (typeof given === 'string') return isOn(given);
  const fact = state.settings.get(`poetry ${name}`);
  if (!fact) return undefined;
  return fact.known ? isOn(fact.value) : null;
}

const pipenv: CommandEffect = (state, context) => {
  const [action] = operands(context);
  if (action !== 'install' && action !== 'sync') return state;
  const found = pythonOf(state, context, 'python') ?? pythonOf(state, context, 'python3');
  const tool = 'pipenv install';
  if (hasOption(context, '--system')) return found ? fill(state, context, { found, tool }) : state;
  const root = pathOf(context, '.venv');
  const isOwn = root !== null && (isOn(context.lookup('PIPENV_VENV_IN_PROJECT')) || pythonAt(state, root));
  return isOwn ? fillOwn(state, context, { root, python: found?.python ?? null, tool }) : state;
};

/** The environment that pdm makes in the project. Source: https://pdm-project.org/en/latest/usage/venv/ */
const pdm: CommandEffect = (state, context) => {
  const [action] = operands(context, ['-p', '--project', '-G', '--group', '-L', '--lockfile']);
  const chooses = action === 'use' || action === 'venv' || action === 'config' || action === 'python';
  if (chooses) {
    const { evidence } = because(context, 'Chooses the environment of pdm.');
    return { ...state, settings: state.settings.with('pdm environment', { known: false, because: [evidence] }) };
  }
  const isAdded = action === 'add' && !hasOption(context, '--no-sync', '--dry-run');
  if (action !== 'install' && action !== 'sync' && !isAdded) return state;
  const isOther = pdmSettings.some((name) => context.lookup(name) !== null) || state.settings.get('pdm environment');
  const project = pathOf(context, optionValue(context, '-p', '--project') ?? '.');
  if (isOther || project === null || hasOption(context, '-g', '--global', '--venv')) return state;
  const found = pythonOf(state, context, 'python3') ?? pythonOf(state, context, 'python');
  const python = found && !found.environment ? found.python : null;
  return fillOwn(state, context, { root: resolvePath(project, '.venv'), python, tool: `pdm ${action}` });
};

const pdmSettings =
  'VIRTUAL_ENV CONDA_PREFIX PDM_PYTHON PDM_USE_VENV PDM_VENV_IN_PROJECT PDM_IN_VENV PDM_PROJECT PDM_CONFIG_FILE'.split(
    ' ',
  );

type Fill = { readonly found: Found; readonly tool: string };

/** Packages go where pip would put them. */
function fill(state: StageState, context: CommandContext, { found, tool }: Fill): StageState {
  const folder = packageFolder(found);
  if (folder === null) return state;
  const names = addedNames(context);
  return putPackages(state, context, { folder, scripts: scriptFolder(found), python: found.python, names, tool });
}

/** `uv add flask`, `pipenv install flask` */
function addedNames(context: CommandContext): string[] {
  const [action, ...names] = operands(context, [...uvValued, '-G', '-E', '--extras', '--categories', '--source']);
  const isNamed = action === 'add' || (action === 'install' && baseName(context.words[0] ?? '') === 'pipenv');
  return isNamed ? names.filter((name) => name !== null) : [];
}

type FillOwn = { readonly root: string; readonly python: Python | null; readonly tool: string };

/** The environment is made when it is not there yet. */
function fillOwn(before: StageState, context: CommandContext, { root, python, tool }: FillOwn): StageState {
  const isThere = pythonAt(before, root)?.kind === 'environment';
  const state = isThere ? before : putEnvironment(before, context, { path: root, python, tool });
  const place = pythonAt(state, root);
  if (place?.kind !== 'environment') return state;
  return fill(state, context, { found: { python: place.python, environment: { root, place } }, tool });
}

const uv: CommandEffect = (state, context) => {
  const [action, second, ...rest] = operands(context, uvValued);
  if (action === 'pip' && second === 'install') return uvPip(state, context);
  if (action === 'python' && second === 'install') return installPython(state, context);
  if (action === 'venv') return uvVenv(state, context, second ?? null);
  if (action === 'tool') return uvTool(state, context, [second ?? null, ...rest]);
  const isAdded = action === 'add' && !hasOption(context, '--no-sync', '--frozen', '--script');
  if (action === 'sync' || action === 'run' || isAdded) return uvSync(state, context, `uv ${action}`);
  return state;
};

const uvValued = (
  '-p --python --project --directory --extra --group --only-group --no-group --no-extra --package --index-url -i --link-mode ' +
  '--default-index --index --extra-index-url --cache-dir --config-file --prompt --no-install-package -P --upgrade-package -f ' +
  '--find-links --python-platform --index-strategy --keyring-provider --color --with --with-editable --with-requirements ' +
  '--with-executables-from --from -w -c --constraints --overrides --refresh-package --reinstall-package --torch-backend'
).split(' ');

function uvVenv(state: StageState, context: CommandContext, word: string | null): StageState {
  const path = pathOf(context, word ?? context.lookup('UV_PROJECT_ENVIRONMENT') ?? '.venv');
  return path ? putEnvironment(state, context, { path, python: uvPython(state, context), tool: 'uv venv' }) : state;
}

function uvSync(state: StageState, context: CommandContext, tool: string): StageState {
  if (hasOption(context, '--no-project', '--isolated')) return state;
  if (tool === 'uv run' && hasOption(context, '--no-sync')) return state;
  const project = optionValue(context, '--project', '--directory') ?? context.lookup('UV_PROJECT');
  const start = project === null || project === undefined ? '.' : project;
  const base = pathOf(context, start);
  const name = hasOption(context, '--active') ? context.lookup('VIRTUAL_ENV') : undefined;
  const own = name ?? context.lookup('UV_PROJECT_ENVIRONMENT') ?? '.venv';
  const root = base && own ? resolvePath(base, own) : null;
  if (!root) return state;
  // The environment of the interpreter itself: `UV_PROJECT_ENVIRONMENT=/usr/local`.
  const outer = pythonOf(state, context, 'python3');
  if (outer && !outer.environment && outer.python.prefix === root) return fill(state, context, { found: outer, tool });
  return fillOwn(state, context, { root, python: uvPython(state, context), tool });
}

function uvPip(state: StageState, context: CommandContext): StageState {
  const named = optionValue(context, '-p', '--python') ?? context.lookup('UV_PYTHON');
  if (typeof named === 'string' && /^\d/.test(named)) return state;
  const active = context.lookup('VIRTUAL_ENV') ?? pathOf(context, '.venv') ?? '';
  const place = pythonAt(state, active);
  const isSystem = hasOption(context, '--system') || isOn(context.lookup('UV_SYSTEM_PYTHON'));
  if (typeof named === 'string')
    return pipInstall(
      state,
      context,
      pythonOf(state, context, named.startsWith('/') ? asProgram(state, named) : named),
    );
  if (!isSystem && place?.kind === 'environment')
    return pipInstall(state, context, { python: place.python, environment: { root: active, place } });
  const found = pythonOf(state, context, 'python3') ?? pythonOf(state, context, 'python');
  const isDirected = optionValue(context, '-t', '--target', '--prefix') !== undefined;
  return isSystem || isDirected || found?.environment ? pipInstall(state, context, found) : state;
}

/** `--python /venv` means the interpreter of that environment. */
function asProgram(state: StageState, path: string): string {
  return pythonAt(state, path)?.kind === 'environment' ? `${path}/bin/python` : path;
}

function installPython(state: StageState, context: CommandContext): StageState {
  const folder = installFolder(state, context);
  if (folder === null) return state;
  const version = /^(?:cpython-)?(3\.\d+)/.exec(operands(context, uvValued)[2] ?? '')?.[1] ?? null;
  return putInterpreter(state, context, managedPython(folder, version, context));
}

const tools: Readonly<Record<string, CommandEffect>> = {
  pip,
  python,
  virtualenv,
  poetry,
  pipenv,
  uv,
  pdm,
  pipx: (state, context) => pipx(state, context, null),
};
