import { byInstruction, unknown, type Evidence } from '../../fact.js';
import { forgetBundles } from '../bundles.js';
import { blur, putContent } from '../effects.js';
import { touchEnvironments } from '../python/touched.js';
import type { StageState } from '../state.js';
import { baseName, currentEntry, putEntry } from '../tree.js';
import type { CommandContext, CommandEffect } from './command.js';
import { because, operands, pathOf } from './command.js';
import { alternatives } from './alternatives.js';
import { browsers } from './browsers.js';
import { compile } from './compile.js';
import { dotnet, editRuntimeConfig } from './dotnet.js';
import { download } from './download.js';
import { editFiles } from './edits.js';
import {
  copyFiles,
  git,
  patchFiles,
  installFiles,
  link,
  makeFolders,
  moveFiles,
  removeFiles,
  touch,
  unpack,
} from './files.js';
import { go } from './go.js';
import { harmless } from './harmless.js';
import { gradle, javac, jlink, maven } from './java.js';
import { rewriteLocks } from './lock-files.js';
import { doubtManagers, otherNode } from './node-managers.js';
import { nodeModules } from './node-modules.js';
import { installExtensions, pecl } from './php.js';
import { markPackages, packageEffect, packageFiles } from './packages.js';
import { cargo, rustup } from './rust.js';
import { pythonTool } from './python-tools.js';
import { changesSome, chmod, chown } from './permissions.js';
import { mayWrite } from './writers.js';
import { adduser, changeUser, removeUser, useradd } from './users.js';

/** npm install -g yarn, corepack enable, pip install: programs by their own names. */
const globalPrograms: CommandEffect = (state, context) => {
  const [tool, action] = context.words;
  if (tool === 'gem')
    return action === 'install' || action === 'i' ? putAll(state, context, nameable(context, gemOptions)) : state;
  const isGlobal = context.words.some((word) => word === '-g' || word === '--global' || word === 'global');
  if (tool === 'corepack' && action === 'enable') return putAll(state, context, ['yarn', 'pnpm']);
  if (/^pip/.test(tool ?? '') && action === 'install') return putAll(state, context, nameable(context));
  return isGlobal ? putAll(state, context, nameable(context)) : state;
};

/** Options of gem with a value. Source: rubygems/rubygems, lib/rubygems/commands/install_command.rb. */
const gemOptions = ['-v', '--version', '-n', '--bindir', '-i', '--install-dir', '--build-root', '-P', '--trust-policy'];
const otherOptions = ['-r', '-c', '--prefix', '--target', '-t', '-i', '--index-url'];

