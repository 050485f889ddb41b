import { knownTrue, type Evidence } from '../fact.js';
import { lineage, rootFacts, rootStage } from './bases.js';
import { contentFact, searchPath } from './query.js';
import { openFolder } from './tree.js';
import type { CommandStep, InstalledPackage, Stage, StageState, Step } from './state.js';

/** An install with pip that the distribution's Python refuses (PEP 668). */
export type RefusedInstall = {
  readonly command: CommandStep;
  /** The index of the word `install`. */
  readonly install: number;
  /** The package that brought pip. */
  readonly bringer: InstalledPackage;
  readonly distribution: string;
  readonly because: readonly Evidence[];
};

const systemFolders = /^\/(usr\/)?(local\/)?s?bin$|^\/usr\/local\/(go|cargo)\/bin$|^\/go\/bin$|^\/root\/\.cargo\/bin$/;

/** Options with which pip does not look at the environment; see pip/_internal/commands/install.py. */
const elsewhere = /^(--target|-t|--prefix|--root|--python|--break-system-packages|--dry-run|--help|-h)(=|$)|^-t./;

/** The first such install of a RUN, which ends with it. Null where the Python may be another one. */
export function refusedInstall(stage: Stage, step: Step): RefusedInstall | null {
  const hasInstall = step.commands.some(({ words }) => pipInstall(words) !== null);
  if (!hasInstall || !usesDistribution(stage)) return null;
  for (const command of step.commands) {
    // An environment may be activated.
    if (['.', 'source', 'export', 'eval'].includes(command.words[0] ?? '')) return null;
    const install = pipInstall(command.words);
    if (install === null) continue;
    const { always, decisive, assignments } = command.command;
    if (!always || !decisive || assignments.length > 0 || isGivenSettings(command)) return null;
    const bringer = pipPackage(command.before);
    const distribution = managedRelease(command.before);
    if (!bringer || !distribution || !isPlain(command.before)) return null;
    return { command, install, bringer, distribution, because: command.before.os.because };
  }
  return null;
}

/** The answer for a stage, which every install of it asks for. */
const answers = new WeakMap<Stage, boolean>();

function usesDistribution(stage: Stage): boolean {
  const known = answers.get(stage);
  if (known !== undefined) return known;
  const answer = readsDistribution(stage);
  answers.set(stage, answer);
  return answer;
}

/** The image is not one for Python, and nothing in the stage lifts the rule or may bring another Python. */
function readsDistribution(stage: Stage): boolean {
  const facts = rootFacts(stage);
  const { start } = rootStage(stage);
  if (!facts || knownTrue(contentFact(start, 'pip')) || knownTrue(contentFact(start, 'pip3'))) return false;
  if (facts.runtime.known && facts.runtime.value?.name === 'python') return false;
  const commands = lineage(stage).flatMap(({ steps }) => steps.flatMap((step) => step.commands));
  return !commands.some(({ words, command }) => {
    const isOpaque = words.length > 0 && /[/]|^((ba|da)?sh|make|uv|mise|asdf)$/.test(words[0] ?? '/');
    return (
      isOpaque ||
      command.words.some(({ raw }) => /EXTERNALLY-MANAGED|^break-system|\.break-system|conda|pyenv/.test(raw))
    );
  });
}

/** `env PIP_PREFIX=/out pip install …` */
function isGivenSettings({ command }: CommandStep): boolean {
  return command.words.some(({ raw }) => /^\w+=/.test(raw));
}

/** Where `install` stands in `pip install` and `python3 -m pip install`; null for anything else. */
export function pipInstall(words: CommandStep['words']): number | null {
  const at = /^pip3?$/.test(words[0] ?? '') ? 1 : words.slice(0, 3).join(' ') === 'python3 -m pip' ? 3 : null;
  const install = at === null ? -1 : words.indexOf('install', at);
  if (at === null || install < 0 || words.slice(at, install).some((word) => !word?.startsWith('-'))) return null;
  return words.some((word) => word === null || elsewhere.test(word)) ? null : install;
}

function pipPackage({ packages }: StageState): InstalledPackage | null {
  const found = ['python3-pip', 'py3-pip'].map((name) => packages.get(name)).find((item) => item?.installed);
  return found?.isCertain ? found : null;
}

/** The distributions whose Python has the marker, from the release on that brought it. */
function managedRelease({ os, packageManager }: StageState): string | null {
  const value = os.known ? os.value : null;
  if (!value?.version || !packageManager.known) return null;
  const [major = 0, minor = 0] = value.version.split('.').map(Number);
  if (value.id === 'alpine' && (major > 3 || minor >= 19)) return `Alpine ${value.version}`;
  if (value.id === 'debian' && major >= 12) return `Debian ${value.version}`;
  return value.id === 'ubuntu' && (major > 23 || (major === 23 && minor >= 4)) ? `Ubuntu ${value.version}` : null;
}

const settings =
  'PIP_BREAK_SYSTEM_PACKAGES PIP_CONFIG_FILE PIP_TARGET PIP_PREFIX PIP_ROOT PIP_DRY_RUN PIP_PYTHON VIRTUAL_ENV'.split(
    ' ',
  );

/** No virtual environment on PATH, no other Python before that of the system, and no setting of pip. */
function isPlain(state: StageState): boolean {
  if (!searchPath(state)?.every((folder) => systemFolders.test(folder))) return false;
  if (settings.some((name) => state.env.get(name) || state.args.get(name))) return false;
  if (openFolder(state, '/usr/local/bin/pip') || openFolder(state, '/etc/pip.conf')) return false;
  const files = [...state.files.entries()].filter(([, { because }]) =>
    because.some(({ kind }) => kind === 'instruction'),
  );
  return !files.some(([path]) => /\/pip\.conf$|\/bin\/(pip|python)3?$|EXTERNALLY-MANAGED/.test(path));
}
