import { byInstruction } from '../../fact.js';
import { blur, putContent } from '../effects.js';
import type { StageState } from '../state.js';
import type { CommandContext, CommandEffect } from './command.js';
import { because, operands } from './command.js';
import {
  copyFiles,
  download,
  editFiles,
  installFiles,
  link,
  makeFolders,
  moveFiles,
  removeFiles,
  touch,
  unpack,
} from './files.js';
import { go } from './go.js';
import { cargo, compile } from './native.js';
import { packageEffect } from './packages.js';
import { adduser, changeUser, removeUser, useradd } from './users.js';

const unchanged: CommandEffect = (state) => state;

/** npm install -g yarn, corepack enable, pip install: programs by their own names. */
const globalPrograms: CommandEffect = (state, context) => {
  const [tool, action] = context.words;
  const isGlobal = context.words.some((word) => word === '-g' || word === '--global' || word === 'global');
  if (tool === 'corepack' && action === 'enable') return putAll(state, context, ['yarn', 'pnpm']);
  if (/^pip/.test(tool ?? '') && action === 'install') return putAll(state, context, nameable(context));
  return isGlobal ? putAll(state, context, nameable(context)) : state;
};

function nameable(context: CommandContext): string[] {
  const words = operands(context, ['-r', '-c', '--prefix', '--target', '-t', '-i', '--index-url']).slice(1);
  return words
    .filter((word): word is string => word !== null)
    .map((word) => word.replace(/(?<=.)@[^/]*$|[=<>~!;[ ].*$/g, ''));
}

function putAll(state: StageState, context: CommandContext, names: readonly string[]) {
  const by = because(context, `'${context.words[0]}' installs it.`);
  return names.reduce((next, name) => putContent(next, name, { present: true, by }), state);
}

/** Modules of the standard library and of pip that stay inside the application; any other script may do anything. */
const python: CommandEffect = (state, context) => {
  const [, option, module] = context.words;
  const known = option === '-m' && ['venv', 'pip', 'ensurepip', 'compileall', 'build'].includes(module ?? '');
  const isVersion = option === '--version' || option === '-V' || option === 'manage.py';
  return known || isVersion ? state : notUnderstood(state, context);
};

const npx: CommandEffect = (state, context) =>
  /playwright|puppeteer|browsers|cypress/.test(context.raw.join(' ')) ? notUnderstood(state, context) : state;

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
  useradd,
  adduser,
  userdel: removeUser,
  deluser: removeUser,
  usermod: changeUser,
  cp: copyFiles,
  mv: moveFiles,
  install: installFiles,
  mkdir: makeFolders,
  touch,
  rm: removeFiles,
  rmdir: removeFiles,
  unlink: removeFiles,
  ln: link,
  curl: download,
  wget: download,
  tar: unpack,
  bsdtar: unpack,
  unzip: unpack,
  sed: editFiles,
  tee: editFiles,
  go,
  cargo,
  gcc: compile,
  cc: compile,
  'g++': compile,
  'c++': compile,
  clang: compile,
  'clang++': compile,
  npm: globalPrograms,
  yarn: globalPrograms,
  pnpm: globalPrograms,
  corepack: globalPrograms,
  python,
  python3: python,
  npx,
  pip: globalPrograms,
  pip3: globalPrograms,
};

/** Commands that add no program outside the directories they are told to write to. */
const harmless = new Set(
  (
    'echo printf true false : test [ [[ cd pwd ls cat head tail grep egrep fgrep awk gawk cut tr sort uniq wc find basename dirname ' +
    'chmod chown chgrp export set unset umask local read shift return exit exec sleep date uname hostname id whoami env which type command ' +
    'addgroup groupadd groupmod groupdel gpasswd passwd chpasswd getent locale locale-gen localedef update-locale ' +
    'ldconfig update-ca-certificates update-alternatives apt-key add-apt-repository dpkg-reconfigure apt-mark apt-cache gpg gpgconf dirmngr ' +
    'git gem bundle composer java javac mvn mvnw gradle gradlew dotnet poetry uv pipenv hatch pdm tsc vite webpack ' +
    'sha256sum sha512sum sha1sum md5sum openssl base64 gzip gunzip bzip2 xz file strip upx du df stat readlink realpath mktemp sync setcap getcap ' +
    'rustup rustc swift zig trap wait kill jq yq diff patch protoc buf dpkg-architecture nproc arch seq expr strings ldd objdump readelf'
  ).split(' '),
);

/** What a command does to the stage. One that is not known makes absence unknown from there on. */
export const applyCommand: CommandEffect = (state, context) => {
  const name = commandName(context.words[0] ?? null);
  if (name === null) return blur(state, byInstruction(context.command.span, 'Which command runs here is not known.'));
  const effect = Object.hasOwn(table, name) ? table[name] : undefined;
  if (effect) return effect(state, context);
  if (harmless.has(name)) return unchanged(state, context);
  return notUnderstood(state, context);
};

function notUnderstood(state: StageState, context: CommandContext): StageState {
  const name = context.raw[0] ?? '';
  return blur(state, byInstruction(context.command.span, `What '${name}' adds to the image is not known.`));
}

/** `/usr/local/go/bin/go` is go; a script of the project keeps its path. */
function commandName(word: string | null): string | null {
  if (word === null) return null;
  return /^\/(usr\/)?(local\/)?(go\/)?s?bin\/[^/]+$/.test(word) ? word.slice(word.lastIndexOf('/') + 1) : word;
}