function nameable(context: CommandContext, valued: readonly string[] = otherOptions): string[] {
  const words = operands(context, valued).slice(1);
  return words
    .filter((word): word is string => word !== null)
    .map((word) => word.replace(/(?<=.)@[^/]*$|[=<>~!;[ ].*$/g, ''));
}

function putAll(state: StageState, context: CommandContext, names: readonly string[]) {
  const by = because(context, `'${context.words[0]}' installs it.`);
  return names.reduce((next, name) => putContent(next, name, { present: true, by }), state);
}

/** Modules that stay inside the application, and tools that `python/` follows. */
const modules = 'venv virtualenv pip pipx pipenv poetry uv ensurepip compileall build'.split(' ');

/** Any other module or script may do anything. */
const python: CommandEffect = (state, context) => {
  const [, option, module] = context.words;
  const known = option === '-m' && modules.includes(module ?? '');
  const isVersion = option === '--version' || option === '-V' || option === 'manage.py';
  return known || isVersion ? state : notUnderstood(state, context);
};

/** `perl -pi -e` edits files; any other program may do anything. */
const perl: CommandEffect = (state, context) => notUnderstood(editFiles(state, context), context);

/** Scripts that only set variables: those of virtual environments, of version managers and of the system. */
const sourced: CommandEffect = (state, context) => {
  const file = context.words[1] ?? context.raw[1] ?? '';
  const isSettings =
    /(^|\/)(os-release|lsb-release|activate|envvars|env|\.env|profile|\.profile|\.bashrc|nvm\.sh|environment)["']?$/;
  return isSettings.test(file) ? state : notUnderstood(state, context);
};

/** `find . -name node_modules` is asked for only to remove what it finds. */
const find: CommandEffect = (state, context) => {
  const at = context.words.indexOf('-name');
  const isModules = context.words[at + 1] === 'node_modules' && !context.words.includes('-not');
  const changed = changesSome(state, context);
  if (at < 0 || !isModules) return changed;
  return forgetBundles(changed, 'node-modules', because(context, 'Looks for node_modules.'));
};

/** xargs hands names to a command that adds nothing, or to one whose effect is not known. */
const xargs: CommandEffect = (state, context) => {
  const [name] = operands(context, ['-n', '-I', '-P', '-L', '-d', '-s', '-a', '-E']);
  return name === undefined || (name !== null && (harmless.has(name) || name === 'rm'))
    ? changesSome(state, context)
    : notUnderstood(state, context);
};

const dpkg: CommandEffect = (state, context) => {
  const installs = context.words.some(
    (word) => word === null || /^(-[a-zA-Z]*i[a-zA-Z]*|--install|--unpack)$/.test(word),
  );
  return installs ? packageFiles(state, context) : state;
};

const rpm: CommandEffect = (state, context) => {
  const installs = context.words.some(
    (word) => word === null || /^(-[a-zA-Z]*[iUF][a-zA-Z]*|--install|--upgrade)$/.test(word),
  );
  const asks = context.words.some((word) => /^(-q[a-z]*|--import|--query|-E|--eval)$/.test(word ?? ''));
  return installs && !asks ? packageFiles(state, context) : state;
};

/** Building stays in the tree of the build; installing does not. */
const buildTool: CommandEffect = (state, context) =>
  context.words.some((word) => word === null || /install/.test(word)) ? notUnderstood(state, context) : state;

/** `node -e`, `node --check`: no script that could write anything. */
const node: CommandEffect = (state, context) =>
  /^(-e|-p|-v|--version|--check|--eval|--print|-pe)$/.test(context.words[1] ?? '')
    ? state
    : notUnderstood(state, context);

const npx: CommandEffect = (state, context) =>
  removesFiles(context) ? removeFiles(state, behindNpx(context)) : broughtByNpx(state, context);

/** `npx rimraf node_modules` */
function removesFiles({ words }: CommandContext): boolean {
  return words.slice(1).find((word) => !word?.startsWith('-')) === 'rimraf';
}

function behindNpx(context: CommandContext): CommandContext {
  const { words, raw, spans } = context;
  const at = words.indexOf('rimraf');
  return { ...context, words: words.slice(at), raw: raw.slice(at), spans: spans.slice(at) };
}

const broughtByNpx: CommandEffect = (state, context) =>
  /playwright|puppeteer|browsers|cypress/.test(context.raw.join(' ')) ? notUnderstood(state, context) : state;

const nodePackages: CommandEffect = (state, context) =>
  browsers(nodeModules(globalPrograms(doubtManagers(state, context), context), context), context);

const playwright: CommandEffect = (state, context) => browsers(notUnderstood(state, context), context);

/** The scripts of the project, of which it is known only that they build. */
const gradleScript: CommandEffect = (state, context) => notUnderstood(gradle(state, context), context);
const mavenScript: CommandEffect = (state, context) => notUnderstood(maven(state, context), context);

const table: Readonly<Record<string, CommandEffect>> = {
  apt: packageEffect,
  'apt-get': packageEffect,
  aptitude: packageEffect,
  apk: packageEffect,
  dnf: packageEffect,
  yum: packageEffect,
  microdnf: packageEffect,
  tdnf: packageEffect,
  zypper: packageEffect,
  'apt-mark': markPackages,
  'update-alternatives': alternatives,
  alternatives,
  useradd,
  adduser,
  userdel: removeUser,
  deluser: removeUser,
  usermod: changeUser,
  cp: copyFiles,
  mv: moveFiles,
  install: installFiles,
  mkdir: makeFolders,
  find,
  chmod,
  chown,
  touch,
  rm: removeFiles,
  rimraf: removeFiles,
  rmdir: removeFiles,
  unlink: removeFiles,
  ln: link,
  curl: download,
  wget: download,
  tar: unpack,
  bsdtar: unpack,
  unzip: unpack,
  sed: editFiles,
  dos2unix: editFiles,
  tee: editFiles,
  git,
  patch: patchFiles,
  perl,
  '.': sourced,
  source: sourced,
  xargs,
  dpkg,
  rpm,
  go,
  rustup,
  'xx-go': go,
  cargo,
  'xx-cargo': cargo,
  gcc: compile,
  cc: compile,
  'g++': compile,
  'c++': compile,
  clang: compile,
  'clang++': compile,
  'musl-gcc': compile,
  npm: nodePackages,
  bun: nodePackages,
  gem: globalPrograms,
  yarn: nodePackages,
  pnpm: nodePackages,
  corepack: nodePackages,
  dotnet,
  javac,
  jlink,
  'docker-php-ext-install': installExtensions,
  pecl,
  gradle,
  gradlew: gradle,
  './gradlew': gradleScript,
  mvn: maven,
  mvnw: maven,
  './mvnw': mavenScript,
  cmake: buildTool,
  ninja: buildTool,
  meson: buildTool,
  node,
  npx: (state, context) => browsers(npx(doubtManagers(state, context), context), context),
  playwright,
};

/** What a command does to the stage. One that is not known makes absence unknown from there on. */
export const applyCommand: CommandEffect = (state, context) =>
  editRuntimeConfig(
    touchEnvironments(rewriteLocks(otherNode(effectOf(state, context), context), context), context),
    context,
  );

const effectOf: CommandEffect = (state, context) => {
  const name = commandName(context.words[0] ?? null);
  if (name === null) return blur(state, byInstruction(context.command.span, 'Which command runs here is not known.'));
  const tool = pythonTool(name);
  if (tool) return besidesPackages(tool(state, context), context, name);
  const effect = Object.hasOwn(table, name) ? table[name] : undefined;
  if (effect) return effect(state, context);
  if (/^[\w.]+(-[\w.]+)*-(gcc|g\+\+|clang)$/.test(name)) return compile(state, context);
  if (onlyAsks(context) || /(^|\/)configure$/.test(name)) return state;
  if (harmless.has(name)) return mayWrite(state, context);
  return notUnderstood(state, context);
};

/** What a Python tool does outside of packages and environments; a script may do anything. */
function besidesPackages(state: StageState, context: CommandContext, name: string): StageState {
  if (/^python[^/]*$/.test(baseName(name))) return browsers(python(state, context), context);
  return name.startsWith('pip') ? globalPrograms(state, context) : state;
}

/** `tini --version`, `gosu nobody true`: a look whether the program works. */
function onlyAsks({ words }: CommandContext): boolean {
  return words.length === 2 && /^(--?version|-[vV]|version|--?help|-h)$/.test(words[1] ?? '');
}

function notUnderstood(state: StageState, context: CommandContext): StageState {
  const name = context.raw[0] ?? '';
  const evidence = byInstruction(context.command.span, `What '${name}' adds to the image is not known.`);
  return blur(rewritten(state, context, evidence), evidence);
}

/** A program that is handed to a tool may be another one afterwards: `patchelf --set-interpreter … app`, `staticx app app`. */
function rewritten(state: StageState, context: CommandContext, evidence: Evidence): StageState {
  return context.words.slice(1).reduce((next, word) => {
    const path = pathOf(context, word);
    const entry = path === null ? null : currentEntry(next, path);
    if (path === null || !entry) return next;
    const { artifact, bundle } = entry;
    const open = { libc: unknown(evidence), version: unknown(evidence) };
    if (bundle && /^(java-classes|dotnet)$/.test(bundle.kind))
      return putEntry(next, path, { ...entry, bundle: { ...bundle, ...open } });
    if (entry.kind !== 'file' || !artifact) return next;
    const other = { ...artifact, linkage: unknown(evidence), libc: open.libc, libraries: [] };
    return putEntry(next, path, { ...entry, artifact: other });
  }, state);
}

/** `/usr/local/go/bin/go` is go; a script of the project keeps its path. */
function commandName(word: string | null): string | null {
  if (word === null) return null;
  if (/^\/.*\/bin\/(java|javac|jlink|dotnet|npm)$/.test(word)) return baseName(word);
  return /^\/(usr\/)?(local\/)?(go\/)?s?bin\/[^/]+$/.test(word) ? word.slice(word.lastIndexOf('/') + 1) : word;
}
