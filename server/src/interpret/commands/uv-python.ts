import { knownAbsent } from '../../fact.js';
import { pythonAt, type Python } from '../python/places.js';
import { programFact } from '../query.js';
import type { StageState } from '../state.js';
import { resolvePath } from '../tree.js';
import { because, hasOption, optionValue, pathOf, type CommandContext } from './command.js';
import { homeFolder, isOn, pythonOf } from './python.js';

/**
 * The interpreter that uv takes for an environment: a managed one where it must, or where there is surely no other. Null
 * where that depends on what the project asks for. See https://docs.astral.sh/uv/concepts/python-versions/
 */
export function uvPython(state: StageState, context: CommandContext): Python | null {
  const folder = installFolder(state, context);
  const request = optionValue(context, '-p', '--python') ?? context.lookup('UV_PYTHON') ?? '';
  if (request !== '' && !/^3(\.\d+)*$/.test(request)) return namedPython(state, context, request);
  const version = /^3\.\d+/.exec(request)?.[0] ?? null;
  const place = folder === null ? null : pythonAt(state, folder);
  const installed = place?.kind === 'interpreter' ? place.python : null;
  const managed = installed ?? (folder === null ? null : managedPython(folder, version, context));
  const choice = choiceOf(context);
  if (choice === 'only-managed') return managed;
  const system = systemPython(state, context, version);
  if (choice === 'only-system') return system;
  if (installed && choice === 'managed') return installed;
  // A .python-version file, or requires-python, may ask for a version that is not there.
  if (system) return version === null ? { ...system, alternative: folder } : system;
  return hasNone(state) ? managed : null;
}

/** The one on PATH, where it has the version that is asked for. */
function systemPython(state: StageState, context: CommandContext, version: string | null): Python | null {
  const found = pythonOf(state, context, 'python3') ?? pythonOf(state, context, 'python');
  if (!found || found.environment) return null;
  return version === null || found.python.version === version ? found.python : null;
}

/** The interpreter that `uv python install` puts into its directory; `version` null when none is named. */
export function managedPython(folder: string, version: string | null, context: CommandContext): Python {
  const { evidence } = because(context, `uv keeps its interpreter in '${folder}'.`);
  return {
    path: null,
    folder,
    version,
    prefix: null,
    packages: 'site-packages',
    isManaged: true,
    alternative: null,
    isRolling: false,
    because: [evidence],
  };
}

/** https://docs.astral.sh/uv/reference/storage/#python-versions */
export function installFolder(state: StageState, context: CommandContext): string | null {
  const given = context.lookup('UV_PYTHON_INSTALL_DIR');
  if (given) return pathOf(context, given);
  const data = context.lookup('XDG_DATA_HOME');
  if (typeof data === 'string' && data.startsWith('/')) return resolvePath(data, 'uv/python');
  const home = homeFolder(state, context);
  return home === null ? null : resolvePath(home, '.local/share/uv/python');
}

type Choice = 'only-managed' | 'managed' | 'system' | 'only-system';

function choiceOf(context: CommandContext): Choice {
  const { lookup } = context;
  const preference = lookup('UV_PYTHON_PREFERENCE');
  if (hasOption(context, '--managed-python') || isOn(lookup('UV_MANAGED_PYTHON'))) return 'only-managed';
  if (preference === 'only-managed') return 'only-managed';
  const isFixed =
    hasOption(context, '--no-managed-python', '--no-python-downloads') || isOn(lookup('UV_NO_MANAGED_PYTHON'));
  if (isFixed || preference === 'only-system' || isOff(lookup('UV_PYTHON_DOWNLOADS'))) return 'only-system';
  return preference === 'system' ? 'system' : 'managed';
}

/** What goes by the name of python is a link to python3 in every distribution. */
function hasNone(state: StageState): boolean {
  return knownAbsent(programFact(state, 'python3'));
}

function namedPython(state: StageState, context: CommandContext, request: string): Python | null {
  return /^(\/|python)/.test(request) ? (pythonOf(state, context, request)?.python ?? null) : null;
}

function isOff(value: string | null | undefined): boolean {
  return typeof value === 'string' && /^(never|manual|0|false|no|off)$/i.test(value);
}
