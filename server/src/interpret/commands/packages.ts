import type { PackageManager } from '../../catalog/model.js';
import { programsOf } from '../../catalog/packages.js';
import { byInstruction } from '../../fact.js';
import { shellPaths } from '../base.js';
import { blur, putContent, putFile, putPackage, removeFile } from '../effects.js';
import type { StageState } from '../state.js';
import { because, hasOption, optionValue, type CommandContext, type CommandEffect } from './command.js';

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

/** Reads apt-get, apk, dnf and their kin; null for any other command. */
export function readPackageCommand(words: readonly (string | null)[]): PackageCommand | null {
  const manager = managers[words[0] ?? ''];
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

export const packageEffect: CommandEffect = (state, context) => {
  const command = readPackageCommand(context.words);
  if (!command || command.action === 'other') return state;
  return command.action === 'install'
    ? install(state, { ...context, ...command })
    : removePackages(state, { ...context, ...command });
};

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
  if (!context.hasUnknown) return state;
  return blur(
    state,
    byInstruction(context.command.span, `Which packages '${context.words[0]}' installs here is not known.`),
  );
}

function installOne(
  before: StageState,
  context: CommandContext & PackageCommand & { name: string; index: number; group: string | null },
): StageState {
  const { name, manager, group } = context;
  const span = context.spans[context.index] ?? context.command.span;
  const by = because(context, `'${context.words[0]}' installs '${name}'.`);
  const isCertain = context.command.always;
  let state = putPackage(before, { name, manager, group, installed: true, isCertain, span, layer: context.layer });
  for (const content of [name, ...programsOf(name, manager)]) {
    state = putContent(state, content, { present: true, by });
    // A full list of shells names the others as absent files.
    if (shellPaths.includes(`/bin/${content}`)) state = putFile(state, `/bin/${content}`, { by });
  }
  return bringsOnlyItself(name)
    ? state
    : blur(state, byInstruction(span, `'${name}' may bring further programs as its dependencies.`));
}

function removePackages(before: StageState, context: CommandContext & PackageCommand): StageState {
  const takesMore =
    context.hasUnknown || (context.packages.length === 0 && hasOption(context, '--auto-remove', '--autoremove'));
  let state = takesMore ? doubtPackages(before, context.manager) : before;
  const words = context.packages.flatMap((index) => (context.words[index] ?? '').split(/\s+/).filter(Boolean));
  for (const name of words.map(packageName)) {
    const members = [...state.packages.entries()]
      .map(([, item]) => item)
      .filter((item) => item.name === name || item.group === name);
    const change = context.command.always ? { installed: false } : { isCertain: false };
    for (const item of members) state = putPackage(state, { ...item, ...change });
    for (const gone of members.length > 0 ? members.map((item) => item.name) : [name])
      state = removeOne(state, context, gone);
  }
  return state;
}

function doubtPackages(before: StageState, manager: PackageManager): StageState {
  return [...before.packages.entries()]
    .filter(([, item]) => item.manager === manager)
    .reduce((state, [, item]) => putPackage(state, { ...item, isCertain: false }), before);
}

function removeOne(before: StageState, context: CommandContext & PackageCommand, name: string): StageState {
  const by = because(context, `'${context.words[0]}' removes '${name}'.`);
  const contents = [name, ...programsOf(name, context.manager)];
  return contents.reduce((state, content) => {
    const next = putContent(state, content, { present: false, by });
    return shellPaths.includes(`/bin/${content}`) ? removeFile(next, `/bin/${content}`, by) : next;
  }, before);
}

/**
 * Packages whose dependencies bring no shell and no network or debugging tool, so that what was missing before is still
 * missing after them. Everything else makes absence unknown.
 */
const selfContained = new Set(
  (
    'ca-certificates ca-certificates-bundle tzdata tzdata-legacy openssl netbase tini dumb-init su-exec gosu libc6-compat gcompat ' +
    'musl-locales locales bash curl wget jq make unzip zip xz xz-utils bzip2 gzip tar patch file less nano procps htop libcap ' +
    'zlib sqlite sqlite3 gnupg gettext-base media-types mime-support mailcap fontconfig ttf-dejavu font-dejavu ' +
    'icu-libs icu-data-full krb5-libs musl gcc g++ libc-dev musl-dev libc6-dev linux-headers pkg-config pkgconf git lsb-release ' +
    'iputils iputils-ping netcat-openbsd netcat-traditional socat strace tcpdump bind-tools dnsutils net-tools iproute2 sudo shadow coreutils findutils'
  ).split(' '),
);

function bringsOnlyItself(name: string): boolean {
  return (
    selfContained.has(name) ||
    (/^lib[a-z0-9+.-]*?(\d[a-z0-9.]*)?$/.test(name) && !/-(dev|bin|tools|utils|perl)$/.test(name))
  );
}
