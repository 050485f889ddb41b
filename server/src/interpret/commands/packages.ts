import type { PackageManager } from '../../catalog/model.js';
import { programsOf } from '../../catalog/packages.js';
import { byInstruction, known } from '../../fact.js';
import { shellPaths } from '../base.js';
import { blur, doubt, putContent, putFile, putPackage, removeFile, type Cause } from '../effects.js';
import type { StageState } from '../state.js';
import { because, hasOption, optionValue, type CommandContext, type CommandEffect } from './command.js';
import { dependenciesOf } from './dependencies.js';

export type PackageCommand = {
  readonly manager: PackageManager;
  readonly action: 'install' | 'remove' | 'other';
  /** The package words by their index in `context.words`. */
  readonly packages: readonly number[];
  /** True when a package word is not known (a variable without value, a file list). */
  readonly hasUnknown: boolean;
};

const managers: Readonly<Record<string, PackageManager>> = {
  apt: 'apt',
  'apt-get': 'apt',
  aptitude: 'apt',
  apk: 'apk',
  dnf: 'dnf',
  yum: 'yum',
  microdnf: 'microdnf',
  tdnf: 'tdnf',
  zypper: 'zypper',
};

const installWords = ['install', 'add', 'in', 'reinstall', 'groupinstall'];
const removeWords = ['remove', 'purge', 'del', 'erase', 'rm', 'autoremove'];
const valuedOptions = [
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '--target-release',
  '-o',
  '--option',
  '-c',
  '--root',
  '-p',
  '--releasever',
  '--setopt',
  '--installroot',
  '--repositories-file',
  '--keys-dir',
  '--arch',
  '--wait',
];

/** Whether a program installs packages of a distribution, or tells of them. */
export function isPackageManager(name: string): boolean {
  return Object.hasOwn(managers, name) || ['apt-cache', 'dpkg', 'rpm'].includes(name);
}

/** Reads apt-get, apk, dnf and their kin; null for any other command. */
export function readPackageCommand(words: readonly (string | null)[]): PackageCommand | null {
  const name = words[0] ?? '';
  const manager = Object.hasOwn(managers, name) ? managers[name] : undefined;
  if (!manager) return null;
  let action: PackageCommand['action'] | null = null;
  const packages: number[] = [];
  let hasUnknown = false;
  for (let index = 1; index < words.length; index++) {
    const word = words[index] ?? null;
    if (word === null) hasUnknown = true;
    else if (word.startsWith('-')) index += valuedOptions.includes(word) ? 1 : 0;
    else if (action === null) action = actionOf(word);
    else packages.push(index);
  }
  return { manager, action: action ?? 'other', packages, hasUnknown };
}

/** `curl=8.1-1`, `curl:amd64`, `curl@edge`, `curl~=8` without all that. */
export function packageName(word: string): string {
  return word.replace(/(?<=.)([=<>~@].*|:[a-z0-9]+|\/[a-z-]+)$/, '').replace(/^!/, '');
}

export const packageEffect: CommandEffect = (before, context) => {
  const command = readPackageCommand(context.words);
  if (!command) return before;
  const state = noteManager(before, context, command.manager);
  if (bringsMore(context.words)) return bringsUnknown(state, context);
  if (command.action === 'other') return state;
  return command.action === 'install'
    ? install(state, { ...context, ...command })
    : removePackages(state, { ...context, ...command });
};

/** `apt-get build-dep`, `dnf group install`: packages by other names than their own. */
function bringsMore([, ...words]: CommandContext['words']): boolean {
  const [first, second] = words.filter((word) => word !== null && !word.startsWith('-'));
  const isOfMany = (first === 'group' || first === 'module') && second === 'install';
  return isOfMany || /^(build-?dep|satisfy|swap|groupinstall|localinstall|dselect-upgrade)$/.test(first ?? '');
}

/** A build in which the package manager ran has one. */
function noteManager(state: StageState, context: CommandContext, manager: PackageManager): StageState {
  const { always, decisive, span } = context.command;
  if (state.packageManager.known || !always || !decisive || (manager !== 'apt' && manager !== 'apk')) return state;
  const evidence = byInstruction(span, `'${context.words[0]}' runs here.`);
  return { ...state, packageManager: known(manager, evidence) };
}

/** `apt-mark auto` hands packages to the next --auto-remove; which of them something else still needs is not known. */
export const markPackages: CommandEffect = (state, context) =>
  context.words[1] === 'auto' ? doubtPackages(state, 'apt') : state;

/** `dpkg -i x.deb`, `rpm -i x.rpm`: packages of which only the file is named. */
export const packageFiles: CommandEffect = (state, context) =>
  blur(state, byInstruction(context.command.span, `The files given to '${context.words[0]}' may bring any program.`));

function actionOf(word: string): PackageCommand['action'] {
  if (installWords.includes(word)) return 'install';
  return removeWords.includes(word) ? 'remove' : 'other';
}

function install(before: StageState, context: CommandContext & PackageCommand): StageState {
  const { manager } = context;
  const group = manager === 'apk' ? (optionValue(context, '-t', '--virtual') ?? null) : null;
  let state = before;
  for (const index of context.packages) {
    const word = context.words[index] ?? '';
    if (/^[./]|[*?]/.test(word)) {
      state = blur(state, byInstruction(context.command.span, `'${word}' may bring any program.`));
      continue;
    }
    // An unquoted variable may hold several names.
    for (const name of word.split(/\s+/).filter(Boolean))
      state = installOne(state, { ...context, name: packageName(name), index, group });
  }
  return context.hasUnknown ? bringsUnknown(state, context) : state;
}

function bringsUnknown(state: StageState, { words, command }: CommandContext): StageState {
  return blur(state, byInstruction(command.span, `Which packages '${words[0]}' installs here is not known.`));
}

function installOne(
  before: StageState,
  context: CommandContext & PackageCommand & { name: string; index: number; group: string | null },
): StageState {
  const { name, manager } = context;
  // What was installed by its own name stays when the group is removed.
  const earlier = before.packages.get(name);
  const group = earlier?.installed && earlier.group === null ? null : context.group;
  const span = context.spans[context.index] ?? context.command.span;
  const by = because(context, `'${context.words[0]}' installs '${name}'.`);
  const isCertain = context.command.always;
  let state = putPackage(before, { name, manager, group, installed: true, isCertain, span, layer: context.layer });
  for (const content of [name, ...programsOf(name, manager)]) {
    state = putContent(state, content, { present: true, by });
    // A full list of shells names the others as absent files.
    if (shellPaths.includes(`/bin/${content}`)) state = putFile(state, `/bin/${content}`, { by });
  }
  return bring(state, context, by);
}

/** What comes along with a package; when that is not known, anything may. */
function bring(before: StageState, context: CommandContext & PackageCommand & { name: string }, by: Cause): StageState {
  const { name, manager, raw, command } = context;
  const leavesOut = raw.some((word) => /no-install-recommends|install-recommends=(0|false|no)\b/i.test(word));
  const dependencies = dependenciesOf(name, manager, !leavesOut);
  if (!dependencies)
    return blur(before, byInstruction(command.span, `'${name}' may bring further programs as its dependencies.`));
  const { sure, perhaps } = dependencies;
  const state = sure.reduce((next, key) => putContent(next, key, { present: true, by }), before);
  const note = `'${name}' may bring it as a dependency.`;
  const evidence = byInstruction(command.span, note);
  const shells = perhaps.filter((key) => shellPaths.includes(`/bin/${key}`));
  const doubted = { ...state, contents: doubt(state, perhaps, evidence) };
  return shells.reduce((next, shell) => putFile(next, `/bin/${shell}`, { by: { evidence, certain: false } }), doubted);
}

function removePackages(before: StageState, context: CommandContext & PackageCommand): StageState {
  if (isElsewhere(context.words)) return before;
  const takesMore =
    context.hasUnknown || (context.packages.length === 0 && hasOption(context, '--auto-remove', '--autoremove'));
  let state = takesMore ? doubtPackages(before, context.manager) : before;
  if (sweeps(context)) state = sweep(state, context.manager);
  const words = context.packages.flatMap((index) => (context.words[index] ?? '').split(/\s+/).filter(Boolean));
  for (const name of words.map(packageName)) {
    const all = state.packageGroups.get(name)?.map((member) => state.packages.get(member)) ?? [];
    const grouped = all.filter((item) => item?.group === name);
    const members = [state.packages.get(name), ...grouped].filter((item) => item !== undefined);
    const removed = { installed: false, isSwept: sweeps(context) };
    const change = context.command.always ? removed : { isCertain: false };
    for (const item of members) state = putPackage(state, { ...item, ...change });
    for (const gone of members.length > 0 ? members.map((item) => item.name) : [name])
      state = removeOne(state, context, gone);
  }
  return state;
}

/** Packages of another root directory. */
function isElsewhere(words: CommandContext['words']): boolean {
  return words.some((word) => /^(--root|--installroot|-p)(=|$)/.test(word ?? ''));
}

/** apk takes away what nothing needs any more; the others where they are told to. */
function sweeps(context: CommandContext & PackageCommand): boolean {
  const { manager, words } = context;
  return manager === 'apk' || words.includes('autoremove') || hasOption(context, '--auto-remove', '--autoremove');
}

/** What earlier removals left behind of the dependencies goes as well. */
function sweep(before: StageState, manager: PackageManager): StageState {
  let state = before;
  let count = 0;
  for (const [, item] of before.packages.entries()) {
    if (++count > mostPackages) return state;
    const isLeft = item.manager === manager && !item.installed && item.isSwept === false;
    if (isLeft) state = putPackage(state, { ...item, isSwept: true });
  }
  return state;
}

/** More packages than this are not looked at one by one. */
const mostPackages = 500;

function doubtPackages(before: StageState, manager: PackageManager): StageState {
  let state = before;
  let count = 0;
  for (const [, item] of before.packages.entries()) {
    if (++count > mostPackages) return state;
    if (item.manager === manager && item.isCertain) state = putPackage(state, { ...item, isCertain: false });
  }
  return state;
}

function removeOne(before: StageState, context: CommandContext & PackageCommand, name: string): StageState {
  const by = because(context, `'${context.words[0]}' removes '${name}'.`);
  const contents = [name, ...programsOf(name, context.manager)];
  return contents.reduce((state, content) => {
    const next = putContent(state, content, { present: false, by });
    return shellPaths.includes(`/bin/${content}`) ? removeFile(next, `/bin/${content}`, by) : next;
  }, before);
}
